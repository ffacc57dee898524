"""Rectangles of a quote hold exactly its words; pages are drawn in their own size."""

import io
import random
import re
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from sample_files import lines, pdf, turned

from corpus.page_views import Quote
from ingest.readers import UnreadableDocument, pdf_view, read
from ingest.readers.pdf_view import draw_page, view_page

GERMAN = Path(__file__).parents[2] / "shared" / "docs" / "german"
PAGE = lines(
    "Antragsberechtigt sind Kreise und kreis-",
    "freie Städte in Deutschland. Die Frist endet",
    "am 31. Mai 2026. Die Frist endet",
    "am 30. Juni 2026.",
)
TEXT = (
    "Antragsberechtigt sind Kreise und kreisfreie Städte in Deutschland. "
    "Die Frist endet am 31. Mai 2026. Die Frist endet am 30. Juni 2026."
)
SENTENCE = re.compile(r"\S[^.\n]{30,}(?:\.|$)")


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "richtlinie.pdf"
    file.write_bytes(pdf([lines("Vorblatt"), PAGE]))
    return file


def quoted(text, words):
    start = text.index(words)
    return Quote(text, start, start + len(words))


def letters(text):
    return "".join(one for one in text.casefold() if one.isalnum())


def words_in(path, number, marks):
    """Return what pdfium says stands in the rectangles, character by character."""
    document = pdfium.PdfDocument(path)
    page = document[number - 1]
    text_page, (width, height) = page.get_textpage(), page.get_size()
    inside = ""
    for at in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(at)
        x, y = (left + right) / 2 / width, 1 - (bottom + top) / 2 / height
        if any(one.left <= x <= one.right and one.top <= y <= one.bottom for one in marks):
            inside += chr(pdfium_c.FPDFText_GetUnicode(text_page, at))
    document.close()
    return inside


def test_a_hyphenated_quote_is_marked_line_by_line(path):
    words = "kreisfreie Städte in Deutschland."
    view = view_page(path, 2, quoted(TEXT, words))
    assert (view.pages, view.width, view.height) == (2, 595, 842)
    assert len(view.marks) == 2
    assert letters(words_in(path, 2, view.marks)) == letters(words)


def test_of_two_equal_beginnings_the_right_one_is_marked(path):
    words = "Die Frist endet am 30. Juni 2026."
    view = view_page(path, 2, quoted(TEXT, words))
    assert letters(words_in(path, 2, view.marks)) == letters(words)
    first, second = view.marks
    assert first.bottom <= second.top + 0.01


def test_a_rotated_and_cropped_page_is_measured_as_it_is_shown(path):
    writer = PdfWriter(clone_from=PdfReader(path))
    page = writer.pages[1]
    page.cropbox.upper_right = (595, 800)
    page.rotate(90)
    turned = path.with_name("gedreht.pdf")
    writer.write(turned)
    (mark,) = view_page(turned, 2, quoted(TEXT, "freie Städte in Deutschland.")).marks
    view = view_page(turned, 2)
    assert (view.width, view.height) == (800, 595)
    assert mark.bottom - mark.top > mark.right - mark.left  # the line runs downwards now
    assert 0.95 < mark.left < mark.right < 0.98  # the upper edge is the right one now


def test_a_quote_is_found_on_a_page_that_lies_on_its_side(path):
    path.write_bytes(turned(path.read_bytes(), shown=90))
    words = "kreisfreie Städte in Deutschland."
    first, second = view_page(path, 2, quoted(TEXT, words)).marks
    assert second.right <= first.left + 0.01  # lines follow each other from right to left now


def test_a_page_is_drawn_at_the_size_that_was_asked_for(path):
    image = Image.open(io.BytesIO(draw_page(path, 2, 144)))
    assert (image.format, image.size) == ("PNG", (1190, 1684))
    assert image.convert("L").getextrema() == (0, 255)


def test_a_huge_page_is_drawn_at_a_lower_resolution(path, monkeypatch):
    monkeypatch.setattr(pdf_view, "MOST_PIXELS", 10_000)
    image = Image.open(io.BytesIO(draw_page(path, 1, 300)))
    assert 9_000 < image.width * image.height <= 10_300


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_an_error(path, number):
    with pytest.raises(IndexError):
        view_page(path, number)


@pytest.mark.skipif(not GERMAN.is_dir(), reason="the real documents are not here")
def test_rectangles_of_quotes_from_real_documents_hold_their_words():
    choose = random.Random(20)
    checked = 0
    for path in sorted(GERMAN.glob("*.pdf")):
        try:
            pages = read(path).pages
        except UnreadableDocument:
            continue
        quotes = [
            (page.number, Quote(block.text, *match.span()))
            for page in pages
            for block in page.blocks
            for match in SENTENCE.finditer(block.text)
        ]
        for number, quote in choose.sample(quotes, min(10, len(quotes))):
            view = view_page(path, number, quote)
            words = quote.text[quote.start : quote.end]
            assert letters(words_in(path, number, view.marks)) == letters(words), words
            checked += 1
    assert checked > 20

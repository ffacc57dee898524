"""PDF: text and type sizes by pdfium, page labels and metadata by pypdf, which also stands in."""

import ctypes
import logging
import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from ingest.cleaning import clean_line, hyphenated_words, invisible_count
from ingest.layout import to_elements
from ingest.page_text import PageText, without_furniture
from ingest.readers.errors import encrypted, too_large
from ingest.readers.extract import Extract, ExtractedPage
from ingest.readers.pdf_facts import PdfFacts, read_facts, read_page_texts
from ingest.readers.pdf_images import recognised_pages, remarks
from ingest.readers.pdf_text import direction_at, text_page_of
from ingest.readers.recognition import NoRecognition
from ingest.runs import Line

logger = logging.getLogger(__name__)

_PDFIUM = threading.Lock()  # pdfium keeps global state and may not be entered twice

_MAX_PAGES = 3_000
_MAX_PAGE_CHARACTERS = 200_000
_MAX_GARBLED = 0.03  # share of control characters from which on a text layer means nothing

# pdfium writes U+FFFE (once U+0002) for a hyphen at line end, and often drops the line break.
_LINE = re.compile("([^\r\n\ufffe\x02]*)([\ufffe\x02]?)")

_HEADING_SIZE = 1.12  # times the body size
_HEADING_LINE = 110  # characters
_PARAGRAPH_GAP = 1.35  # times the usual distance of two lines
_SENTENCE_ENDS = (".", "!", "?", ":")
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demi")


@dataclass(frozen=True, slots=True)
class _TypeLine:
    """A line as set: `size` in points after scaling, `y` the baseline, up is positive.

    Up is where the heads of its letters are, also on a page that is turned.
    """

    text: str
    size: float
    is_bold: bool
    y: float


def read_pdf(
    content: bytes,
    name: str,
    *,
    careful: bool = False,
    ocr: bool = False,
    pulse: Callable[[int, int], None] = lambda done, pages: None,
) -> Extract:
    """Read a PDF; pages without text stay empty, so a scan is an empty document.

    `careful` leaves pdfium out, which ends the whole process where memory runs out. With `ocr`
    the text of such pages is recognised where the program for it is installed, and marked.
    """
    facts = read_facts(content, max_pages=_MAX_PAGES)
    typed = None if careful else _type_lines(content, name)
    scans = _Scans({})
    if typed is None:
        texts = read_page_texts(content, name, max_pages=_MAX_PAGES)
        pages = [PageText([Line(line) for line in text.split("\n")]) for text in texts]
    else:
        pages = _with_headings(typed)
        empty = [at for at, page in enumerate(typed) if not page]
        scans = _scans(content, empty, pulse) if ocr else _Scans({}, _not_tried(empty))
        for at, lines in scans.lines.items():
            pages[at] = PageText([Line(line) for line in lines])
    pages = without_furniture(pages)
    known = hyphenated_words("\n".join(line.text for page in pages for line in page.lines))
    extracted = [
        ExtractedPage(
            to_elements(page.lines, known, is_page=True),
            number,
            _label(facts, number, len(pages)),
            is_recognised=number - 1 in scans.lines,
        )
        for number, page in enumerate(pages, 1)
    ]
    return Extract(extracted, facts.title, remarks=scans.remarks)


@dataclass(frozen=True, slots=True)
class _Scans:
    """The lines that recognition read on pages without text, and what is to be said about it."""

    lines: dict[int, list[str]]  # by page, counted from 0
    remarks: tuple[str, ...] = ()


def _scans(content: bytes, empty: Sequence[int], pulse: Callable[[int, int], None]) -> _Scans:
    if not empty:
        return _Scans({})
    try:
        with _PDFIUM:
            lines = recognised_pages(content, empty, pulse)
    except NoRecognition as problem:
        return _Scans({}, remarks(0, len(empty), str(problem)))
    return _Scans(lines, remarks(len(lines), len(empty)))


def _not_tried(empty: Sequence[int]) -> tuple[str, ...]:
    return remarks(0, len(empty), "sie ist ausgeschaltet")


def _label(facts: PdfFacts, number: int, pages: int) -> str:
    """Return the printed label; where the labels are of no use, the physical number."""
    if len(facts.labels) != pages:
        return str(number)
    return clean_line(facts.labels[number - 1]) or str(number)


def _type_lines(content: bytes, name: str) -> list[list[_TypeLine]] | None:
    """Return every page's lines as pdfium reads them, None where it cannot open the file."""
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise encrypted(name) from error
            return None
        try:
            if len(document) > _MAX_PAGES:
                raise too_large(name, f"mehr als {_MAX_PAGES} Seiten")
            return [_page_lines(document, index, name) for index in range(len(document))]
        finally:
            document.close()


def _page_lines(document: pdfium.PdfDocument, index: int, name: str) -> list[_TypeLine]:
    try:
        page = document[index]
        text_page = text_page_of(page)
    except pdfium.PdfiumError:
        logger.warning("%s: page %d cannot be loaded and counts as empty", name, index + 1)
        return []
    try:
        if text_page.count_chars() > _MAX_PAGE_CHARACTERS:
            raise too_large(name, f"Seite {index + 1} hat über {_MAX_PAGE_CHARACTERS} Zeichen")
        text = text_page.get_text_range()
        if _is_garbled(text):
            logger.warning("%s: the text layer of page %d means nothing", name, index + 1)
            return []
        return list(_typed(text_page, text))
    finally:
        text_page.close()
        page.close()


def _is_garbled(text: str) -> bool:
    """Whether a font without a usable encoding left glyph numbers in place of characters."""
    hyphens = text.count("\ufffe") + text.count("\x02")  # how pdfium writes a hyphen at line end
    return invisible_count(text) - hyphens > _MAX_GARBLED * len(text)


def _typed(text_page: pdfium.PdfTextPage, text: str) -> Iterator[_TypeLine]:
    for match in _LINE.finditer(text):
        raw, hyphen = match.groups()
        cleaned = clean_line(raw)
        if cleaned:
            size, is_bold, y = _type_at(text_page, match.start() + len(raw) // 2)
            yield _TypeLine(cleaned + "-" * bool(hyphen), size, is_bold, y)


def _type_at(text_page: pdfium.PdfTextPage, at: int) -> tuple[float, bool, float]:
    """Return size, weight and baseline of one character."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, at, matrix)
    size = pdfium_c.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page, at, x, y)
    font, flags = ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text_page, at, font, 100, flags)
    is_bold = any(word in font.value.lower() for word in _BOLD_NAMES)
    across, up = direction_at(text_page, at)
    return round(size, 1), is_bold, across * y.value - up * x.value


def _with_headings(pages: Sequence[Sequence[_TypeLine]]) -> list[PageText]:
    """Mark the lines set larger or bolder than the body; put blank lines where gaps are."""
    weights: Counter[tuple[float, bool]] = Counter()
    for page in pages:
        for line in page:
            weights[line.size, line.is_bold] += len(line.text)
    if not weights:
        return [PageText([]) for _ in pages]
    body = weights.most_common(1)[0][0]
    styles = {style for style in weights if _is_heading_style(style, body)}
    levels = {style: level for level, style in enumerate(sorted(styles, reverse=True), 1)}
    return [PageText(list(_spaced(page, levels))) for page in pages]


def _is_heading_style(style: tuple[float, bool], body: tuple[float, bool]) -> bool:
    size, is_bold = style
    return size >= _HEADING_SIZE * body[0] or (is_bold > body[1] and size >= 0.98 * body[0])


def _spaced(page: Sequence[_TypeLine], levels: dict[tuple[float, bool], int]) -> Iterator[Line]:
    gaps = sorted(
        round(above.y - below.y, 1) for above, below in pairwise(page) if above.y > below.y
    )
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    previous: _TypeLine | None = None
    for line in page:
        if previous and _is_apart(previous, line, _PARAGRAPH_GAP * usual):
            yield Line("")
        is_candidate = len(line.text) <= _HEADING_LINE and not line.text.endswith((".", ",", ";"))
        yield Line(line.text, levels.get((line.size, line.is_bold), 0) if is_candidate else 0)
        previous = line


def _is_apart(above: _TypeLine, line: _TypeLine, gap: float) -> bool:
    """Whether a gap, or a new column after a whole sentence, keeps two lines apart."""
    starts_column = line.y - above.y > gap and above.text.endswith(_SENTENCE_ENDS)
    return above.y - line.y > gap or starts_column

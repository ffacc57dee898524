"""The three formats of a note, each opened again with a reader of its own kind."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from markdown_it import MarkdownIt
from pypdf import PdfReader
from sample_notes import NOW, note_of
from scripted_assistant import (
    BY_ID,
    HOSTILE,
    MODULES,
    OLD_QUOTE,
    QUOTE,
    answered,
    comparison,
    generated,
    hostile,
    refused,
)

from assistant.vermerk.export import FORMATS, file_name
from assistant.vermerk.markdown import escape

ALL = (answered("Wer darf einen Antrag stellen?"), comparison("Vergleich"), refused("Wetter?"))


def written(ending, *answers, **options):
    return FORMATS[ending].write(note_of(*answers, **options))


def squeezed(text):
    return " ".join(text.split())


def pdf_text(data):
    return squeezed("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def test_a_pdf_holds_question_quotes_and_locators_word_for_word():
    text = pdf_text(written("pdf", *ALL))
    for wanted in ("Wer darf einen Antrag stellen?", QUOTE, OLD_QUOTE, "S. 12 (PDF-Seite 14)"):
        assert wanted in text
    for item in MODULES.splitlines():
        assert item.removeprefix("- ") in text
    assert "https://www.bmbf.de/bekanntmachung.html" in text.replace(
        " ", ""
    )  # a line may end in it


def test_a_pdf_is_made_for_screen_readers():
    reader = PdfReader(io.BytesIO(written("pdf", generated("Wer?"))))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Vermerk: Wer?"
    assert "KI-generiert: probe-4b" in reader.metadata["/Keywords"]
    tags = set()

    def walk(element):
        tags.add(element.get("/S"))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if hasattr(kid, "get") and "/K" in kid:
                walk(kid)

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Note", "/BlockQuote"} <= tags


def test_fonts_are_embedded_in_subsets():
    page = PdfReader(io.BytesIO(written("pdf", *ALL))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        descriptor = inner.get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])


@pytest.mark.parametrize("text", ["日本語", "🙂", "العربية", "a\u0001b\u202ec"])
def test_characters_that_the_font_lacks_cost_nobody_the_note(text):
    for ending in FORMATS:
        assert written(ending, replace(answered("Wer?"), question=f"Was heißt {text}?"))


def paragraphs(data):
    return [one.text for one in Document(io.BytesIO(data)).paragraphs]


def footnotes_of(data):
    part = next(
        relation.target_part
        for relation in Document(io.BytesIO(data)).part.rels.values()
        if relation.reltype.endswith("/footnotes")
    )
    return part


def test_a_word_file_has_headings_quotes_and_footnotes():
    data = written("docx", *ALL)
    assert "Wer darf einen Antrag stellen?" in paragraphs(data)
    assert f"„{QUOTE}“" in paragraphs(data)
    part = footnotes_of(data)
    text = part.blob.decode()
    assert "S. 12 (PDF-Seite 14)" in text
    assert "https://www.bmbf.de/bekanntmachung.html" in text
    body = Document(io.BytesIO(data)).element.xml
    assert re.findall(r'w:footnoteReference w:id="(\d+)"', body) == ["1", "2", "3"]
    assert body.count("NOTEREF _Beleg3") == 2  # the comparison quotes it twice more


def test_a_word_file_tells_its_language_and_that_a_model_wrote_it():
    document = Document(io.BytesIO(written("docx", generated("Wer?"))))
    assert document.core_properties.title == "Vermerk: Wer?"
    assert document.core_properties.keywords == "KI-generiert: probe-4b"
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.created.replace(tzinfo=None) == NOW
    assert any("KI-generiert von probe-4b" in one.text for one in document.paragraphs)


def test_a_table_of_a_word_file_repeats_its_head():
    (table,) = Document(io.BytesIO(written("docx", comparison("Vergleich")))).tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "", "Bildungskommunen", "Bildung integriert",
    ]  # fmt: skip
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert QUOTE in table.rows[1].cells[1].text


def html_of(data):
    return (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(data.decode().split("---\n", 2)[2])
    )


def test_markdown_has_footnotes_and_properties():
    text = written("md", *ALL).decode()
    assert text.startswith('---\ntitle: "Vermerk: 3 Fragen"\nlang: "de"\n')
    assert f"> „{QUOTE}“[^1]" in text
    assert "\n[^1]: Förderrichtlinie „Bildungskommunen“, S. 12 (PDF-Seite 14)" in text
    assert "<h2>Wer darf einen Antrag stellen?</h2>" in html_of(written("md", *ALL))


def test_nothing_a_document_says_becomes_markup():
    html = html_of(
        written("md", hostile("<b>böse</b> [x](http://fremd.example) www.fremd.example"))
    )
    for forbidden in ("<script", "<img", "<form", "<svg", "<b>", 'javascript:alert(1)"'):
        assert forbidden not in html
    links = re.findall(r'href="([^"]*)"', html)
    assert [link for link in links if "bmbf.de" not in link] == []
    data = written("docx", hostile("böse"))
    assert HOSTILE.split("\n")[0] in "\n".join(paragraphs(data))


@pytest.mark.parametrize(
    "text",
    [
        "# keine Überschrift",
        "1. kein Listenpunkt",
        "1) auch nicht",
        "- kein Strich",
        "+ auch nicht",
        "> kein Zitat",
        "===",
        "---",
        "~~~",
        "| a | b |",
        "*nicht* _hervor_ `gehoben`",
        "![Bild](http://fremd.example/x.png)",
        "[Link](javascript:alert(1))",
        "[^1]: keine Fußnote",
        "<http://fremd.example>",
        "http://fremd.example und www.fremd.example",
        "&lt;b&gt; &copy;",
        "a \\* b",
    ],
)
def test_every_text_comes_back_as_it_was(text):
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escape(text))
    assert re.fullmatch(r"<p>[^<]*</p>\n", html), html
    plain = html[3:-5].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert plain.replace("&amp;", "&") == text


def test_the_name_of_a_file_tells_nothing_of_what_was_asked():
    assert file_name(note_of(answered("Geheim?")), "pdf") == "vermerk-2026-11-25-1120.pdf"


def test_every_passage_of_the_sample_can_be_written():
    assert BY_ID
    for ending in FORMATS:
        assert len(written(ending, *ALL, hostile("böse"), generated("Wer?"))) > 1_000

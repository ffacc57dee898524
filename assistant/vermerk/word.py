"""A note as a Word file: headings, quotes, tables and real footnotes, with its properties set."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from assistant.vermerk.labels import LABELS
from assistant.vermerk.note import Block, Fact, FileNote, Grid, Line
from assistant.vermerk.word_footnotes import WordFootnotes

_ACCENT = RGBColor(0x0B, 0x53, 0x60)
_STYLES = {
    "item": "List Bullet",
    "quote": "Quote",
    "quote-item": "List Bullet 2",
    "subheading": "Heading 3",
}
_LOCALES = {"de": "de-DE", "en": "en-GB"}


def to_docx(note: FileNote) -> bytes:
    """Write a note; the same quote has one footnote, further places refer to it."""
    document = Document()
    _set_properties(document, note)
    _set_styles(document, _LOCALES[note.language])
    _set_page(document, LABELS[note.language].pages)
    footnotes = WordFootnotes(document, note.footnotes)
    document.add_paragraph(note.title, style="Title")
    _add_facts(document, note.facts)
    for section in note.sections:
        document.add_heading(section.heading, level=1)
        _add_facts(document, section.facts)
        for block in section.blocks:
            _add_block(document, block, footnotes)
    closing = document.add_paragraph(style="Normal")
    closing.paragraph_format.space_before = Pt(18)
    closing.add_run(note.closing).italic = True
    footnotes.attach()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_properties(document: WordDocument, note: FileNote) -> None:
    properties = document.core_properties
    properties.title = note.title[:255]
    properties.author = properties.last_modified_by = "Bildungslotse"
    properties.language = _LOCALES[note.language]
    properties.created = properties.modified = note.created
    properties.keywords = "; ".join(note.keywords)[:255]
    properties.comments = note.closing[:255]


def _set_styles(document: WordDocument, locale: str) -> None:
    styles = document.styles
    for name, size in (("Normal", 11), ("Title", 18), ("Heading 1", 14), ("Heading 3", 12)):
        font = styles[name].font
        font.name, font.size = "Arial", Pt(size)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)  # a theme's font would win
        if name != "Normal":
            font.color.rgb = _ACCENT
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Quote"].paragraph_format.left_indent = Cm(0.75)
    styles["Quote"].font.italic = False
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(9)
    styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True


def _set_page(document: WordDocument, pages: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in pages.replace("{pages}", "\0NUMPAGES\0").replace("{page}", "\0PAGE\0").split("\0"):
        if part in ("PAGE", "NUMPAGES"):
            _add_field(footer, part)
        else:
            footer.add_run(part)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _add_facts(document: WordDocument, facts: tuple[Fact, ...]) -> None:
    for name, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)


def _add_block(document: WordDocument, block: Block, footnotes: WordFootnotes) -> None:
    if isinstance(block, Grid):
        _add_grid(document, block, footnotes)
        return
    paragraph = document.add_paragraph(style=_STYLES.get(block.kind, "Normal"))
    _fill(paragraph, block, footnotes)


def _fill(paragraph: Paragraph, line: Line, footnotes: WordFootnotes) -> None:
    for piece in line.pieces:
        if isinstance(piece, int):
            footnotes.refer(paragraph, piece)
        else:
            paragraph.add_run(piece).italic = True if line.kind == "remark" else None


def _add_grid(document: WordDocument, grid: Grid, footnotes: WordFootnotes) -> None:
    width = max(len(row) for row in grid.rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    if grid.columns:
        head = table.add_row()
        for cell, name in zip(head.cells[1:], grid.columns, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        repeated = OxmlElement("w:tblHeader")
        head._tr.get_or_add_trPr().append(repeated)
    for row in grid.rows:
        for cell, pieces in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], Line(pieces), footnotes)
    document.add_paragraph()

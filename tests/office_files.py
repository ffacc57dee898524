"""Office files made in code: spreadsheets, slides, OpenDocument texts and e-mails."""

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

import openpyxl
import pptx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from pptx.table import Table as SlideTable
from sample_files import word

_ODT = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing",
    }.items()
)  # fmt: skip


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive with these members, in this order."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def replaced(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one member changed."""
    with zipfile.ZipFile(BytesIO(content)) as given:
        members = {name: given.read(name) for name in given.namelist()}
    members[member] = change(members[member])
    return archive(members)


def odt(body: str, *, title: str = "", head: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument text; `body` is the XML inside `office:text`."""
    return archive(
        {
            "mimetype": _ODT,
            "content.xml": f"{head}<office:document-content {_NAMES}><office:body><office:text>"
            f"{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_NAMES} "
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"<dc:title>{title}</dc:title></office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def workbook(build: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return a workbook that `build` has filled; it begins with one empty sheet."""
    book = openpyxl.Workbook()
    build(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def slides(build: Callable[[pptx.presentation.Presentation], None]) -> bytes:
    """Return a presentation that `build` has filled."""
    presentation = pptx.Presentation()
    build(presentation)
    target = BytesIO()
    presentation.save(target)
    return target.getvalue()


def mail(text: str = "", *, html: str = "", attachments: dict[str, bytes] | None = None) -> bytes:
    """Return an e-mail with a text, an HTML part, or both."""
    message = EmailMessage()
    message["Subject"] = "Frist für Anträge"
    message["From"] = "Servicestelle <servicestelle@beispiel.de>"
    message["To"] = "Bildungsbüro <buero@beispiel.de>"
    message["Date"] = "Fri, 01 Mar 2024 10:00:00 +0100"
    message["Message-ID"] = "<1@beispiel.de>"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    for name, content in (attachments or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


MERGED_ROWS = [
    ("Träger", "Förderung", "", "Laufzeit"),
    ("", "bewilligt", "ausgezahlt", ""),
    ("VHS Nord", "3000 Euro", "1500 Euro", "12 Monate"),
    ("", "9000 Euro", "900 Euro", "24 Monate"),
    ("Nur im Rechtskreis der Jugendhilfe", "", "", ""),
    ("Bücherei", "8000 Euro", "80 Euro", "36 Monate"),
]
# top, left, rows and columns of each cell that reaches over others
MERGED = [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (2, 0, 2, 1), (4, 0, 1, 4)]


def merged_workbook() -> bytes:
    """Return a workbook whose table has a header of two rows and merged cells."""

    def build(book: openpyxl.Workbook) -> None:
        for row in MERGED_ROWS:
            book.active.append([cell or None for cell in row])
        for top, left, rows, columns in MERGED:
            book.active.merge_cells(None, top + 1, left + 1, top + rows, left + columns)

    return workbook(build)


def merged_word() -> bytes:
    """Return a Word document with the same table."""

    def build(document: WordDocument) -> None:
        _merge(document.add_table(len(MERGED_ROWS), len(MERGED_ROWS[0])))

    return word(build)


def merged_slides() -> bytes:
    """Return a presentation with the same table."""

    def build(presentation: pptx.presentation.Presentation) -> None:
        shapes = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes
        size = (len(MERGED_ROWS), len(MERGED_ROWS[0]))
        _merge(shapes.add_table(*size, 0, 0, 3_000_000, 900_000).table)

    return slides(build)


def _merge(table: WordTable | SlideTable) -> None:
    for top, left, rows, columns in MERGED:
        table.cell(top, left).merge(table.cell(top + rows - 1, left + columns - 1))
    for top, row in enumerate(MERGED_ROWS):
        for left, text in enumerate(row):
            if text:
                table.cell(top, left).text = text


def merged_odt() -> bytes:
    """Return an OpenDocument text with the same table."""
    made = ""
    for row in _laid_out():
        made += "<table:table-row>"
        for text, rows, columns in row:
            made += (
                f'<table:table-cell table:number-rows-spanned="{rows}" '
                f'table:number-columns-spanned="{columns}"><text:p>{text}</text:p>'
                "</table:table-cell>"
                if rows
                else "<table:covered-table-cell/>"
            )
        made += "</table:table-row>"
    return odt(f"<table:table>{made}</table:table>")


def merged_html(tag: str = "td") -> bytes:
    """Return a page with the same table; `tag` is that of the cells in its header of two rows."""
    made = ""
    for top, row in enumerate(_laid_out()):
        kind = tag if top < 2 else "td"
        cells = (
            f'<{kind} rowspan="{rows}" colspan="{columns}">{text}</{kind}>'
            for text, rows, columns in row
            if rows
        )
        made += f"<tr>{''.join(cells)}</tr>"
    return html_page(f"<table>{made}</table>")


def html_page(content: str) -> bytes:
    """Return a page with this between two paragraphs of its main content."""
    text = "<p>Die Kommune richtet ein Büro ein und stellt dafür Personal ein.</p>" * 2
    return f"<html><body><main><h1>Quoten</h1>{text}{content}{text}</main></body></html>".encode()


def _laid_out() -> list[list[tuple[str, int, int]]]:
    """Return each cell with the rows and columns it spans, none where another reaches over it."""
    laid = [[(text, 1, 1) for text in row] for row in MERGED_ROWS]
    for top, left, rows, columns in MERGED:
        for down in range(rows):
            for right in range(columns):
                laid[top + down][left + right] = ("", 0, 0)
        laid[top][left] = (MERGED_ROWS[top][left], rows, columns)
    return laid

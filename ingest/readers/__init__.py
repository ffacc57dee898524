"""A file becomes a document: the reader is chosen by content, the file name is only a hint."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from corpus.documents import ID_LENGTH, Document, Page
from ingest.elements import Assembly, Element
from ingest.health import health_of
from ingest.language import language_of
from ingest.readers.decoding import decode
from ingest.readers.errors import UnreadableDocument, damaged, empty, storable_name, too_large
from ingest.readers.extract import Extract
from ingest.readers.formats import MARKDOWN_SUFFIXES, Format, format_of, has_pdf_header
from ingest.repairs import counting

__all__ = ["ID_LENGTH", "MAX_BYTES", "SUFFIXES", "UnreadableDocument", "read"]

logger = logging.getLogger(__name__)

SUFFIXES = MARKDOWN_SUFFIXES.union(
    ".pdf .docx .odt .xlsx .pptx .csv .tsv .eml .mht .mhtml .html .htm .xhtml .txt .text".split()
)
MAX_BYTES = 50_000_000
_MAX_CHARACTERS = 10_000_000
_MAX_TITLE = 120
_BLANK = b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"  # blanks in any encoding, and zeros of a broken copy
_BINARY = {
    Format.DOCX: "docx",
    Format.EML: "mail",
    Format.HTML: "html",
    Format.ODT: "odt",
    Format.PPTX: "pptx",
    Format.XLSX: "xlsx",
}
ReadBytes = Callable[[bytes, str], Extract]
Pulse = Callable[[int, int], None]  # page and pages


def silent(page: int, pages: int) -> None:
    """Take no notice of progress."""


def read(
    path: Path, *, careful: bool = False, ocr: bool = False, pulse: Pulse = silent
) -> Document:
    """Read one file; raise `UnreadableDocument` with verdict and hint for one that cannot be read.

    A page without text, such as a scan, is no failure: its document `is_empty`. `careful` leaves
    out the parsers that end the process when a file goes too far; `ocr` recognises text in images,
    which takes long: `pulse` is called after each page. Foreign files are read through
    `ingest.cage`, never here directly.
    """
    content = _bytes(path)
    name = storable_name(path)
    if not content.strip(_BLANK):
        raise empty(name)
    with counting() as repairs:
        extract = (
            _extract_pdf(content, name, careful=careful, ocr=ocr, pulse=pulse)
            if has_pdf_header(content)
            else _extract(content, name)
        )
    characters = sum(len(one.text) for page in extract.pages for one in page.elements)
    if characters > _MAX_CHARACTERS:
        raise too_large(path.name, f"mehr als {_MAX_CHARACTERS // 1_000_000} Mio. Zeichen")
    title = extract.title or _first_heading(extract) or Path(name).stem
    assembly = Assembly(title)
    pages = tuple(
        Page(page.number, assembly.page(page.elements), page.label, page.is_recognised)
        for page in extract.pages
    )
    document = Document(
        id=hashlib.sha256(content).hexdigest()[:ID_LENGTH],
        name=name,
        title=title,
        pages=pages,
        source=extract.source,
        language=language_of(pages),
        health=health_of(pages, repairs, extract.remarks),
    )
    logger.info("read %s: %d pages, %d characters", path.name, len(pages), characters)
    return document


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise too_large(path.name, f"mehr als {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise damaged(path.name, error.strerror or "") from error


def _extract_pdf(content: bytes, name: str, *, careful: bool, ocr: bool, pulse: Pulse) -> Extract:
    from ingest.readers.pdf import read_pdf

    return read_pdf(content, name, careful=careful, ocr=ocr, pulse=pulse)


def _extract(content: bytes, name: str) -> Extract:
    # The parsers are imported where they are used: together they take a second to load.
    form = format_of(content, name)
    if form in _BINARY:
        kind = _BINARY[form]
        read_kind: ReadBytes = getattr(import_module(f"ingest.readers.{kind}"), f"read_{kind}")
        return read_kind(content, name)
    return _extract_text(form, decode(content, name), name)


def _extract_text(form: Format, text: str, name: str) -> Extract:
    match form:
        case Format.MARKDOWN:
            from ingest.readers.markdown import read_markdown

            return read_markdown(text, name)
        case Format.CSV:
            from ingest.readers.separated import read_separated

            return read_separated(text)
        case _:
            from ingest.readers.text import read_text

            return read_text(text)


def _first_heading(extract: Extract) -> str:
    """Return the first heading that opens the text, else its first line if that is short."""
    elements: Sequence[Element] = next((one.elements for one in extract.pages if one.elements), [])
    if not elements:
        return ""
    first = elements[0]
    line = first.text.split("\n")[0]
    if first.kind == "heading" or (first.kind == "paragraph" and len(line) <= _MAX_TITLE):
        return line
    headings = [one.text for one in elements if one.kind == "heading" and one.level == 1]
    return headings[0] if headings else ""

"""Recognise a file's format by its content."""

import re
from enum import Enum, auto
from pathlib import PurePath

from ingest.readers.archives import DOCX, ODT, PPTX, XLSX, kind_of_archive
from ingest.readers.decoding import decode
from ingest.readers.errors import damaged, encrypted, unsupported
from ingest.readers.mail_headers import is_mail, is_mailbox
from ingest.readers.separated import is_separated

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_BINARY_SUFFIXES = frozenset({".pdf", ".docx", ".odt", ".xlsx", ".pptx"})


class Format(Enum):
    """The formats that a reader exists for, beside PDF."""

    DOCX = auto()
    ODT = auto()
    XLSX = auto()
    PPTX = auto()
    CSV = auto()
    EML = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


_AS_PDF = "Als PDF speichern und erneut einlesen."
PDF_HEADER_WITHIN = 1024  # bytes
_OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The streams of old Office files are named in UTF-16.
_OLE_KINDS = {
    "WordDocument": "Als DOCX speichern.",
    "Workbook": "Als XLSX speichern.",
    "PowerPoint Document": "Als PPTX speichern.",
    "__properties_version1.0": "Die Nachricht als EML speichern.",
}
_ARCHIVES = {DOCX: Format.DOCX, XLSX: Format.XLSX, PPTX: Format.PPTX, ODT: Format.ODT}
_OTHERS = {
    b"{\\rtf": ("RTF", "Als DOCX speichern."),
    b"Rar!": ("RAR-Archiv", "Das Archiv entpacken und die Dateien einlesen."),
    b"7z\xbc\xaf": ("7-Zip-Archiv", "Das Archiv entpacken und die Dateien einlesen."),
    b"\x1f\x8b": ("GZIP-Archiv", "Das Archiv entpacken und die Dateien einlesen."),
    b"\x89PNG": ("Bild", _AS_PDF),
    b"\xff\xd8\xff": ("Bild", _AS_PDF),
    b"GIF8": ("Bild", _AS_PDF),
    b"II*\x00": ("Bild", _AS_PDF),
    b"MM\x00*": ("Bild", _AS_PDF),
}

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def format_of(content: bytes, name: str) -> Format:
    """Return the format of what is no PDF; raise `UnreadableDocument` where no reader exists."""
    if content.startswith(b"PK"):
        return _ARCHIVES[kind_of_archive(content, name)]
    _refuse_known(content, name)
    suffix = PurePath(name).suffix.lower()
    text = decode(content, name)
    if is_mailbox(text):
        raise unsupported(name, "Postfach", hint="Die Nachrichten einzeln als EML speichern.")
    if is_mail(text):
        return Format.EML
    if _MARKUP.match(text) or (suffix in _HTML_SUFFIXES and "<" in text):
        return Format.HTML
    if suffix in _BINARY_SUFFIXES:
        raise damaged(name, f"kein {suffix[1:].upper()}")
    if suffix in MARKDOWN_SUFFIXES:
        return Format.MARKDOWN
    return Format.CSV if is_separated(text, suffix) else Format.TEXT


def _refuse_known(content: bytes, name: str) -> None:
    """Refuse what is recognised and has no reader, with the way to a format that has one."""
    if content.startswith(_OLE_HEADER):
        if _OLE_ENCRYPTED in content:
            raise encrypted(name)
        hints = [
            hint for stream, hint in _OLE_KINDS.items() if stream.encode("utf-16-le") in content
        ]
        raise unsupported(name, "altes Office-Format", hint=hints[0] if hints else "")
    for mark, (kind, hint) in _OTHERS.items():
        if content.startswith(mark):
            raise unsupported(name, kind, hint=hint)


def has_pdf_header(content: bytes) -> bool:
    """Whether a file begins like a PDF; a few bytes of another program may stand before."""
    return b"%PDF-" in content[:PDF_HEADER_WITHIN]

"""Recognise a file's format by its content, and decode text."""

import re
import zipfile
from enum import Enum, auto
from io import BytesIO
from pathlib import PurePath

from ingest.readers.errors import damaged, encrypted, too_large, unsupported

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


class Format(Enum):
    """The formats that a reader exists for."""

    PDF = auto()
    DOCX = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


PDF_HEADER_WITHIN = 1024  # bytes
_OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCX_TYPE = b"wordprocessingml.document.main+xml"
_MAX_UNPACKED = 200_000_000
_MAX_RATIO = 100
_MAX_MEMBERS = 5_000

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01


def format_of(content: bytes, name: str) -> Format:
    """Return the format; raise `UnreadableDocument` for everything no reader exists for."""
    if has_pdf_header(content):
        return Format.PDF
    if content.startswith(b"PK"):
        _check_archive(content, name)
        return Format.DOCX
    if content.startswith(_OLE_HEADER):
        if _OLE_ENCRYPTED in content:
            raise encrypted(name)
        raise unsupported(name, "altes Office-Format")
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf" and not content.strip():
        raise damaged(name, "die Datei ist leer")
    text = decode(content, name)
    if _MARKUP.match(text) or (suffix in _HTML_SUFFIXES and "<" in text):
        return Format.HTML
    if suffix in {".pdf", ".docx"}:
        raise damaged(name, f"kein {suffix[1:].upper()}")
    return Format.MARKDOWN if suffix in MARKDOWN_SUFFIXES else Format.TEXT


def has_pdf_header(content: bytes) -> bool:
    """Whether a file begins like a PDF; a few bytes of another program may stand before."""
    return b"%PDF-" in content[:PDF_HEADER_WITHIN]


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 with or without mark, or cp1252; refuse what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_or_refuse(content, "utf-16", name)
    if encoding := _unmarked_utf16(content):
        return _decode_or_refuse(content, encoding, name)
    if len(_BINARY.findall(content)) > _BINARY_SHARE * len(content):
        raise unsupported(name, "kein Text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _decode_or_refuse(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged(name, "kein gültiges UTF-16") from error


def _unmarked_utf16(content: bytes) -> str:
    """Every second byte of Western text in UTF-16 is zero."""
    sample = content[:2000]
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _check_archive(content: bytes, name: str) -> None:
    """Accept only a Word document that unpacks to a reasonable size."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > _MAX_MEMBERS or unpacked > _MAX_UNPACKED:
                raise too_large(name, "ausgepackt mehr als 200 MB oder 5.000 Teile")
            if unpacked > _MAX_RATIO * len(content):
                raise too_large(name, "auffällig stark gepackt")
            types = archive.open("[Content_Types].xml").read(1_000_000)
    except KeyError as error:
        raise unsupported(name, "ZIP-Archiv") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise damaged(name, "ZIP-Archiv nicht lesbar") from error
    if _DOCX_TYPE not in types:
        raise unsupported(name, "kein Word-Dokument")

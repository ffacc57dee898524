"""Bytes become text: UTF-8, UTF-16, or the code page in which German reads as German."""

import re

from ingest.readers.errors import damaged, unsupported

_BINARY = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.01
_CODE_PAGES = ("cp1252", "cp850", "mac_roman")  # Windows, DOS, old Macintosh; the first wins ties
_UMLAUT_IN_WORD = re.compile("(?<=[A-Za-z])[äöüß](?=[a-z])")  # quotes of one page are not these


def decode(content: bytes, name: str) -> str:
    """Decode text, its lines ended by a newline alone; raise `UnreadableDocument` for no text."""
    return _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_or_refuse(content, "utf-16", name)
    if encoding := _unmarked_utf16(content):
        return _decode_or_refuse(content, encoding, name)
    if len(_BINARY.findall(content)) > _BINARY_SHARE * len(content):
        raise unsupported(name, "kein Text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        texts = [content.decode(page, errors="replace") for page in _CODE_PAGES]
        return max(texts, key=lambda text: len(_UMLAUT_IN_WORD.findall(text)))


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

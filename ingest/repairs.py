"""Broken umlauts are mended, and what was mended or removed in a document is counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# What becomes of a character when its UTF-8 bytes are taken for single characters.
_MENDED = "äöüÄÖÜßéèàçñ§€°²³µ·½«»–—‘’‚“”„†•…‹›"
_COMPOSED = {f"{vowel}¨": umlaut for vowel, umlaut in zip("aouAOU", "äöüÄÖÜ", strict=True)}
# Type setters put the dots as a character of their own before or after the vowel: "f¨ur", "fu¨r".
_DOTS = re.compile(r"¨ ?([aouAOU])|([aouAOU]) ?(?:¨| \u0308)")


def _misread() -> dict[str, str]:
    table = {}
    for character in _MENDED:
        raw = character.encode("utf-8")
        for encoding in ("cp1252", "latin-1"):
            # Five bytes mean nothing in cp1252; there the program kept the byte as it was.
            text = "".join(_single(byte, encoding) for byte in raw)
            table[text] = character
    return table


def _single(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


_MISREAD = _misread()
_BROKEN = re.compile("|".join(re.escape(one) for one in sorted(_MISREAD, key=len, reverse=True)))


@dataclass(slots=True)
class Repairs:
    """Counts for one document while it is read."""

    umlauts: int = 0
    removed: int = 0  # invisible characters


_CURRENT: ContextVar[Repairs | None] = ContextVar("repairs", default=None)


@contextmanager
def counting() -> Iterator[Repairs]:
    """Count the repairs that are made to any text while this is open."""
    repairs = Repairs()
    token = _CURRENT.set(repairs)
    try:
        yield repairs
    finally:
        _CURRENT.reset(token)


def note_removed(count: int) -> None:
    """Count characters that were removed because nobody can see them."""
    if count and (repairs := _CURRENT.get()):
        repairs.removed += count


def mend_umlauts(text: str) -> str:
    """Mend "fÃ¼r", "f¨ur" and "fu ̈r" to "für"; text in NFC comes out in NFC."""
    mended, count = text, 0
    if "Ã" in text or "Â" in text or "â" in text:
        mended, count = _BROKEN.subn(lambda match: _MISREAD[match.group()], mended)
    if "¨" in text or " \u0308" in text:
        mended, dotted = _DOTS.subn(_composed, mended)
        count += dotted
    if count and (repairs := _CURRENT.get()):
        repairs.umlauts += count
    return mended


def _composed(match: re.Match[str]) -> str:
    return _COMPOSED[f"{match[1] or match[2]}¨"]

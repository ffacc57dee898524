"""A claimed file name in; one that is safe to store and to show out."""

import re
import unicodedata
from urllib.parse import unquote

_MAX_BYTES = 120
_MAX_SUFFIX = 16  # bytes, the dot included
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # on Windows
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_UNNAMED = "Dokument"


def safe_name(claimed: str) -> str:
    """Return the last part of a claimed name, readable and fit for every file system.

    In NFC, without control, direction and zero-width characters, at most 120 bytes with the
    ending kept, and none of the names that Windows reserves.
    """
    name = _decoded(claimed).replace("\\", "/").rsplit("/", 1)[-1]
    name = unicodedata.normalize("NFC", name)
    visible = (" " if one.isspace() else one for one in name if not _is_hidden(one))
    name = _FORBIDDEN.sub("_", " ".join("".join(visible).split())).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or _UNNAMED


def numbered(name: str, number: int) -> str:
    """Return "Bescheid (2).pdf" for the second "Bescheid.pdf"."""
    stem, dot, suffix = name.rpartition(".")
    return safe_name(f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})")


def _decoded(name: str) -> str:
    """Undo percent signs, however often they were put on; a lone one stays."""
    while (decoded := unquote(name, errors="replace")) != name:
        name = decoded
    return name


def _is_hidden(character: str) -> bool:
    # Control, format (direction, zero width), half, private and unassigned characters.
    return unicodedata.category(character).startswith("C") and not character.isspace()


def _shortened(name: str) -> str:
    if len(name.encode()) <= _MAX_BYTES:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(f".{suffix}".encode()) > _MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = _MAX_BYTES - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore").strip(". ") + dot + suffix

"""A claimed file name in; one that is safe to store and to show out."""

import re
import unicodedata

LONGEST_NAME = 120  # bytes
_MAX_SUFFIX = 16  # bytes, the dot included
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # on Windows
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_GAP = re.compile(r" +(?=\.[^.]*$)")  # before the ending
_UNNAMED = "dokument"


def safe_name(claimed: str) -> str:
    """Return the last part of a claimed name, readable and fit for every file system.

    In NFC, without control, direction, zero-width, half and private characters, at most 120 bytes
    with the ending kept, and none of the names that Windows reserves.
    """
    name = claimed.replace("\\", "/").rsplit("/", 1)[-1]
    name = unicodedata.normalize("NFC", name)
    name = _FORBIDDEN.sub("_", " ".join(visible(name).split())).strip(". ")
    name = _GAP.sub("", name)
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or _UNNAMED


def visible(text: str) -> str:
    """Drop control, direction, zero-width, half and private characters: a terminal obeys some."""
    return "".join(one for one in text if not unicodedata.category(one).startswith("C"))


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(f".{suffix}".encode()) > _MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = LONGEST_NAME - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore").strip(". ") + dot + suffix

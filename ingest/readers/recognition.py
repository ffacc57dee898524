"""Text recognition (OCR) of one page at a time, by the program Tesseract where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ingest.cleaning import clean_line

LANGUAGE = "deu"
DOTS_PER_INCH = 300
_MOST_SECONDS = 120.0  # for one page
_SURE = 40.0  # percent; a line that Tesseract is less sure of is a picture, not text
_COLUMNS = 12  # of its table: level, page, block, paragraph, line, word, box, confidence, text
_WORD = "5"  # the level of a row that holds a word


class NoRecognition(Exception):
    """There is no way to recognise text here; the message says why, in German."""


@dataclass(frozen=True, slots=True)
class Image:
    """One page in shades of grey: `width` times `height` bytes, row by row from the top."""

    width: int
    height: int
    pixels: bytes

    @property
    def is_blank(self) -> bool:
        """Whether the page has one colour only."""
        return not self.pixels or self.pixels.count(self.pixels[0]) == len(self.pixels)


@cache
def program() -> str:
    """Return the path of Tesseract; raise `NoRecognition` without it or without German."""
    found = shutil.which("tesseract")
    if found is None:
        raise NoRecognition("Tesseract ist nicht installiert")
    try:
        listed = subprocess.run(
            [found, "--list-langs"], capture_output=True, timeout=_MOST_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoRecognition("Tesseract lässt sich nicht starten") from error
    if LANGUAGE.encode() not in listed.stdout.split():
        raise NoRecognition("Tesseract fehlen die deutschen Sprachdaten")
    return found


def recognise(image: Image) -> list[str]:
    """Return the lines of a page, paragraphs apart by an empty one; none where it fails."""
    if image.is_blank:
        return []
    header = f"P5 {image.width} {image.height} 255\n".encode("ascii")  # a portable graymap
    try:
        done = subprocess.run(
            [program(), "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DOTS_PER_INCH), "tsv"],
            input=header + image.pixels,
            capture_output=True,
            timeout=_MOST_SECONDS,
            # One thread: several pages are read at once, each in a process of its own.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return list(_lines(done.stdout.decode("utf-8", "replace")))


def _lines(table: str) -> Iterator[str]:
    """Yield the lines of Tesseract's table of words."""
    words = [row.split("\t") for row in table.splitlines()]
    words = [word for word in words if len(word) == _COLUMNS and word[0] == _WORD]
    is_first = True
    for _, paragraph in groupby(words, key=lambda word: word[1:4]):
        lines = [_line(list(line)) for _, line in groupby(paragraph, key=lambda word: word[4])]
        filled = [line for line in lines if line]
        if filled:
            yield from filled if is_first else ("", *filled)
            is_first = False


def _line(words: list[list[str]]) -> str:
    """Join the words of a line; one that is unsure on average is dropped."""
    seen = [(float(word[10]), word[11].strip()) for word in words if word[11].strip()]
    if not seen or sum(sureness for sureness, _ in seen) / len(seen) < _SURE:
        return ""
    return clean_line(" ".join(text for _, text in seen))

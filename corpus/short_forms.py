"""Abbreviations as documents introduce them: "Langform (ABK)" to pairs of both."""

import re
from collections.abc import Iterable, Iterator

from corpus.analysis import fold

LONGEST = 8  # words of a long form
WORDS_PER_LETTER = (
    1.5  # "Bundesministerium für Bildung und Forschung (BMBF)": small words have none
)

_REACH = 400  # characters that hold the words of a long form

# Brackets are found first: looking for the words before them everywhere takes ten times as long.
_BRACKETS = re.compile(r"[„\"]?\(([A-ZÄÖÜ][\w-]{1,11})\)")
_WORDS_BEFORE = re.compile(r"[\w„“\"’/ \n-]*[ \n]\Z")


def short_forms(texts: Iterable[str]) -> dict[str, str]:
    """Map each abbreviation, folded, to the long form that stands before it first."""
    found: dict[str, str] = {}
    for text in texts:
        for short, long_form, _ in _introduced(text):
            found.setdefault(fold(short), long_form)
    return found


def introductions(text: str) -> Iterator[tuple[str, int]]:
    """Yield the abbreviations that a text spells out, and where they stand in their brackets."""
    for short, _, at in _introduced(text):
        yield short, at


def _introduced(text: str) -> Iterator[tuple[str, str, int]]:
    for match in _BRACKETS.finditer(text):
        at = match.start()
        words = _WORDS_BEFORE.search(text, max(0, at - _REACH), at)
        long_form = _long_form(words[0].split()[-LONGEST:], match[1]) if words else ""
        if long_form:
            yield match[1], long_form, match.start(1)


def _long_form(before: list[str], short: str) -> str:
    """Return the fewest words before the brackets that spell the abbreviation, else nothing."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    if sum(letter.isupper() for letter in short) < 2:
        return ""
    most = int(WORDS_PER_LETTER * len(letters))
    for start in range(len(before) - 1, max(-1, len(before) - 1 - most), -1):
        candidate = fold(" ".join(before[start:])).strip('„“"')
        if candidate.startswith(letters[0]) and _spells(letters, candidate):
            return " ".join(before[start:]).strip('„“"')
    return ""


def _spells(letters: list[str], text: str) -> bool:
    """Tell whether the letters stand in `text` in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)

"""Numbers with what they belong to: "vier Jahre" is no "zwei Jahre", "MPEG-4" no "MPEG-2"."""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise

from assistant.generation.literals import literals
from corpus.analysis import fold, stem, words

_COUNTED = re.compile(
    r"(?<![\w.,-])(\d[\d.,]*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\s+"
    r"(?:[a-zäöüß]+\s+)?([A-ZÄÖÜ]\w{2,})"
)
_YEAR = re.compile(r"(?:19|20)\d\d")  # counts nothing: "seit 2021 Kommunen"
_PART = re.compile(r"[a-z]+|\d+")
_DIGITS = re.compile(r"\d+")
_JOINTS = ("", "-", "–")
PREFIX = 4  # characters of a word that say which one it is: "Modul" and "Module"


def contradicts(claim: str, source: str) -> bool:
    """Tell whether the source gives other numbers to what the claim counts or numbers."""
    there = _counted(source)
    if any(
        noun in there and not numbers <= there[noun] for noun, numbers in _counted(claim).items()
    ):
        return True
    return not _joined(claim, _JOINTS) <= _joined(source, (*_JOINTS, " "))


def repeats(claim: str, sentence: str) -> bool:
    """Tell whether a claim says a number more often than the sentence that is to back it."""
    said, there = Counter(_DIGITS.findall(claim)), Counter(_DIGITS.findall(sentence))
    return any(1 < times > there[number] for number, times in said.items())


@lru_cache(maxsize=2_000)
def _counted(text: str) -> dict[str, frozenset[float]]:
    """Map the stem of each counted noun to its numbers."""
    found: dict[str, set[float]] = defaultdict(set)
    for number, noun in _COUNTED.findall(text):
        if not _YEAR.fullmatch(number):
            found[stem(words(noun)[0])] |= {value for value, _ in literals(number).numbers}
    return {noun: frozenset(numbers) for noun, numbers in found.items()}


@lru_cache(maxsize=2_000)
def _joined(text: str, joints: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Return each number that is joined to a word, with the start of that word."""
    folded = fold(text)
    parts = list(_PART.finditer(folded))
    return frozenset(
        (one[0][:PREFIX], other[0][:PREFIX])
        for one, other in pairwise(parts)
        if one[0].isdigit() != other[0].isdigit() and folded[one.end() : other.start()] in joints
    )

"""Figures in questions and quotes: which differ from each other, which are nowhere else."""

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.analysis import fold, stem, words

_WORDS = {
    "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwoelf": 12, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
# 40.000 and 1,5 are numbers, 1.2.3 and 01.06.2023 are none.
_NUMBER = rf"(?<![\d.,])(\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?|{'|'.join(_WORDS)})(?![\d.,]*\d)"
_PERCENT = re.compile(rf"\b{_NUMBER}\s*(?:%|prozent|percent|vom hundert)")
# Only what the question presents as known is a premise: "die zwölf REAB", "auf zehn Jahre".
_KNOWN = re.compile(
    rf"\b(?:die|der|den|allen?|auf|welche[nr]?|the|all|for|which)\s+{_NUMBER}\s+(\w{{3,}})"
)
# Looking ahead leaves the words to the next number, whose own they are: "2030 fahren 130 Busse".
_OTHER = rf"(?!(?:\d|(?:{'|'.join(_WORDS)})\b))"
_COUNTED = re.compile(rf"\b{_NUMBER}(?=\s+((?:{_OTHER}\(?\w+\)?[ -]+){{0,5}}{_OTHER}\(?\w+))")
_ORDINALS = {
    "zweit": 2, "dritt": 3, "viert": 4, "fuenft": 5, "sechst": 6, "siebt": 7, "acht": 8,
    "neunt": 9, "zehnt": 10, "elft": 11, "zwoelft": 12,
}  # fmt: skip
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})e[nrms]?\s+(\w{{3,}})")
_EURO = re.compile(rf"{_NUMBER}\s*((?:mio|mrd|million|milliard)\w*\.?)?\s*(?:euro|eur\b|€)")
_SPANS = {
    "tag": "Tage", "woche": "Wochen", "monat": "Monate", "jahr": "Jahre",
    "day": "Tage", "week": "Wochen", "month": "Monate", "year": "Jahre",
}  # fmt: skip
_ENGLISH = {
    "Euro": "euros", "Tage": "days", "Wochen": "weeks", "Monate": "months", "Jahre": "years",
}  # fmt: skip
_SWAPPED = str.maketrans(".,", ",.")
_SPAN = re.compile(rf"\b{_NUMBER}\s+({'|'.join(_SPANS)})")
_YEAR = re.compile(r"(?:19|20)\d\d")

Figures = dict[str, set[float]]  # by what is counted: "%" or the stem of a noun


def contradicted(question: str, quotes: Sequence[str]) -> tuple[str, str] | None:
    """Name the figure of the question that the quotes contradict, and theirs; None without one.

    A figure is contradicted when the quotes give others of the same kind and not this one.
    """
    asked = _figures(question, _KNOWN)
    said = _figures("\n".join(quotes), _COUNTED)
    for counted, numbers in asked.items():
        others = said.get(counted, set())
        if others and not numbers & others:
            return _against(min(numbers), others, counted)
    for match in _NTH.finditer(fold(question)):
        counted, number = stem(match[2]), _ORDINALS[match[1]]
        others = said.get(counted, set())
        if others and number > max(others):
            return _against(number, others, counted)
    return None


def amounts(text: str) -> set[str]:
    """Return percentages and sums of money in `text`, spelled alike: "60 %", "40.000 Euro"."""
    folded = fold(text)
    shares = {_show(_value(match[1]), "%") for match in _PERCENT.finditer(folded)}
    sums = {
        f"{_show(_value(match[1]) * _scale(match[2]), '')} Euro" for match in _EURO.finditer(folded)
    }
    return shares | sums


def counted(text: str, noun: str) -> set[str]:
    """Return how many of something `text` counts: {"8"} for "acht Büros" and the noun "Büro"."""
    return {_show(number, "") for number in _figures(text, _COUNTED).get(stem(noun.lower()), set())}


def spans(text: str) -> set[str]:
    """Return the spans of time in `text`: {"4 Jahre"} for "vier Jahren"."""
    return {
        f"{_show(_value(match[1]), '')} {_SPANS[match[2]]}" for match in _SPAN.finditer(fold(text))
    }


def in_english(figure: str) -> str:
    """Write a figure as English does: "40.000 Euro" is "40,000 euros", "4 Jahre" is "4 years"."""
    number, *unit = figure.translate(_SWAPPED).split()
    return " ".join([number, *(_ENGLISH.get(word, word) for word in unit)])


def _figures(text: str, counts: re.Pattern[str]) -> Figures:
    folded = fold(text)
    found: Figures = defaultdict(set)
    for match in _PERCENT.finditer(folded):
        found["%"].add(_value(match[1]))
    for match in counts.finditer(folded):
        if not _YEAR.fullmatch(match[1]):
            for word in words(match[2]):
                found[stem(word)].add(_value(match[1]))
    return dict(found)


def _value(number: str) -> float:
    return float(_WORDS.get(number) or number.replace(".", "").replace(",", "."))


def _scale(word: str | None) -> int:
    if not word:
        return 1
    return 10**9 if word.startswith(("mrd", "milliard")) else 10**6


def _against(asked: float, said: set[float], counted: str) -> tuple[str, str]:
    listed = ", ".join(_show(number, counted) for number in sorted(said))
    return _show(asked, counted), listed


def _show(number: float, counted: str) -> str:
    whole, _, rest = f"{number:,.6f}".rstrip("0").rstrip(".").partition(".")
    shown = whole.replace(",", ".") + (f",{rest}" if rest else "")
    return f"{shown} %" if counted == "%" else shown

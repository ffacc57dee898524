"""What the documents say has an end: "Transferagenturen (2014-2024)", "die Arbeit der … endete"."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from corpus.analysis import stem
from corpus.dates import MONTHS, find_days

_NOUN = r"[A-ZÄÖÜ][a-zäöüß-]{5,}"
# What belongs to the noun stands between it and the years: "Agenturen für kommunale Bildung (…)".
_YEARS = re.compile(
    rf"\b({_NOUN})(?:\s+(?:für|zur|zum)\s+(?:[a-zäöüß]+\s+)*{_NOUN})?"
    r"\s+\((?:von )?(?:19|20)\d\d\s?(?:[-–]|bis)\s?((?:19|20)\d\d)\)"
)
_ENDED = re.compile(
    rf"\b({_NOUN})\s+(?:ist |wurden? |hat |haben )?"
    r"(?:endete[nt]?|lief(?:en)?(?: aus)?|bestand(?:en)?|galt(?:en)?)\s+"
    r"(?:nur |noch )?(?:bis )?(?:(?:zum|am|im|Ende) )?"
    rf"((?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?|\d{{1,2}}\.\s?(?i:{MONTHS})\s|(?i:{MONTHS})\s)?(?:19|20)\d\d)\b"
)


def endings(texts: Iterable[str]) -> dict[str, date]:
    """Map the stem of each noun to the last day that a text gives for it, the latest one."""
    found: dict[str, date] = {}
    for text in texts:
        for match in (*_YEARS.finditer(text), *_ENDED.finditer(text)):
            noun, last = stem(match[1].lower()), _last_day(match[2])
            if last is not None:
                found[noun] = max(last, found.get(noun, last))
    return found


def _last_day(text: str) -> date | None:
    """Return the last day of "2024", "Januar 2024" or "31.1.2024"."""
    if text.isdigit():
        return date(int(text), 12, 31)
    if text[0].isdigit():
        return next(find_days(text), None)
    first = next(find_days(f"1. {text}"))
    return first.replace(day=monthrange(first.year, first.month)[1])

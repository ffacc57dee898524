"""When a statement holds: the day a question is about, and sources that held until before it."""

import re
from datetime import date

from corpus.analysis import fold
from corpus.documents import Source

_AS_OF = re.compile(
    r"\b(?:Stand|as of|gültig|gueltig)\b\s*:?\s*(?:am |vom |zum |on )?"
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PAST = re.compile(
    r"\b(?:war(?:en)?|wurden?|hatten?|gab|lief|liefen|galt|galten|bis wann|damals|frueher\w*|"
    r"ehemals?|ehemalig\w*|vorgaenger\w*|geschichte|historisch|bisher\w*|were|did|former|previous)\b"
)


def split_day(question: str) -> tuple[str, date | None]:
    """Part a question from the day it is about: "Wie hoch ist sie, Stand am 01.06.2023?"."""
    match = _AS_OF.search(question)
    if not match:
        return question, None
    try:
        day = date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return question, None
    before, after = question[: match.start()].rstrip(" ,(;"), question[match.end() :].lstrip(") ")
    return f"{before}{after}" if before else after.lstrip(":,; "), day


def asks_for_past(question: str, today: date) -> bool:
    """Tell whether what has ended is what is asked for."""
    folded = fold(question)
    years = [int(year) for year in _YEAR.findall(folded)]
    return bool(_PAST.search(folded)) or any(year < today.year for year in years)


def has_ended(source: Source, day: date) -> bool:
    """Tell whether a source no longer holds on a day."""
    return source.valid_until is not None and source.valid_until < day


def is_current(source: Source, day: date) -> bool:
    """Tell whether a source holds on a day, as far as it says so."""
    begun = source.valid_from is None or source.valid_from <= day
    return begun and not has_ended(source, day)

"""Days named in a text, in the forms German documents write them."""

import re
from collections.abc import Iterator
from datetime import date

_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
_ENGLISH_NAMES = (
    "january february march april may june july august september october november december".split()
)
MONTHS = "|".join(_NAMES)
DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?i:{MONTHS}))\s?\d{{4}}"
_LESS = re.compile(rf"\b(?:({MONTHS})\s)?((?:19|20)\d\d)\b(?!/\d{{3}})", re.IGNORECASE)
_DATE = re.compile(
    rf"(?<![\d.])(?:(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.|({MONTHS}))\s?(\d{{4}})"
    r"|(\d{4})-(\d\d)-(\d\d))(?!\d)",
    re.IGNORECASE,
)


def find_days(text: str) -> Iterator[date]:
    """Yield the days named in a text: 1.3.2024, 1. März 2024, 2024-03-01."""
    for match in _DATE.finditer(text):
        day, number, name, year, iso_year, iso_month, iso_day = match.groups()
        month = _NAMES.index(name.lower()) + 1 if name else number or iso_month
        try:
            yield date(int(year or iso_year), int(month), int(day or iso_day))
        except ValueError:
            continue  # 31.2.2024, or a number of another kind


def find_times(text: str) -> Iterator[str]:
    """Yield days, months and years as precisely as a text names them: 2024-03-01, 2024-03, 2024."""
    for day in find_days(text):
        yield day.isoformat()
    for name, year in _LESS.findall(_DATE.sub(" ", text)):
        yield f"{year}-{_NAMES.index(name.lower()) + 1:02}" if name else year


def show_time(time: str, *, is_english: bool = False) -> str:
    """Write such a time for readers: 01.03.2024, "März 2024" or "March 2024", 2024."""
    year, *rest = time.split("-")
    if len(rest) == 1:
        names = _ENGLISH_NAMES if is_english else _NAMES
        return f"{names[int(rest[0]) - 1].capitalize()} {year}"
    return ".".join([*reversed(rest), year])

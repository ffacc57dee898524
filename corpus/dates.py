"""Days named in a text, in the forms German documents write them."""

import re
from collections.abc import Iterator
from datetime import date

_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
MONTHS = "|".join(_NAMES)
DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?i:{MONTHS}))\s?\d{{4}}"
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

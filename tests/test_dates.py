from datetime import date

import pytest

from corpus.dates import find_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("am 1.3.2024", [date(2024, 3, 1)]),
        ("ab dem 01. 07. 2022", [date(2022, 7, 1)]),
        ("1. März 2024 bis 5. DEZEMBER 2024", [date(2024, 3, 1), date(2024, 12, 5)]),
        ("2026-11-01", [date(2026, 11, 1)]),
        ("31.2.2024 und 1.2.3.2024", []),
        ("im März 2024", []),
    ],
)
def test_days_are_found_in_every_form(text, days):
    assert list(find_days(text)) == days

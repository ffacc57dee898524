from datetime import date

import pytest

from corpus.dates import find_days, show_time


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


@pytest.mark.parametrize(
    ("time", "german", "english"),
    [
        ("2024-03-01", "01.03.2024", "01.03.2024"),
        ("2024-03", "März 2024", "March 2024"),
        ("2024", "2024", "2024"),
    ],
)
def test_times_are_written_in_the_language_of_the_reader(time, german, english):
    assert (show_time(time), show_time(time, is_english=True)) == (german, english)

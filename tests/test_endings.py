from datetime import date

import pytest

from corpus.endings import endings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("die Leseagenturen (2014-2024)", {"leseagentur": date(2024, 12, 31)}),
        ("der Leseläden für kommunale Bildung (2014–2024)", {"leselad": date(2024, 12, 31)}),
        ("Die Arbeit der Leseagenturen endete im Januar 2024.", {"leseagentur": date(2024, 1, 31)}),
        ("Das Leseprogramm lief bis zum 30.06.2023.", {"leseprogramm": date(2023, 6, 30)}),
        ("Das Leseprogramm galt bis Ende 2023.", {"leseprogramm": date(2023, 12, 31)}),
    ],
)
def test_what_has_an_end_is_learned_with_its_last_day(text, found):
    assert endings([text]) == found


@pytest.mark.parametrize(
    "text",
    [
        "Das Lesebüro berät seit 2014.",
        "Der Leitfaden (2024) gilt.",
        "Anträge sind bis zum 31.12.2024 möglich.",
        "Der Zug endete in Fürth.",
    ],
)
def test_other_years_are_no_end(text):
    assert endings([text]) == {}


def test_the_latest_end_counts():
    texts = ["das Leseprogramm (2014-2020)", "das Leseprogramm (2014-2024)"]

    assert endings(texts) == {"leseprogramm": date(2024, 12, 31)}

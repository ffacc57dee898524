from dataclasses import replace
from datetime import date

import pytest
from sample_passages import SOURCE, passage

from assistant.validity import (
    Timeframe,
    asks_for_past,
    has_ended,
    is_current,
    is_of_another_year,
    lacks_year,
    split_day,
)
from corpus.documents import Source

TODAY = date(2031, 6, 15)
ASKED = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("Wie hoch ist die Quote, Stand am 01.06.2023?", "Wie hoch ist die Quote?"),
        ("Wie hoch ist die Quote (Stand: 1.6.2023)?", "Wie hoch ist die Quote?"),
        ("Wie hoch ist die Quote? STAND 1. 6. 2023", "Wie hoch ist die Quote?"),
        ("Welche Quote ist gültig am 01.06.2023?", "Welche Quote ist?"),
        ("What is the rate as of 01.06.2023?", "What is the rate?"),
    ],
)
def test_day_is_parted_from_the_question_about_it(question, wording):
    assert split_day(question) == (wording, ASKED)


@pytest.mark.parametrize(
    "question",
    ["Stand 01.06.2023: Wer darf Anträge stellen?", "As of 01.06.2023, Wer darf Anträge stellen?"],
    ids=["colon", "comma"],
)
def test_day_before_the_question_leaves_no_sign_behind(question):
    assert split_day(question) == ("Wer darf Anträge stellen?", ASKED)


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch ist die Förderquote?",
        "Wie ist der Stand der Dinge?",
        "Ist der Antrag vom 01.06.2023 noch gültig?",
        "Stand am 31.02.2023?",
        "Stand am 00.00.0000?",
        "Stand 06/2023?",
        "",
    ],
    ids=[
        "none", "word alone", "another date", "31 February", "zeros", "month", "empty",
    ],
)  # fmt: skip
def test_question_without_a_day_stays_as_it_is(question):
    assert split_day(question) == (question, None)


@pytest.mark.parametrize(
    "question",
    [
        "Wer war antragsberechtigt?",
        "Wer waren die Partner?",
        "Wann wurde die Lesebrücke gefördert?",
        "Welche Quote hatte das Programm?",
        "Wie lange lief das Programm?",
        "Was galt damals?",
        "Gab es früher mehr Geld?",
        "Wie hieß das Vorgängerprogramm?",
        "Was wurde 2030 gefördert?",
        "Who were the former partners?",
    ],
)
def test_question_about_the_past_is_recognised(question):
    assert asks_for_past(question, TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "Wer ist antragsberechtigt?",
        "Wie hoch ist die Förderquote?",
        "Was gilt im Jahr 2031?",
        "Läuft das Programm auch 2032 noch?",
        "Wird das gefördert?",
        "Wer wartet den Lesebus?",
        "What does it pay?",
    ],
)
def test_question_about_today_is_none_about_the_past(question):
    assert not asks_for_past(question, TODAY)


@pytest.mark.parametrize(
    ("start", "end", "ended", "current"),
    [
        (None, None, False, True),
        (None, date(2031, 6, 14), True, False),
        (None, TODAY, False, True),
        (None, date(2031, 6, 16), False, True),
        (TODAY, None, False, True),
        (date(2031, 6, 16), None, False, False),
        (date(2031, 1, 1), date(2031, 12, 31), False, True),
        (date(2030, 1, 1), date(2030, 12, 31), True, False),
        (date(2032, 1, 1), date(2032, 12, 31), False, False),
    ],
    ids=[
        "unknown", "ended yesterday", "last day", "ends tomorrow", "first day", "begins tomorrow",
        "within", "before", "to come",
    ],
)  # fmt: skip
def test_source_holds_from_its_first_to_its_last_day(start, end, ended, current):
    source = Source(valid_from=start, valid_until=end)

    assert has_ended(source, TODAY) is ended
    assert is_current(source, TODAY) is current


def test_day_in_the_middle_of_a_question_about_then_is_parted():
    assert split_day("Wer war am 01.06.2023 zuständig?") == ("Wer war zuständig?", ASKED)


@pytest.mark.parametrize(
    ("text", "is_later"),
    [
        ("Der Bus fährt.", True),
        ("Der Bus fuhr bis Januar 2024.", False),
        ("Die Lesestelle hilft.", False),
    ],
    ids=["by its source", "until a later day", "what had not ended"],
)
def test_what_began_after_the_named_day_is_told_from_what_held_then(text, is_later):
    then = Timeframe(ASKED, {"lesestell": date(2024, 1, 31)}, is_named=True)
    source = replace(SOURCE, valid_from=date(2024, 2, 1), valid_until=None)

    assert then.is_later(passage(text, source=source), text) is is_later
    assert (then.ended(passage(text, source=source), text) is not None) is is_later


def test_what_is_so_today_or_since_a_later_day_is_later_by_its_words():
    then = Timeframe(ASKED, {}, is_named=True)
    source = replace(SOURCE, valid_from=None, valid_until=None)

    for text in ("Heute hilft der Bus.", "Der Bus hilft seit Mai 2025."):
        assert then.is_later(passage(text, source=source), text)
    assert not Timeframe(ASKED, {}).is_later(passage(text, source=source), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wie hoch ist die Quote im Jahr 2029?", "Im Jahr 2027 beträgt die Quote 60 Prozent."),
        ("Wie hoch ist die Quote 2029?", "Von 2025 bis 2027 beträgt sie 60 Prozent."),
        ("What is the rate in 2029?", "Bis Ende 2027 beträgt die Quote 60 Prozent."),
        ("Wie hoch ist die Quote 2023?", "Seit 2025 beträgt die Quote 60 Prozent."),
    ],
)
def test_text_about_other_years(question, text):
    assert is_of_another_year(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wie hoch ist die Quote?", "Im Jahr 2027 beträgt die Quote 60 Prozent."),
        ("Wie hoch ist die Quote 2029?", "Die Quote beträgt 60 Prozent."),
        ("Wie hoch ist die Quote 2029?", "Sie beträgt 60 Prozent, ab 2029 noch 50 Prozent."),
        ("Wie hoch ist die Quote 2026?", "Von 2025 bis 2027 beträgt sie 60 Prozent."),
        ("Wie hoch ist die Quote 2026?", "2025–2027: 60 Prozent"),
        ("Wie hoch ist die Quote 2029?", "Seit dem 1. Juli 2025 beträgt die Quote 60 Prozent."),
        ("Wie hoch ist die Quote 2026?", "Bis zum 31.12.2027 beträgt die Quote 60 Prozent."),
        ("Wie hoch ist die Quote 2029?", "Nach dem Gesetz vom 5. Mai 2024 sind es 60 Prozent."),
        ("Wie hoch ist die Quote 2029?", "Sie beträgt 60 Prozent (BGBl. I 2024 S. 17)."),
        ("Wie hoch ist die Quote nach 2026?", "Bis 2025 betrug die Quote 60 Prozent."),
        ("Wie hoch war die Quote 2020-2024?", "Im Jahr 2018 betrug die Quote 60 Prozent."),
    ],
)
def test_text_that_may_speak_of_the_year_asked_for(question, text):
    assert not is_of_another_year(question, text)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wie viele Busse wurden 2022 gekauft?", "Der Verein kaufte drei Busse.", True),
        ("Wie viele Busse wurden 2022 gekauft?", "2022 kaufte der Verein drei Busse.", False),
        ("Wie viele Busse wurden 2022 gekauft?", "Von 2021 bis 2024 waren es drei.", False),
        ("Wie viele Busse gibt es 2022?", "Der Verein hat drei Busse.", False),
        ("Wie viele Busse wurden gekauft?", "Der Verein kaufte drei Busse.", False),
    ],
    ids=["undated", "of that year", "of a span around it", "a rule, no event", "no year asked"],
)
def test_what_was_counted_in_a_year_needs_that_year(question, text, expected):
    assert lacks_year(question, text) is expected

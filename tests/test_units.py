from datetime import date, timedelta

import pytest
from sample_passages import PASSAGES, SOURCE, build, passage
from scored_units import found

from assistant.units import NOT_CURRENT
from assistant.validity import Timeframe
from corpus.index import Index


@pytest.fixture
def units_of(corpus_index, embedder):
    def score(text, **options):
        return found(text, corpus_index, embedder, **options)[1]

    return score


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Wer ist antragsberechtigt?", "Antragsberechtigt sind Kreise und kreisfreie Städte."),
        ("Wer bezahlt Ersatzteile?", "Ersatzteile bezahlt der Förderkreis Lesebrücke (FKL)."),
        ("Was bringt der Lesebus in Kindergärten?", "Er bringt Bilderbücher in Kindergärten."),
    ],
)
def test_best_unit_is_the_sentence_that_says_it(units_of, question, unit):
    assert units_of(question)[0].text == unit


def test_units_are_the_sentences_of_the_hits_best_first(units_of):
    units = units_of("Wie arbeiten die Kreise?")

    expected = {(one.id, n) for one in PASSAGES for n in range(len(one.sentences))}
    assert {(unit.hit.passage.id, unit.position) for unit in units} == expected
    assert [unit.score for unit in units] == sorted((u.score for u in units), reverse=True)
    for unit in units:
        start, end = unit.span
        assert unit.hit.passage.text[start:end] == unit.text


def test_every_word_of_the_question_is_matched_in_each_unit(units_of):
    for unit in units_of("Wer bezahlt Ersatzteile?"):
        assert len(unit.matches) == len(unit.context) == 2
        assert all(
            0 <= own <= around <= 1 for own, around in zip(unit.matches, unit.context, strict=True)
        )


def test_sentence_before_and_heading_count_as_context(units_of):
    units = {unit.text: unit for unit in units_of("Wie oft fährt der Lesebus?")}

    about_it = units["Er bringt Bilderbücher in Kindergärten."]
    assert max(about_it.matches) == 0
    assert max(about_it.context) > 0


def test_wanted_kind_of_fact_is_noted(units_of):
    units = {unit.text: unit.has_evidence for unit in units_of("Wie hoch ist die Förderquote?")}

    assert units["Die Förderquote beträgt 60 Prozent der anerkannten Ausgaben."] is True
    assert units["Vereine können als Partner mitwirken."] is False


def test_without_a_wanted_fact_nothing_is_noted(units_of):
    assert {unit.has_evidence for unit in units_of("Was macht der Lesebus?")} == {None}


def test_same_question_gives_the_same_units(units_of):
    assert units_of("Wer hilft?") == units_of("Wer hilft?")


def test_source_that_does_not_hold_on_the_day_loses(units_of):
    scores = {unit.text: unit.score for unit in units_of("Wie arbeiten die Kreise?")}

    units = units_of(
        "Wie arbeiten die Kreise?", timeframe=Timeframe(SOURCE.valid_until + timedelta(days=1), {})
    )

    for unit in units:
        lost = NOT_CURRENT if unit.hit.passage.source == SOURCE else 0.0
        assert unit.score == pytest.approx(scores[unit.text] - lost)
    assert [unit.score for unit in units] == sorted((u.score for u in units), reverse=True)


@pytest.mark.parametrize("day", [SOURCE.valid_until, date(2031, 1, 1)])
def test_source_that_holds_on_the_day_loses_nothing(units_of, day):
    question = "Wie arbeiten die Kreise?"

    timeframe = Timeframe(day, {})

    assert units_of(question, timeframe=timeframe) == units_of(question)


@pytest.fixture
def answered_questions(data, embedder):
    """Return the units of a passage of questions, all but the last of them with an answer."""
    text = "Was kostet der Lesebus? Nichts. Er ist ein Geschenk. Was kostet der Lesebus?"
    build(data, embedder, [passage(text)])
    return found("Was kostet der Lesebus?", Index.open(data, embedder), embedder)[1]


def test_a_question_is_no_answer(answered_questions):
    assert [unit.text for unit in answered_questions] == ["Nichts.", "Er ist ein Geschenk."]


def test_what_follows_a_question_is_as_near_as_the_question(answered_questions):
    answer, further = answered_questions

    assert answer.cosine > 0.9 > further.cosine
    assert max(answer.matches) == 0 < min(answer.context)

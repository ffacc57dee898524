from dataclasses import replace

import pytest
from sample_passages import PASSAGES, build, passage
from scored_units import found

from assistant.gate import MOST_LEAD, confidence, outcome, signals, stated_gap
from assistant.query import build_query
from assistant.question import understand
from assistant.units import GAP_MARKERS
from corpus.index import Index


@pytest.fixture
def decide(corpus_index, embedder):
    return lambda text: outcome(*found(text, corpus_index, embedder), corpus_index.background)


@pytest.mark.parametrize(
    "question",
    [
        "Sind Kreise und kreisfreie Städte antragsberechtigt?",
        "Wie hoch ist die Förderquote der anerkannten Ausgaben?",
        "Bis wann sind Anträge beim Lesebüro einzureichen?",
        "Wie ist die Telefonnummer von Lena Beispiel?",
    ],
)
def test_what_stands_there_word_for_word_is_answered(decide, question):
    assert decide(question) == "answered"


@pytest.mark.parametrize(
    "question",
    [
        "Wie wird das Wetter morgen in Lissabon?",
        "Wer gewann 1974 die Fußballweltmeisterschaft?",
        "What is the capital of France?",
        "xyzzy plugh?",
        "Was ist das?",
    ],
)
def test_what_has_nothing_to_do_with_the_documents_is_refused(decide, question):
    assert decide(question) == "refused"


@pytest.mark.parametrize(
    "question",
    [
        "Wie ist die Postanschrift von Lena Beispiel?",
        "Wie lange fährt der Lesebus durch die Dörfer?",
    ],
    ids=["address", "duration"],
)
def test_without_the_wanted_kind_of_fact_there_is_no_answer(decide, question):
    assert decide(question) == "refused"


def test_word_that_only_names_the_kind_of_fact_need_not_be_said(data, embedder):
    build(data, embedder, (*PASSAGES, passage("Der Lesebus antwortet binnen einer Woche.", "bus")))
    index = Index.open(data, embedder)

    def lacks_focus(text):
        query, units = found(text, index, embedder)
        return signals(query, units, index.background).lacks_focus

    assert not lacks_focus("Innerhalb welcher Zeit antwortet der Lesebus?")
    assert not lacks_focus("In welchen Fällen antwortet der Lesebus?")
    assert lacks_focus("Welche Farbe antwortet der Lesebus?")


def test_no_units_no_answer(corpus_index):
    query = build_query(understand("Wer hilft?"), corpus_index)

    assert outcome(query, [], corpus_index.background) == "refused"


def test_nearness_counts_above_the_background_of_the_corpus(corpus_index, embedder):
    query, units = found("Wie hoch ist die Förderquote?", corpus_index, embedder)

    near, far = (signals(query, units, background) for background in (0.5, 1.0))

    assert near.cosine - far.cosine == pytest.approx(0.5)
    assert outcome(query, units, 0.5) == "answered"
    assert outcome(query, units, 1.0) == "refused"


@pytest.mark.parametrize("marker", GAP_MARKERS)
def test_sentence_that_marks_a_gap_is_no_answer(data, embedder, marker):
    gap = passage(f"{marker} Welche Farbe der Lesebus hat, ist offen.", "luecken")
    build(data, embedder, (*PASSAGES, gap))
    index = Index.open(data, embedder)

    query, units = found("Welche Farbe hat der Lesebus?", index, embedder)

    assert signals(query, units, index.background).is_gap
    assert outcome(query, units, index.background) == "refused"


@pytest.mark.parametrize(
    ("told", "is_gap"),
    [
        ("Antragsberechtigt sind alle Kreise.", False),
        ("Über Anträge entscheidet das Lesebüro.", True),
    ],
)
def test_a_gap_takes_nothing_from_a_unit_that_says_who_is_entitled(data, embedder, told, is_gap):
    gap = passage("Nicht belegt: Mit welchem Formular sie einen Antrag stellen.", "luecken")
    build(data, embedder, (passage(told, "wer"), gap))
    query, units = found("Wer darf einen Antrag stellen?", Index.open(data, embedder), embedder)
    best = [replace(unit, score=5.0 if unit.is_gap else 6.0) for unit in units]

    assert (stated_gap(query, best) is not None) == is_gap


def test_near_misses_stand_side_by_side_and_an_answer_stands_out(data, embedder):
    alike = [passage(f"Zum Lesebus {n} gibt es einen Bericht.", f"b{n}") for n in range(6)]
    answer = passage("Der Lesebus fährt an jedem Samstag auf den Markt von Buchstadt.", "bus")
    build(data, embedder, [*alike, answer])
    index = Index.open(data, embedder)

    among_equals = signals(*found("Gibt es zum Lesebus einen Bericht?", index, embedder), 0.5)
    alone = signals(*found("Wann fährt der Lesebus auf den Markt?", index, embedder), 0.5)

    assert among_equals.lead < 1 < alone.lead <= MOST_LEAD


@pytest.mark.parametrize(
    ("name", "worse"),
    [
        ("lead", 0.0),
        ("lacks_focus", True),
        ("unsaid", 1.0),
        ("is_elsewhere", True),
    ],
)
def test_what_speaks_against_an_answer_makes_it_less_sure(corpus_index, embedder, name, worse):
    query, units = found("Wie hoch ist die Förderquote?", corpus_index, embedder)
    seen = signals(query, units, corpus_index.background)

    assert confidence(replace(seen, **{name: worse})) < confidence(seen)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Welche Farbe hat der Lesebus?", True),
        ("Welche Bilderbücher bringt der Lesebus?", False),
        ("Fährt der Lesebus?", False),
    ],
    ids=["stands nowhere", "is there", "the question names nothing"],
)
def test_what_is_asked_for_has_to_stand_around_the_best_unit(
    corpus_index, embedder, question, expected
):
    query, units = found(question, corpus_index, embedder)

    assert signals(query, units, corpus_index.background).lacks_focus is expected


def test_a_question_that_says_nothing_is_refused_however_near_a_unit_is(corpus_index, embedder):
    query, units = found("Was ist das?", corpus_index, embedder)

    assert outcome(query, units, 0.0) == "refused"

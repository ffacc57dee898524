import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import build, passage
from scored_units import found

from assistant.gate import ANSWER_FROM, REFUSE_BELOW, confidence, outcome, signals
from assistant.reading import MOST, NEUTRAL, WEIGHT, as_read, gain
from assistant.retriever import Retriever
from assistant.selection import best_of
from corpus.index import Index
from corpus.vector_cache import VectorCache

DOUBTFUL = "Welche Ausgaben übernimmt der Zweckverband Lesebus für Material?"


class Judge(HashingEmbedder):
    """An embedder that reads as well: says what it is told to, and notes what it was given."""

    def __init__(self, verdict):
        super().__init__()
        self.verdict = verdict
        self.read = []

    def log_odds(self, question, passage):
        self.read.append((question, passage))
        return self.verdict


@pytest.fixture
def doubtful(corpus_index, embedder):
    """Return a question that the gate alone is not sure of, with the units found for it."""
    query, units = found(DOUBTFUL, corpus_index, embedder)
    sure = confidence(signals(query, units, corpus_index.background))
    assert REFUSE_BELOW - MOST < sure < ANSWER_FROM + MOST
    return query, units, corpus_index.background


@pytest.mark.parametrize(("verdict", "expected"), [(9.0, "answered"), (-9.0, "refused")])
def test_what_was_read_decides_where_the_gate_is_in_doubt(doubtful, verdict, expected):
    assert outcome(*doubtful, Judge(verdict)) == expected


def test_embedder_that_cannot_tell_changes_nothing(doubtful):
    assert outcome(*doubtful, Judge(None)) == outcome(*doubtful)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wer gewann 1974 die Fußballweltmeisterschaft?", "refused"),
        ("Wie hoch ist die Förderquote der anerkannten Ausgaben?", "answered"),
        ("Wie ist die Postanschrift von Lena Beispiel?", "refused"),
    ],
    ids=["far away", "word for word", "no such fact"],
)
def test_nothing_is_read_where_that_could_change_nothing(
    corpus_index, embedder, question, expected
):
    judge = Judge(9.0 if expected == "refused" else -9.0)

    assert (
        outcome(*found(question, corpus_index, embedder), corpus_index.background, judge)
        == expected
    )
    assert judge.read == []


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(NEUTRAL, 0.0), (NEUTRAL + 1, WEIGHT), (50.0, MOST), (-50.0, -MOST)],
)
def test_reading_adds_a_share_up_to_a_limit(doubtful, verdict, expected):
    query, units, _ = doubtful

    assert gain(query, best_of(units), Judge(verdict)) == pytest.approx(expected)


def test_question_is_read_with_the_best_unit_and_what_stands_around_it(data):
    judge = Judge(0.0)
    text = "Der Zweckverband hilft. Er übernimmt Ausgaben für Material."
    build(data, judge, [passage(text, "richtlinie", heading=("Förderung", "Lesebus"))])
    retriever = Retriever(Index.open(data, judge), judge)
    query, units = found(DOUBTFUL, retriever.index, judge)
    (second,) = [unit for unit in units if unit.position == 1]

    gain(query, second, retriever.cross_encoder)

    assert judge.read == [(DOUBTFUL, as_read(second))]
    assert as_read(second).endswith(": Der Zweckverband hilft. Er übernimmt Ausgaben für Material.")
    assert ", Lesebus: " in as_read(second)


def test_cache_of_vectors_passes_on_what_the_embedder_can(data):
    assert VectorCache(Judge(1.5), data).log_odds("Wer?", "Jemand.") == 1.5
    assert VectorCache(HashingEmbedder(), data).log_odds("Wer?", "Jemand.") is None

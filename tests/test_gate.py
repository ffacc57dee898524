import pytest

from assistant.gate import outcome
from assistant.query import build_query
from assistant.question import understand
from assistant.retriever import Retriever
from assistant.units import score_units


@pytest.fixture
def decide(corpus_index, embedder):
    def decided(text):
        query = build_query(understand(text), corpus_index)
        retrieval = Retriever(corpus_index, embedder).retrieve(query.text, synonyms=query.synonyms)
        return outcome(query, score_units(query, retrieval, corpus_index))

    return decided


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


def test_no_units_no_answer(corpus_index):
    query = build_query(understand("Wer hilft?"), corpus_index)

    assert outcome(query, []) == "refused"

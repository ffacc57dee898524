import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, DEADLINE, PASSAGES, RATE, build, passage

from assistant.retriever import Retriever
from corpus.analysis import stem
from corpus.index import Index


@pytest.fixture
def retriever(corpus_index, embedder):
    return Retriever(corpus_index, embedder)


class SilentEmbedder(HashingEmbedder):
    """Finds all texts equally near, so that words alone decide."""

    def _vector(self, text):
        return np.eye(1, self.dimension)[0]


class ForgetfulEmbedder(HashingEmbedder):
    """Sees the first words of a text only, and knows that sorbet is a kind of ice cream."""

    def _vector(self, text):
        return super()._vector(" ".join(text.replace("Sorbet", "Zitroneneis").split()[:5]))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Wie hoch ist die Förderquote?", RATE),
        ("Antragsfrist beim Lesebüro", DEADLINE),
        ("Bilderbücher", BUS),
        ("bilderbuecher", BUS),
    ],
)
def test_best_hit_says_it(retriever, query, text):
    assert retriever.retrieve(query).hits[0].passage.text == text


def test_hits_are_ranked_from_one_with_falling_scores(retriever):
    retrieval = retriever.retrieve("Förderquote der Kreise")

    scores = [hit.score for hit in retrieval.hits]
    assert [hit.rank for hit in retrieval.hits] == list(range(1, 7))
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-6 for score in scores)


def test_rows_and_vector_belong_to_the_hits(retriever, corpus_index, embedder):
    retrieval = retriever.retrieve("Förderquote")

    assert corpus_index.passages(retrieval.rows) == [hit.passage for hit in retrieval.hits]
    np.testing.assert_array_equal(retrieval.vector, embedder.encode_query(["Förderquote"])[0])


@pytest.mark.parametrize(("top_k", "found"), [(1, 1), (3, 3), (100, 6)])
def test_as_many_as_asked_for_and_there_are(retriever, top_k, found):
    assert len(retriever.retrieve("Kreise", top_k=top_k).hits) == found


def test_fewer_hits_are_the_first_of_more(retriever):
    few, many = (retriever.retrieve("Lesebus", top_k=k).hits for k in (2, 6))

    assert few == many[:2]


def test_synonyms_lift_a_passage(data):
    embedder = SilentEmbedder()
    build(data, embedder)
    retriever = Retriever(Index.open(data, embedder), embedder)

    plain = retriever.retrieve("Omnibus")
    helped = retriever.retrieve("Omnibus", synonyms={stem("bilderbücher")})

    assert helped.hits[0].passage.text == BUS
    assert plain.hits[0].passage.text != BUS


def test_sentence_that_the_vector_of_its_passage_misses_is_found(data):
    embedder = ForgetfulEmbedder()
    long = passage("Am Hafen steht ein altes rotes Haus. Der Kapitän mag Zitroneneis.", "lang")
    build(data, embedder, (*PASSAGES, long))

    hits = Retriever(Index.open(data, embedder), embedder).retrieve("Sorbet").hits

    assert hits[0].passage == long


def test_ties_go_to_the_older_passage_every_time(data, embedder):
    twins = tuple(passage("Der Bus fährt.", f"zwilling{n}", title="Bus") for n in range(60))
    build(data, embedder, twins)
    retriever = Retriever(Index.open(data, embedder), embedder)

    rankings = {retriever.retrieve("Bus", top_k=60).rows for _ in range(3)}

    assert rankings == {tuple(range(60))}


def test_query_without_a_known_word_finds_the_nearest_all_the_same(retriever):
    hits = retriever.retrieve("xyzzy plugh").hits

    assert len(hits) == len(PASSAGES)
    assert all(np.isfinite(hit.score) for hit in hits)


def test_single_passage_can_be_found(data, embedder):
    build(data, embedder, PASSAGES[:1])

    hits = Retriever(Index.open(data, embedder), embedder).retrieve("Kreise").hits

    assert [hit.passage for hit in hits] == [PASSAGES[0]]


def test_a_document_takes_no_more_than_eight_of_ten_places(data, embedder):
    crowd = tuple(passage(f"Lesebus Nummer {n}.", "viele", page=n) for n in range(1, 30))
    build(data, embedder, (*crowd, *PASSAGES))

    hits = Retriever(Index.open(data, embedder), embedder).retrieve("Lesebus Nummer", top_k=30).hits

    for start in (0, 10):
        documents = [hit.passage.document_id for hit in hits[start : start + 10]]
        assert documents.count("viele") == 8
    numbers = [hit.passage.page for hit in hits if hit.passage.document_id == "viele"]
    assert numbers == sorted(numbers)  # in their own order as before


def test_one_document_alone_has_all_places(data, embedder):
    build(data, embedder, tuple(passage(f"Lesebus {n}.", "viele", page=n) for n in range(1, 15)))

    hits = Retriever(Index.open(data, embedder), embedder).retrieve("Lesebus", top_k=14).hits

    assert [hit.rank for hit in hits] == list(range(1, 15))

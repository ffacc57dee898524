import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, PASSAGES, build, documents_of, passage

from corpus.analysis import stem, terms
from corpus.index import Index
from corpus.manifest import EmptyCorpus, IndexMismatch, read_manifest
from corpus.store import StoreError, VectorStore


def test_rows_are_passages_in_the_order_they_were_added(corpus_index):
    assert len(corpus_index) == len(PASSAGES)
    assert corpus_index.passages([5, 0]) == [PASSAGES[5], PASSAGES[0]]
    assert [corpus_index.row(one.id) for one in PASSAGES] == list(range(6))
    assert corpus_index.row("fremd:1:1") is None


def test_a_passage_is_found_by_its_id_and_a_document_gives_its_own(corpus_index):
    assert corpus_index.passage(PASSAGES[3].id) == PASSAGES[3]
    assert corpus_index.passage("fremd:1:1") is None
    assert corpus_index.passages_of("lesebus") == list(PASSAGES[4:])
    assert corpus_index.passages_of("lese") == []


def test_nearest_gives_rows_with_cosines(corpus_index, embedder):
    rows, cosines = corpus_index.nearest(embedder.encode_query([BUS])[0], 2)

    assert rows[0] == 4
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert cosines[1] < cosines[0]


def test_vectors_belong_to_their_rows(corpus_index, embedder):
    expected = embedder.encode_document([PASSAGES[row].text for row in (5, 1)])

    np.testing.assert_allclose(corpus_index.vectors([5, 1]), expected, atol=1e-6)


def test_every_unit_has_its_own_vector_with_its_heading(corpus_index, embedder):
    for row, one in enumerate(PASSAGES):
        vectors = corpus_index.unit_vectors(row)

        np.testing.assert_allclose(vectors, embedder.encode_document(one.unit_texts), atol=1e-3)


def test_lexical_index_sees_headings_and_titles(corpus_index):
    assert corpus_index.lexical.scores(terms("Technik"))[5] > 0
    assert corpus_index.lexical.scores(terms("Leitfaden"))[:3].all()


def test_abbreviations_are_learned_from_the_passages(corpus_index):
    (found,) = corpus_index.long_form_stems("fkl")

    assert found in {stem("förderkreis"), stem("lesebrücke")}
    assert corpus_index.long_form_stems("xyz") == frozenset()


def test_documents_are_listed_with_their_source(corpus_index):
    assert list(corpus_index.documents) == documents_of(PASSAGES)


def test_index_of_another_model_is_refused_with_both_names(corpus_index, data):
    with pytest.raises(IndexMismatch) as raised:
        Index.open(data, HashingEmbedder("anderes/modell"))

    assert "hashing/256" in raised.value.message
    assert "anderes/modell" in raised.value.message
    assert "--rebuild" in raised.value.hint


def test_nothing_ingested_is_an_empty_corpus(data, embedder):
    with pytest.raises(EmptyCorpus):
        Index.open(data, embedder)


def test_reader_keeps_its_generation_after_a_switch(corpus_index, data, embedder):
    build(data, embedder, PASSAGES[:2])

    rows, _ = corpus_index.nearest(embedder.encode_query([BUS])[0], 1)

    assert corpus_index.passages(rows) == [PASSAGES[4]]
    assert corpus_index.unit_vectors(4).shape == (2, 256)
    assert len(Index.open(data, embedder)) == 2


def test_part_of_an_index_finds_exactly_its_own(corpus_index, embedder):
    part = corpus_index.restricted_to({"lesebus", "fremd"})
    rows, cosines = part.nearest(embedder.encode_query(["Antragsberechtigt sind Kreise"])[0], 5)

    assert len(part) == 2
    assert {one.document_id for one in part.passages(rows)} == {"lesebus"}
    assert list(cosines) == sorted(cosines, reverse=True)
    assert part.lexical.scores(terms("Leitfaden")).tolist() == [0.0, 0.0]
    assert len(corpus_index) == len(PASSAGES)


@pytest.mark.parametrize("lost", [0, 1, 3], ids=["none", "one", "all"])
def test_nearest_is_exact_whatever_chroma_leaves_out(corpus_index, embedder, monkeypatch, lost):
    vector = embedder.encode_query([BUS])[0]
    ask = VectorStore.nearest
    monkeypatch.setattr(VectorStore, "nearest", lambda self, v, k: ask(self, v, k)[lost:])

    rows, cosines = corpus_index.nearest(vector, 3)

    exact = corpus_index.vectors(range(6)) @ vector
    np.testing.assert_allclose(cosines, np.sort(exact)[::-1][:3], atol=1e-6)
    np.testing.assert_allclose(cosines, exact[rows], atol=1e-6)


def test_broken_store_is_no_reason_not_to_answer(corpus_index, embedder, monkeypatch):
    def broken(*_args):
        raise StoreError("kaputt")

    monkeypatch.setattr(VectorStore, "nearest", broken)

    assert corpus_index.nearest(embedder.encode_query([BUS])[0], 1)[0].tolist() == [4]


def test_vectors_of_another_generation_are_never_found(corpus_index, data, embedder):
    build(data, embedder, [*PASSAGES[:4], passage(f"{BUS} Neu.", "neu")])

    rows, _ = corpus_index.nearest(embedder.encode_query([BUS])[0], 6)

    assert sorted(rows.tolist()) == list(range(6))


def test_damaged_index_names_the_way_out(indexed, embedder):
    manifest = read_manifest(indexed)
    for file in (indexed / "index" / "segments").rglob("lines.npy"):
        file.write_bytes(b"")

    with pytest.raises(IndexMismatch, match="beschädigt") as raised:
        Index(indexed, manifest)

    assert "verify --repair" in raised.value.hint


def test_a_store_that_another_thread_gives_up_is_used_to_the_end(
    corpus_index, embedder, monkeypatch
):
    class GivenUp(VectorStore):
        """Another thread finds the server gone while this one counts."""

        def __len__(self):
            corpus_index._store = None
            return super().__len__()

    monkeypatch.setattr("corpus.index.VectorStore", GivenUp)

    rows, _ = corpus_index.nearest(embedder.encode_query([BUS])[0], 2)

    assert rows[0] == 4

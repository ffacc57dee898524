from dataclasses import replace

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, PASSAGES, build, documents_of

from corpus.analysis import stem, terms
from corpus.index import Index, read_documents, write_documents
from corpus.manifest import EmptyCorpus, IndexMismatch


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


def test_every_unit_has_its_own_vector(corpus_index, embedder):
    for row, passage in enumerate(PASSAGES):
        units = [passage.text[start:end] for start, end in passage.sentences]

        vectors = corpus_index.unit_vectors(row)

        np.testing.assert_allclose(vectors, embedder.encode_document(units), atol=1e-3)


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


@pytest.mark.parametrize(
    "title",
    ["Zeile\nZeile", "A\u2028B", "A\x85B", "A\x0cB", "„Ä“ 🙂"],
    ids=["line feed", "line separator", "next line", "form feed", "letters"],
)
def test_titles_with_strange_blanks_are_kept(tmp_path, title):
    documents = tuple(replace(one, title=title) for one in documents_of(PASSAGES))

    write_documents(tmp_path, documents)

    assert read_documents(tmp_path) == documents


def test_reader_keeps_its_generation_after_a_switch(corpus_index, data, embedder):
    build(data, embedder, PASSAGES[:2])

    rows, _ = corpus_index.nearest(embedder.encode_query([BUS])[0], 1)

    assert corpus_index.passages(rows) == [PASSAGES[4]]
    assert corpus_index.unit_vectors(4).shape == (2, 256)
    assert len(Index.open(data, embedder)) == 2

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, SOURCE, passage

from corpus import store as module
from corpus.documents import Source
from corpus.store import PassageStore, collections, drop, source_from_json, source_to_json

EMBEDDER = HashingEmbedder()
VECTORS = EMBEDDER.encode_document([one.text for one in PASSAGES])


@pytest.fixture
def store(tmp_path):
    made = PassageStore.create(tmp_path, "gen-000001")
    made.add(PASSAGES, VECTORS)
    return made


def test_passages_come_back_as_they_were_in_the_order_asked(store):
    wanted = [PASSAGES[row] for row in (4, 0, 2)]

    assert store.get([one.id for one in wanted]) == wanted


def test_unknown_passage_is_a_key_error(store):
    with pytest.raises(KeyError, match="fremd"):
        store.get([PASSAGES[0].id, "fremd:1:1"])


def test_vectors_come_in_the_order_asked(store):
    found = store.vectors([PASSAGES[3].id, PASSAGES[1].id])

    np.testing.assert_allclose(found, VECTORS[[3, 1]], atol=1e-6)


def test_nearest_gives_cosines_best_first(store):
    query = EMBEDDER.encode_query(["Bilderbücher für Kindergärten"])[0]

    found = store.nearest(query, 3)

    cosines = VECTORS @ query
    assert found[0][0] == PASSAGES[4].id
    assert [cosine for _, cosine in found] == pytest.approx(
        sorted(cosines, reverse=True)[:3], abs=1e-5
    )


def test_length_of_a_vector_does_not_matter(tmp_path):
    store = PassageStore.create(tmp_path, "gen-000001")
    store.add(PASSAGES, VECTORS * np.arange(1, 7, dtype=np.float32)[:, np.newaxis])

    found = store.nearest(VECTORS[0], 1)

    assert found[0] == (PASSAGES[0].id, pytest.approx(1.0, abs=1e-5))


def test_asking_for_more_than_there_is_gives_all(store):
    assert len(store.nearest(VECTORS[0], 500)) == len(PASSAGES)


def test_empty_collection_has_nothing_near(tmp_path):
    store = PassageStore.create(tmp_path, "gen-000001")

    assert store.nearest(VECTORS[0], 5) == []
    assert store.get([]) == []


@pytest.mark.filterwarnings("ignore:legacy embedding function")
def test_collection_is_cosine_and_never_embeds(tmp_path):
    PassageStore.create(tmp_path, "gen-000001")

    collection = module._client(tmp_path.resolve()).get_collection(
        "gen-000001", embedding_function=None
    )

    assert collection.configuration["hnsw"]["space"] == "cosine"
    assert collection.configuration.get("embedding_function") is None


def test_more_than_one_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 4)
    store = PassageStore.create(tmp_path, "gen-000001")

    store.add(PASSAGES, VECTORS)

    assert store.get([one.id for one in PASSAGES]) == list(PASSAGES)


def test_creating_again_replaces_what_a_crash_left(tmp_path, store):
    again = PassageStore.create(tmp_path, "gen-000001")

    assert again.nearest(VECTORS[0], 1) == []


def test_dropped_collection_is_gone_and_dropping_twice_is_fine(tmp_path, store):
    PassageStore.create(tmp_path, "gen-000002")

    drop(tmp_path, "gen-000001")
    drop(tmp_path, "gen-000001")

    assert collections(tmp_path) == ["gen-000002"]


@pytest.mark.parametrize(
    "strange",
    [
        passage("Zeile 1\nZeile 2\r\n\tZeile 3", sentences=((0, 7), (8, 26))),
        passage("Anführung „so“ 'so' \"so\" \\n 🙂 日本語 \u2028 \x85"),
        passage("Text", heading=("Ä „Ö“", "› Pfeil"), title="T\u2028itel"),
        replace(PASSAGES[0], source=SOURCE, page=999, page_label="xviii"),
    ],
    ids=["line breaks", "strange characters", "headings", "page and source"],
)
def test_nothing_of_a_passage_changes(tmp_path, strange):
    store = PassageStore.create(tmp_path, "gen-000001")
    store.add([strange], VECTORS[:1])

    assert store.get([strange.id]) == [strange]


@pytest.mark.parametrize(
    "source",
    [
        Source(),
        SOURCE,
        Source(valid_from=date(2020, 2, 29)),
        Source(lands=("Hessen", "Thüringen"), themes=("Ganztag",)),
    ],
    ids=["unknown", "known", "one date", "lists"],
)
def test_source_survives_json(source):
    assert source_from_json(source_to_json(source)) == source


def test_source_of_an_index_without_lands_and_themes_can_be_read():
    old = json.loads(source_to_json(SOURCE))
    del old["lands"], old["themes"]

    assert source_from_json(json.dumps(old)) == SOURCE


def test_chroma_is_never_given_texts_to_embed():
    root = Path(__file__).resolve().parents[1]
    keywords = [
        keyword
        for folder in ("assistant", "corpus", "ingest")
        for path in (root / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
    ]

    functions = [one.value for one in keywords if one.arg == "embedding_function"]

    assert "query_texts" not in {one.arg for one in keywords}
    assert functions
    assert all(isinstance(value, ast.Constant) and value.value is None for value in functions)

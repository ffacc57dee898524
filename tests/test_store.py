import ast
from pathlib import Path

import numpy as np
import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES

from corpus import store as module
from corpus.store import VectorStore, connect, keep_collections

EMBEDDER = HashingEmbedder()
VECTORS = EMBEDDER.encode_document([one.text for one in PASSAGES])
IDS = [one.id for one in PASSAGES]


@pytest.fixture
def store(tmp_path):
    made = VectorStore(connect(tmp_path), "passages-a")
    made.add(IDS, VECTORS)
    return made


def test_vectors_come_in_the_order_asked(store):
    found = store.vectors([IDS[3], IDS[1]])

    np.testing.assert_allclose(found, VECTORS[[3, 1]], atol=1e-6)


def test_unknown_name_is_a_key_error(store):
    with pytest.raises(KeyError, match="fremd"):
        store.vectors([IDS[0], "fremd:1"])


def test_nearest_come_best_first(store):
    query = EMBEDDER.encode_query(["Bilderbücher für Kindergärten"])[0]

    cosines = VECTORS @ query
    found = [cosines[IDS.index(name)] for name in store.nearest(query, 3)]
    np.testing.assert_allclose(found, np.sort(cosines)[::-1][:3], atol=1e-5)


def test_length_of_a_vector_does_not_matter(tmp_path):
    store = VectorStore(connect(tmp_path), "passages-a")
    store.add(IDS, VECTORS * np.arange(1, 7, dtype=np.float32)[:, np.newaxis])

    assert store.nearest(VECTORS[0], 1) == [IDS[0]]


def test_asking_for_more_than_there_is_gives_all(store):
    assert sorted(store.nearest(VECTORS[0], 500)) == sorted(IDS)


def test_empty_collection_has_nothing_near(tmp_path):
    store = VectorStore(connect(tmp_path), "passages-a")

    assert store.nearest(VECTORS[0], 5) == []
    assert list(store.ids()) == []


def test_adding_again_changes_nothing(store):
    store.add(IDS, VECTORS[::-1])

    assert len(store) == len(IDS)
    np.testing.assert_allclose(store.vectors(IDS), VECTORS, atol=1e-6)


def test_deleted_vectors_are_gone_and_deleting_twice_is_fine(store):
    store.delete(IDS[:2])
    store.delete(IDS[:2])

    assert sorted(store.ids()) == sorted(IDS[2:])
    assert set(store.nearest(VECTORS[0], 6)) == set(IDS[2:])


def test_more_than_one_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 4)
    store = VectorStore(connect(tmp_path), "passages-a")

    store.add(IDS, VECTORS)

    assert list(store.ids()) == IDS


def test_a_new_client_sees_what_another_one_wrote(tmp_path, store):
    before = VectorStore(connect(tmp_path), "passages-a")
    assert before.nearest(VECTORS[0], 1) == [IDS[0]]
    store.delete(IDS[:1])
    store.add(["neu:0"], VECTORS[:1])

    assert VectorStore(connect(tmp_path), "passages-a").nearest(VECTORS[0], 1) == ["neu:0"]


def test_other_collections_are_dropped(tmp_path, store):
    client = connect(tmp_path)
    VectorStore(client, "passages-b")

    keep_collections(client, "passages-b".__eq__)

    assert [one.name for one in client.list_collections()] == ["passages-b"]


@pytest.mark.filterwarnings("ignore:legacy embedding function")
def test_collection_is_cosine_and_never_embeds(tmp_path, store):
    collection = connect(tmp_path).get_collection("passages-a", embedding_function=None)

    assert collection.configuration["hnsw"]["space"] == "cosine"
    assert collection.configuration.get("embedding_function") is None


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

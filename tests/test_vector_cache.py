import sqlite3
import threading

import numpy as np
import pytest

from corpus.errors import UserFacingError
from corpus.vector_cache import CACHE_FILE, VectorCache


class CountingEmbedder:
    """Gives each text a random vector of its own and notes what it was asked for."""

    dimension = 384

    def __init__(self, name="model/a"):
        self.name = name
        self.documents = []
        self.queries = []

    def encode_document(self, texts):
        self.documents += texts
        return np.array([self.vector(text) for text in texts], np.float32)

    def encode_query(self, texts):
        self.queries += texts
        return np.array([self.vector(text) for text in texts], np.float32)

    def count_tokens(self, text):
        return len(text.split())

    def vector(self, text):
        seed = [ord(character) for character in text + self.name]
        vector = np.random.default_rng(seed).normal(size=self.dimension)
        return vector / np.linalg.norm(vector)


def cached(tmp_path, name="model/a"):
    embedder = CountingEmbedder(name)
    return VectorCache(embedder, tmp_path), embedder


def test_known_texts_are_not_embedded_again(tmp_path):
    first, _ = cached(tmp_path)
    before = first.encode_document(["a", "b"])
    second, embedder = cached(tmp_path)

    after = second.encode_document(["b", "c", "a"])

    assert embedder.documents == ["c"]
    np.testing.assert_array_equal(after[[2, 0]], before)


def test_repeated_text_is_embedded_once_and_given_twice(tmp_path):
    cache, embedder = cached(tmp_path)

    vectors = cache.encode_document(["a", "b", "a"])

    assert embedder.documents == ["a", "b"]
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_vectors_lose_nothing_that_matters(tmp_path):
    cache, embedder = cached(tmp_path)
    texts = [f"Text {number}" for number in range(300)]

    vectors = cache.encode_document(texts)

    exact = np.array([embedder.vector(text) for text in texts])
    assert vectors.dtype == np.float32
    assert (vectors * exact).sum(axis=1).min() > 0.999999
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_another_model_shares_nothing(tmp_path):
    cached(tmp_path)[0].encode_document(["a"])
    other, embedder = cached(tmp_path, "model/b")

    other.encode_document(["a"])

    assert embedder.documents == ["a"]


def test_name_and_text_cannot_be_confused(tmp_path):
    cached(tmp_path, "m")[0].encode_document(["1:a"])
    other, embedder = cached(tmp_path, "m1:")

    other.encode_document(["a"])

    assert embedder.documents == ["a"]


def test_questions_pass_through(tmp_path):
    cache, embedder = cached(tmp_path)

    cache.encode_query(["Frist?"])
    cache.encode_query(["Frist?"])

    assert embedder.queries == ["Frist?", "Frist?"]
    assert cache.count_tokens("zwei Wörter") == 2
    assert (cache.name, cache.dimension) == ("model/a", 384)
    assert not (tmp_path / "cache").exists()


def test_no_texts_give_no_vectors(tmp_path):
    assert cached(tmp_path)[0].encode_document([]).shape == (0, 384)


def test_texts_of_one_length_go_to_the_model_together(tmp_path):
    cache, embedder = cached(tmp_path)
    texts = ["Frist", "Ein langer Satz über Anträge.", "Ein Satz.", "Ein anderer Satz."]

    vectors = cache.encode_document(texts)

    assert embedder.documents == sorted(texts, key=len, reverse=True)
    exact = np.array([embedder.vector(text) for text in texts])
    np.testing.assert_allclose(vectors, exact, atol=1e-3)


def test_interruption_keeps_what_was_done(tmp_path):
    cache, embedder = cached(tmp_path)
    encode, texts = embedder.encode_document, [f"Text {number}" for number in range(300)]

    def interrupted(part):
        if embedder.documents:
            raise KeyboardInterrupt
        return encode(part)

    embedder.encode_document = interrupted
    with pytest.raises(KeyboardInterrupt):
        cache.encode_document(texts)
    again, second = cached(tmp_path)
    again.encode_document(texts)

    assert sorted(second.documents + embedder.documents) == sorted(texts)
    assert len(embedder.documents) > 0


@pytest.mark.parametrize("offset", [0, 4096], ids=["header", "pages"])
def test_damaged_file_is_made_anew(tmp_path, caplog, offset):
    cache, _ = cached(tmp_path)
    texts = [f"Text {number}" for number in range(200)]
    expected = cache.encode_document(texts)
    cache.close()
    path = tmp_path / "cache" / CACHE_FILE
    content = path.read_bytes()
    path.write_bytes(content[:offset] + b"\xff" * (len(content) - offset))

    repaired, embedder = cached(tmp_path)
    np.testing.assert_array_equal(repaired.encode_document(texts), expected)
    repaired.encode_document(texts)

    assert "damaged" in caplog.text
    assert sorted(embedder.documents[-200:]) == sorted(texts)
    third, idle = cached(tmp_path)
    third.encode_document(texts)
    assert idle.documents == []


def test_vector_of_wrong_length_is_replaced(tmp_path):
    cache, embedder = cached(tmp_path)
    expected = cache.encode_document(["a"])
    cache.close()
    with sqlite3.connect(tmp_path / "cache" / CACHE_FILE) as connection:
        connection.execute("UPDATE vectors SET vector = x'00'")

    np.testing.assert_array_equal(cache.encode_document(["a"]), expected)
    assert embedder.documents == ["a", "a"]


def test_unwritable_folder_is_named(tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")

    with pytest.raises(UserFacingError, match="cache"):
        cached(tmp_path)[0].encode_document(["a"])


def test_threads_share_one_cache(tmp_path):
    cache, _ = cached(tmp_path)
    texts = [f"Text {number}" for number in range(50)]
    expected = cache.encode_document(texts)
    results = []

    def read():
        results.append(cache.encode_document([*texts, threading.current_thread().name]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 4
    for vectors in results:
        np.testing.assert_array_equal(vectors[:50], expected)


def test_two_processes_may_write(tmp_path):
    one, _ = cached(tmp_path)
    two, embedder = cached(tmp_path)
    one.encode_document(["a"])
    two.encode_document(["a", "b"])

    one.encode_document(["b"])

    assert embedder.documents == ["b"]
    assert one.encode_document(["a", "b"]).shape == (2, 384)

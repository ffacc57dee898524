"""An embedding endpoint against a real server on the loopback."""

import numpy as np
import pytest
from hashing_embedder import DIMENSION, HashingEmbedder
from sample_passages import PASSAGES, build
from scripted_embeddings import embedding_server

from commands.wiring import cached_embedder
from corpus.embedder_choice import load_embedder
from corpus.endpoint_embedder import BATCH, RETRIES, EndpointEmbedder
from corpus.errors import Unavailable, UserFacingError
from corpus.index import Index
from corpus.manifest import IndexMismatch
from corpus.settings import Settings, load_settings

TEXTS = [one.text for one in PASSAGES]
KEY = "sk-geheim-4711"


@pytest.fixture
def server():
    with embedding_server() as server:
        yield server


def settings(server, model="good", **values):
    return Settings(embedding_url=server.url, embedding_model=model, **values)


def test_vectors_are_those_of_the_model_in_order_and_of_length_one(server):
    embedder = load_embedder(settings(server))

    vectors = embedder.encode_document(TEXTS)

    assert embedder.dimension == DIMENSION
    np.testing.assert_allclose(vectors, HashingEmbedder().encode_document(TEXTS), atol=1e-6)
    assert embedder.encode_document([]).shape == (0, DIMENSION)


def test_prefixes_key_and_nothing_else_are_sent(server):
    embedder = EndpointEmbedder(
        settings(
            server,
            embedding_key=KEY,
            embedding_query_prefix="query: ",
            embedding_passage_prefix="passage: ",
        )
    )
    server.log.clear()

    embedder.encode_query(["Wer?"])
    embedder.encode_document(["Alle."])

    assert [one["body"]["input"] for one in server.log] == [["query: Wer?"], ["passage: Alle."]]
    assert set(server.log[0]["body"]) == {"input", "model", "encoding_format"}
    assert server.log[0]["path"] == "/v1/embeddings"
    assert server.log[0]["headers"]["Authorization"] == f"Bearer {KEY}"
    assert not any(name.lower().startswith("x-stainless") for name in server.log[0]["headers"])
    assert embedder.count_tokens("x" * 21) == 10


def test_many_texts_go_in_batches(server):
    embedder = EndpointEmbedder(settings(server))
    server.log.clear()
    texts = [f"Text {number}" for number in range(BATCH + 1)]

    vectors = embedder.encode_document(texts)

    assert [len(one["body"]["input"]) for one in server.log] == [BATCH, 1]
    np.testing.assert_allclose(vectors, HashingEmbedder().encode_document(texts), atol=1e-6)


@pytest.mark.parametrize("failures", [["503"], ["429", "500"], ["closed"]])
def test_what_may_pass_is_tried_again(server, failures):
    embedder = EndpointEmbedder(settings(server))
    server.failures[:] = failures

    assert embedder.encode_query(["Wer?"]).shape == (1, DIMENSION)


@pytest.mark.parametrize(
    ("model", "message", "tries"),
    [
        ("unauthorised", r"verweigert den Zugang \(401\)", 1),
        ("missing", r"kennt die Adresse oder das Modell nicht \(404\)", 1),
        ("busy", r"meldet einen Fehler \(429\)", RETRIES + 1),
        ("failing", r"meldet einen Fehler \(500\)", RETRIES + 1),
        ("zero", "Unverständliches", 1),
        ("words", "Unverständliches", 1),
        ("few", "Unverständliches", 1),
    ],
)
def test_every_failure_has_its_words_and_keeps_the_key(server, model, message, tries):
    with pytest.raises(Unavailable, match=message) as raised:
        EndpointEmbedder(settings(server, model, embedding_key=KEY))

    assert "geheim" not in str(raised.value)
    assert server.tries[model] == tries


def test_a_vector_of_another_length_is_refused(server):
    embedder = EndpointEmbedder(settings(server))
    embedder._settings = settings(server, "short")

    with pytest.raises(Unavailable, match="Unverständliches"):
        embedder.encode_query(["Wer?"])


def test_a_mute_server_is_given_up(server, monkeypatch):
    monkeypatch.setattr("corpus.endpoint_embedder.RETRIES", 0)

    with pytest.raises(Unavailable, match=r"in 0\.2 Sekunden nicht geantwortet"):
        EndpointEmbedder(settings(server, "mute", embedding_seconds=0.2))


def test_a_server_that_is_gone_is_named(server, monkeypatch):
    monkeypatch.setattr("corpus.endpoint_embedder.RETRIES", 0)
    server.server_close()

    with pytest.raises(Unavailable, match=f"{server.url} ist nicht erreichbar"):
        EndpointEmbedder(settings(server))


def test_an_index_of_other_prefixes_is_not_mixed(server, data):
    build(data, EndpointEmbedder(settings(server)))
    other = EndpointEmbedder(settings(server, embedding_passage_prefix="passage: "))

    assert len(Index.open(data, EndpointEmbedder(settings(server)))) == len(PASSAGES)
    with pytest.raises(IndexMismatch, match="passage: "):
        Index.open(data, other)


def test_an_index_of_another_dimension_is_not_mixed(data, embedder):
    build(data, embedder)
    embedder.dimension = 8

    with pytest.raises(IndexMismatch, match="256 Zahlen"):
        Index.open(data, embedder)


def test_other_weights_under_the_same_name_are_recognised(server, data):
    named = settings(server, data=data)
    cached_embedder(named).close()
    cached_embedder(named).close()
    server.is_other_model = True

    with pytest.raises(UserFacingError, match="ein anderes Modell"):
        cached_embedder(named)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"EMBEDDING_URL": "http://example.org/v1"}, "`embedding_url` muss mit https://"),
        ({"EMBEDDING_MODEL": ""}, "gehören zusammen"),
        ({"EMBEDDING_KEY": KEY, "EMBEDDING_KEY_FILE": "/x"}, "nur eines"),
    ],
)
def test_wrong_settings_are_refused(changed, message):
    names = {"EMBEDDING_URL": "http://localhost/v1", "EMBEDDING_MODEL": "m"} | changed

    with pytest.raises(UserFacingError, match=message):
        load_settings(environment={f"BILDUNGSLOTSE_{name}": names[name] for name in names})

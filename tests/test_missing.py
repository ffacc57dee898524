import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import build

from assistant.composition import lacking
from assistant.missing import missing
from assistant.query import build_query
from assistant.question import understand
from assistant.retriever import Retriever
from corpus.index import Index


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Return a function that says what the nearest passages lack of a question."""
    data, embedder = tmp_path_factory.mktemp("missing"), HashingEmbedder()
    build(data, embedder)
    index = Index.open(data, embedder)
    retriever = Retriever(index, embedder)

    def lack(text):
        question = understand(text)
        query = build_query(question, index)
        hits = retriever.retrieve(query.text, synonyms=query.synonyms).hits[:3]
        return lacking(question, missing(query, hits))

    return lack


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "Wie hoch ist die Förderquote für Raumstationen?",
            "Die Unterlagen sprechen von „Förderquote“, aber keine der nächsten Stellen nennt "
            "„Raumstationen“.",
        ),
        (
            "Wie hoch ist die Förderquote im Kreis Wesel?",
            "Die Unterlagen sprechen von „Förderquote“, aber keine der nächsten Stellen nennt "
            "„Kreis Wesel“.",
        ),
        ("Was kosten Raumstationen?", "Keine der nächsten Stellen nennt „Raumstationen“."),
        ("Wie hoch ist die Förderquote?", ""),
        ("was kosten sie?", ""),
    ],
    ids=["qualifier", "place", "subject", "nothing lacks", "no noun"],
)
def test_a_refusal_names_what_the_nearest_passages_lack(said, question, words):
    assert said(question) == words

"""How well passages are found: the German questions of XQuAD over its 240 paragraphs."""

import json
import random
import re
from pathlib import Path

import pytest
from sample_passages import build, passage

from assistant.retriever import Retriever
from corpus.embedder_choice import load_embedder
from corpus.index import Index
from corpus.settings import Settings

XQUAD = Path(__file__).resolve().parents[2] / "shared" / "eval" / "xquad.de.json"
FLOORS = {"R@1": 0.955, "R@5": 0.99, "R@1 with typos": 0.92}
TYPOS = 2  # misspelt words in a question
SEED = 2_031
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß"

pytestmark = [
    pytest.mark.evals,
    pytest.mark.skipif(not XQUAD.exists(), reason="../shared is not there"),
]


@pytest.fixture(scope="module")
def paragraphs():
    """Return each paragraph with its questions."""
    articles = json.loads(XQUAD.read_text("utf-8"))["data"]
    return [
        (paragraph["context"], [row["question"] for row in paragraph["qas"]])
        for article in articles
        for paragraph in article["paragraphs"]
    ]


@pytest.fixture(scope="module")
def retriever(model_data, paragraphs, tmp_path_factory):
    data = tmp_path_factory.mktemp("xquad")
    embedder = load_embedder(Settings(data=model_data))
    passages = [passage(text, f"{row:03d}", title=" ") for row, (text, _) in enumerate(paragraphs)]
    build(data, embedder, passages)
    return Retriever(Index.open(data, embedder), embedder)


def ranks(retriever, paragraphs, change=lambda question: question):
    """Return at which place each question finds its paragraph; 0: not among the first five."""
    found = []
    for row, (_, questions) in enumerate(paragraphs):
        for question in questions:
            rows = retriever.retrieve(change(question), top_k=5).rows
            found.append(rows.index(row) + 1 if row in rows else 0)
    return found


def share(ranks, k):
    return sum(0 < rank <= k for rank in ranks) / len(ranks)


def misspell(word, chance):
    """Swap, replace, delete or insert one letter."""
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice(LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice(LETTERS) + word[at:],
        ]
    )


def with_typos(question, chance):
    words = list(re.finditer(r"[^\W\d_]{5,}", question))
    for match in sorted(
        chance.sample(words, min(TYPOS, len(words))), key=lambda one: one.start(), reverse=True
    ):
        question = question[: match.start()] + misspell(match[0], chance) + question[match.end() :]
    return question


def test_the_data_is_what_the_floors_were_set_for(paragraphs):
    assert len(paragraphs) == 240
    assert sum(len(questions) for _, questions in paragraphs) == 1190


def test_typos_change_two_words(paragraphs):
    chance = random.Random(SEED)

    changed = [(q, with_typos(q, chance)) for _, questions in paragraphs for q in questions]

    assert sum(before != after for before, after in changed) / len(changed) > 0.95
    assert all(abs(len(before) - len(after)) <= TYPOS for before, after in changed)


def test_paragraph_is_found(retriever, paragraphs):
    found = ranks(retriever, paragraphs)

    assert share(found, 1) >= FLOORS["R@1"]
    assert share(found, 5) >= FLOORS["R@5"]


def test_paragraph_is_found_in_spite_of_typos(retriever, paragraphs):
    chance = random.Random(SEED)

    found = ranks(retriever, paragraphs, lambda question: with_typos(question, chance))

    assert share(found, 1) >= FLOORS["R@1 with typos"]

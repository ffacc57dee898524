"""German passages and vectors without a model, as many as wanted: for measuring how things grow.

Sentences come from the starter library, with other figures and newly compounded nouns in each, so
that new passages keep bringing new words. Vectors lie as close together as those of e5 and vary in
few directions, as real ones do; a text has the same one each time.
"""

import random
import re
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np

from corpus.documents import Passage, Source
from corpus.embedder import Vectors
from corpus.records import IndexedDocument
from corpus.sentences import sentence_spans
from ingest.pipeline import library_folder

PASSAGES = 50  # of a document
_SENTENCES = 5  # of a passage: some 130 tokens of e5, 85 words
_DIMENSION = 384
_DIRECTIONS = 48
_COMMON = 0.8  # cosine of two texts that have nothing in common
_NOUN = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{4,}\b")
_FIGURE = re.compile(r"\d")


class SyntheticEmbedder:
    """Implements `corpus.embedder.Embedder`; costs a few microseconds for each text."""

    name = "synthetic/384"
    dimension = _DIMENSION

    def __init__(self) -> None:
        generator = np.random.default_rng(0)
        self._pool = generator.normal(size=1 << 16)
        directions = generator.normal(size=(_DIRECTIONS + 1, _DIMENSION))
        self._directions = np.linalg.qr(directions.T)[0].T

    def encode_query(self, texts: list[str]) -> Vectors:
        return self._encode(texts)

    def encode_document(self, texts: list[str]) -> Vectors:
        return self._encode(texts)

    def count_tokens(self, text: str) -> int:
        return len(text) // 4

    def _encode(self, texts: list[str]) -> Vectors:
        own = np.array([self._place(text) for text in texts]).reshape(-1, _DIRECTIONS)
        own *= np.sqrt(1 - _COMMON) / np.linalg.norm(own, axis=1, keepdims=True)
        common = np.full((len(own), 1), np.sqrt(_COMMON))
        return np.asarray(np.hstack([common, own]) @ self._directions, np.float32)

    def _place(self, text: str) -> Vectors:
        digest = blake2b(text.encode(), digest_size=8).digest()
        first, second = (int.from_bytes(digest[at : at + 4], "little") for at in (0, 4))
        most = len(self._pool) - _DIRECTIONS
        place: Vectors = (
            self._pool[first % most :][:_DIRECTIONS] + self._pool[second % most :][:_DIRECTIONS]
        )
        return place


def synthetic_documents(
    count: int, *, first: int = 0
) -> Iterator[tuple[IndexedDocument, list[Passage]]]:
    """Yield documents with `count` passages in all; document n is the same in every call."""
    sentences = _library_sentences()
    nouns = sorted({noun for sentence in sentences for noun in _NOUN.findall(sentence)})
    for number in range(first, first + -(-count // PASSAGES)):
        size = min(PASSAGES, count - (number - first) * PASSAGES)
        yield _document(number, size, sentences, nouns)


def _library_sentences() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(library_folder().glob("*.md"))]
    bodies = [text.split("\n---\n", 1)[-1] for text in texts]
    lines = [line for text in bodies for line in text.splitlines() if line[:1].isupper()]
    found = [line[start:end] for line in lines for start, end in sentence_spans(line)]
    return sorted({sentence for sentence in found if 60 < len(sentence) < 220})


def _document(
    number: int, size: int, sentences: list[str], nouns: list[str]
) -> tuple[IndexedDocument, list[Passage]]:
    chance = random.Random(number)
    name, title = f"bericht-{number}.md", f"Bericht {number} {chance.choice(nouns)}"
    passages = []
    for place in range(size):
        text = " ".join(_varied(chance, sentences, nouns) for _ in range(_SENTENCES))
        passages.append(
            Passage(
                id=f"{number}:{place + 1}:1",
                document_id=str(number),
                document_name=name,
                title=title,
                page=place + 1,
                page_label="",
                heading_path=(title,),
                text=text,
                sentences=tuple(sentence_spans(text)),
            )
        )
    document = IndexedDocument(
        str(number), f"/bestand/{name}", name, title, "de", size, size, Source()
    )
    return document, passages


def _varied(chance: random.Random, sentences: list[str], nouns: list[str]) -> str:
    """Return a sentence of the library with other figures and one noun made longer."""
    sentence = _FIGURE.sub(lambda _: chance.choice("123456789"), chance.choice(sentences))
    found = list(_NOUN.finditer(sentence))
    if not found:
        return sentence
    place = chance.choice(found).start()
    head = sentence[place].lower() + sentence[place + 1 :]
    return f"{sentence[:place]}{chance.choice(nouns)}{chance.choice(('s', '', 'en'))}{head}"

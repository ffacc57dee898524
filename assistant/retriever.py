"""Query to hits: nearest vectors, BM25 and the best sentence of each passage, fused."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import terms
from corpus.cross_encoder import CrossEncoder
from corpus.documents import Hit
from corpus.embedder import Embedder, Vectors
from corpus.index import Index

CANDIDATES = 100  # taken from each of the two lists
TOGETHER, MOST_OF_ONE = 10, 8  # of so many hits in a row, so many may be of one document
SYNONYMS = 0.4  # what a synonym counts beside a word of the query
WEIGHTS = {"dense": 0.30, "lexical": 0.35, "sentence": 0.35}
Scores = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What a query found: hits, best first, with their rows in the index and the query vector."""

    query: str
    vector: Vectors
    hits: tuple[Hit, ...]
    rows: tuple[int, ...]


class Retriever:
    """Finds passages in one pinned generation of the index."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self.index = index
        self.cross_encoder = embedder if isinstance(embedder, CrossEncoder) else None
        self._embedder = embedder

    def retrieve(
        self,
        query: str,
        *,
        synonyms: Iterable[str] = (),
        top_k: int = 10,
        within: AbstractSet[str] | None = None,
    ) -> Retrieval:
        """Return the `top_k` best passages, `within` the documents of these ids or anywhere.

        `synonyms` are stems that mean the same as words of the query. Scores are a
        convex sum of min-max scaled scores over all candidates (Bruch et al., "An Analysis of
        Fusion Functions for Hybrid Retrieval", 2023), so they compare within one query only.
        """
        vector = self._embedder.encode_query([query])[0]
        lexical = self.index.lexical.scores(terms(query))
        lexical += SYNONYMS * self.index.lexical.scores(synonyms)
        if within is not None:
            outside = np.ones(len(self.index), bool)
            outside[self.index.rows_of(within)] = False
            lexical[outside] = 0
        rows, dense = self._candidates(vector, lexical, within)
        if not rows.size:
            return Retrieval(query, vector, (), ())
        sentence = self._best_sentences(rows, vector)
        fused = (
            WEIGHTS["dense"] * _min_max(dense)
            + WEIGHTS["lexical"] * _min_max(lexical[rows])
            + WEIGHTS["sentence"] * _min_max(sentence)
        )
        # Ties go to BM25, then to the older passage, so that a ranking can be repeated.
        order = np.lexsort((rows, -lexical[rows], -fused))
        order = order[_mixed(self.index.places_of(rows[order]).tolist())][:top_k]
        passages = self.index.passages(rows[order])
        hits = tuple(
            Hit(passage, float(fused[position]), rank)
            for rank, (passage, position) in enumerate(zip(passages, order, strict=True), 1)
        )
        return Retrieval(query, vector, hits, tuple(int(row) for row in rows[order]))

    def _candidates(
        self, vector: Vectors, lexical: Scores, within: AbstractSet[str] | None
    ) -> tuple[NDArray[np.intp], Scores]:
        """Return the rows of both lists' best passages and their cosines."""
        near, cosines = self.index.nearest(vector, CANDIDATES, within=within)
        best = np.argsort(-lexical, kind="stable")[:CANDIDATES]
        missing = np.setdiff1d(best[lexical[best] > 0], near)
        if not missing.size:
            return near, cosines
        further = self.index.vectors(missing.tolist()) @ vector
        return np.concatenate([near, missing]), np.concatenate([cosines, further])

    def _best_sentences(self, rows: NDArray[np.intp], vector: Vectors) -> Scores:
        return np.array(
            [float(np.max(self.index.unit_vectors(int(row)) @ vector)) for row in rows], np.float32
        )


def _mixed(documents: Sequence[int]) -> list[int]:
    """Return the order of ranked passages in which no document takes all places to itself.

    Of every ten, two are for other documents, where there are any: a document full of what is asked
    must not silence those that answer it (OWASP Top 10 for LLM Applications 2026, LLM09).
    """
    waiting, mixed = list(range(len(documents))), []
    while waiting:
        taken: list[int] = []
        of_document: Counter[int] = Counter()
        for place in waiting:
            if len(taken) < TOGETHER and of_document[documents[place]] < MOST_OF_ONE:
                of_document[documents[place]] += 1
                taken.append(place)
        left = [place for place in waiting if place not in taken]
        free = TOGETHER - len(taken)
        mixed += taken + left[:free]
        waiting = left[free:]
    return mixed


def _min_max(scores: Scores) -> Scores:
    low, high = scores.min(), scores.max()
    return np.ones_like(scores) if high == low else (scores - low) / (high - low)

"""BM25 over stems and character 5-grams: texts in, one score for each text out."""

from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.analysis import terms

Scores = NDArray[np.float32]


class LexicalIndex:
    """A bm25s index (Lucene's BM25 variant) with our German analysis.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009);
    implementation bm25s (Lù, 2024).
    """

    def __init__(self, bm25: bm25s.BM25 | None, size: int) -> None:
        self._bm25 = bm25
        self.size = size

    @classmethod
    def build(cls, texts: Iterable[str]) -> "LexicalIndex":
        """Index the texts; row i of every score array is text i."""
        documents = [terms(text) for text in texts]
        if not any(documents):
            return cls(None, len(documents))
        bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        bm25.index(documents, show_progress=False)
        return cls(bm25, len(documents))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "size").write_text(str(self.size))
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Open a saved index memory-mapped."""
        size = int((folder / "size").read_text())
        if not (folder / "params.index.json").exists():
            return cls(None, size)
        return cls(bm25s.BM25.load(folder, mmap=True), size)

    def scores(self, query: Iterable[str]) -> Scores:
        """BM25 of every text for these search terms, shape (size,); each term counts once."""
        if self._bm25 is None:
            return np.zeros(self.size, np.float32)
        known = [term for term in dict.fromkeys(query) if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._bm25.get_scores(known), np.float32)

    def __contains__(self, term: str) -> bool:
        return self._bm25 is not None and term in self._bm25.vocab_dict

    def idf(self, term: str) -> float:
        """Inverse document frequency as in Lucene's BM25; an unknown term has the highest."""
        frequency = 0
        if self._bm25 is not None and term in self._bm25.vocab_dict:
            row = self._bm25.vocab_dict[term]
            pointers = self._bm25.scores["indptr"]
            frequency = int(pointers[row + 1] - pointers[row])
        return float(np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5)))

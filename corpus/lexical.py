"""BM25 over stems and character 5-grams: search terms in, one score for each text out."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage
from corpus.postings import Postings, Rows, term_key

K1 = 1.2
B = 0.75
Scores = NDArray[np.float32]


class LexicalIndex:
    """Lucene's BM25 over chosen texts of some segments, as if there were no others.

    Nothing is computed ahead, so a new document or a smaller choice of texts costs nothing here.
    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009);
    the variant is that of Kamphuis et al., "Which BM25 Do You Mean?" (2020).
    """

    def __init__(self, parts: Sequence[tuple[Postings, Rows]]) -> None:
        """Search the texts of each part that its rows name, in ascending order."""
        self._parts = [part for part in parts if len(part[1])]
        self.size = sum(len(rows) for _, rows in self._parts)
        total = sum(int(postings.lengths[rows].sum()) for postings, rows in self._parts)
        average = total / self.size if total else 1.0
        self._chosen = []
        self._norms = []
        for postings, rows in self._parts:
            chosen = np.zeros(len(postings.lengths), bool)
            chosen[rows] = True
            self._chosen.append(chosen)
            self._norms.append((K1 * (1 - B + B * postings.lengths / average)).astype(np.float32))

    @classmethod
    def build(cls, texts: Iterable[str]) -> "LexicalIndex":
        """Index texts that lie in no segment; row i of every score array is text i."""
        postings = Postings.of(texts)
        return cls([(postings, np.arange(len(postings.lengths)))])

    def scores(self, query: Iterable[str]) -> Scores:
        """BM25 of every text for these search terms, shape (size,); each term counts once."""
        scores = [np.zeros(len(chosen), np.float32) for chosen in self._chosen]
        for term in dict.fromkeys(query):
            found = self._postings(term)
            frequency = sum(len(rows) for rows, _ in found)
            if not frequency:
                continue
            weight = np.float32(self._idf(frequency))
            for score, norm, (rows, counts) in zip(scores, self._norms, found, strict=True):
                score[rows] += weight * (counts / (counts + norm[rows]))
        chosen = [score[rows] for score, (_, rows) in zip(scores, self._parts, strict=True)]
        return np.concatenate(chosen) if chosen else np.zeros(0, np.float32)

    def __contains__(self, term: str) -> bool:
        return any(len(rows) for rows, _ in self._postings(term))

    def idf(self, term: str) -> float:
        """Inverse document frequency as in Lucene's BM25; an unknown term has the highest."""
        return self._idf(sum(len(rows) for rows, _ in self._postings(term)))

    def _idf(self, frequency: int) -> float:
        return float(np.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5)))

    def _postings(self, term: str) -> list[tuple[NDArray[np.int32], Scores]]:
        """Return for each part the chosen texts that hold the term, and how often each does."""
        found = []
        for (postings, _), chosen in zip(self._parts, self._chosen, strict=True):
            where = postings.find(term_key(term))
            rows = postings.rows[where]
            kept = chosen[rows]
            found.append((rows[kept], postings.counts[where][kept].astype(np.float32)))
        return found


def searchable_text(passage: Passage) -> str:
    """Return what the lexical index sees: the words of title and headings help there."""
    return "\n".join((passage.title, *passage.heading_path, passage.text))

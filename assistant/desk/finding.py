"""A question to passages grouped by document, the words it is found by marked, facets counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.desk.facets import FACETS, Choice, Counted, Facet, count
from assistant.desk.marks import SURE, matched_spans
from assistant.matching import coverage, match, text_words
from assistant.query import Query, build_query
from assistant.question import understand
from assistant.retriever import CANDIDATES, Retriever
from corpus.documents import Hit, Passage, Span
from corpus.embedder import Vectors
from corpus.lexical import searchable_text
from corpus.records import IndexedDocument

Order = Literal["relevance", "date"]

MOST = 2 * CANDIDATES  # hits that are looked at: all that the retriever has
EXCERPT = 420  # characters of a passage shown around its best unit
# A passage counts as found when it holds this share of the query's weight in words, or when its
# best unit is this much nearer than an everyday question comes to any unit of the corpus.
WORDS = 0.25
MEANING = 0.03


@dataclass(frozen=True, slots=True)
class Find:
    """A hit with the unit that fits best, what to show of the passage, and the words to mark."""

    hit: Hit
    quote: Span
    excerpt: Span
    marked: tuple[Span, ...]

    @property
    def passage(self) -> Passage:
        """The passage that was found."""
        return self.hit.passage


@dataclass(frozen=True, slots=True)
class Group:
    """A document with what was found in it, best first."""

    document: IndexedDocument
    finds: tuple[Find, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a question found, by document; `counts` hold the documents each value would leave."""

    groups: tuple[Group, ...]
    counts: Mapping[Facet, tuple[Counted, ...]]

    @property
    def hits(self) -> int:
        """The number of passages found."""
        return sum(len(group.finds) for group in self.groups)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more: the retriever's lists were full of what was found."""
        return self.hits >= CANDIDATES


def find(
    retriever: Retriever, question: str, choice: Choice, order: Order = "relevance"
) -> Findings:
    """Search the documents that fit the choice.

    Each facet is counted with its own values left open, so that another one can be added.
    """
    query = build_query(understand(question), retriever.index)
    groups = _groups(retriever, query, choice)
    counts = {}
    for facet in FACETS:
        is_open = facet not in choice.active
        shown = groups if is_open else _groups(retriever, query, choice.without(facet))
        counts[facet] = count(facet, (group.document for group in shown), choice)
    if order == "date":
        groups = sorted(groups, key=lambda group: newest_first(group.document))
    return Findings(tuple(groups), counts)


def newest_first(document: IndexedDocument) -> tuple[bool, int]:
    """Return a sort key: documents with the newest date first, those without one last."""
    day = document.source.as_of or document.source.valid_from
    return day is None, -day.toordinal() if day else 0


def _groups(retriever: Retriever, query: Query, choice: Choice) -> list[Group]:
    """Search and group by document, in the order of each document's best hit."""
    index = retriever.index
    documents = {one.id: one for one in index.documents if choice.accepts(one)}
    if not documents:
        return []
    within = None if choice.is_empty else documents.keys()
    retrieval = retriever.retrieve(query.text, synonyms=query.synonyms, top_k=MOST, within=within)
    grouped: dict[str, list[Find]] = {}
    for hit, row in zip(retrieval.hits, retrieval.rows, strict=True):
        cosines = index.unit_vectors(row) @ retrieval.vector
        if _is_found(hit.passage, query, float(cosines.max()) - index.background):
            one = _shown(hit, query, cosines)
            grouped.setdefault(hit.passage.document_id, []).append(one)
    return [Group(documents[identity], tuple(finds)) for identity, finds in grouped.items()]


def _is_found(passage: Passage, query: Query, nearness: float) -> bool:
    if nearness >= MEANING:
        return True
    return _coverage(searchable_text(passage), query) >= WORDS


def _coverage(text: str, query: Query) -> float:
    held = text_words(text)
    matches = (match(word, held) for word in query.words)
    return coverage(query.words, [one if one >= SURE else 0.0 for one in matches])


def _shown(hit: Hit, query: Query, cosines: Vectors) -> Find:
    """Choose the unit that says it, by its words first, and as much around it as is shown."""
    passage = hit.passage
    units = [passage.text[start:end] for start, end in passage.sentences]
    scores = [
        _coverage(text, query) + float(cosine) for text, cosine in zip(units, cosines, strict=True)
    ]
    best = int(np.argmax(scores))
    excerpt = _excerpt(passage, best)
    marked = matched_spans(passage.text, query.words)
    return Find(hit, passage.sentences[best], excerpt, marked)


def _excerpt(passage: Passage, best: int) -> Span:
    """Return the span of whole units around the best one that is short enough to be scanned."""
    first = last = best
    units = passage.sentences

    def length(start: int, end: int) -> int:
        return units[end][1] - units[start][0]

    while last + 1 < len(units) and length(first, last + 1) <= EXCERPT:
        last += 1
    while first > 0 and length(first - 1, last) <= EXCERPT:
        first -= 1
    return units[first][0], units[last][1]

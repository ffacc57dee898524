"""Terms as the documents explain them, each with the quote that does, read once for each index."""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from assistant.answers import Citation
from corpus.analysis import fold
from corpus.documents import Passage
from corpus.index import Index
from corpus.short_forms import introductions

GLOSSARY = "Glossar"  # the kind of source whose sentences explain terms
LONGEST_TERM = 4  # words
AT_ONCE = 2_000  # passages in memory

_DEFINED = re.compile(
    r"^(?:(?:Der|Die|Das|Ein|Eine)\s+)?[„»\"]?"
    rf"(?P<term>[A-ZÄÖÜ][\w.\-]*(?: [A-ZÄÖÜ\d][\w.\-]*){{0,{LONGEST_TERM - 1}}})[“«\"]?\s+"
    r"(?:ist|sind|war|waren|steht|stand|bedeutet|bezeichnet|meint|heißt)\b"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the words that explain it."""

    name: str
    citation: Citation


class Glossary:
    """The terms of each index that was asked for; an index that is gone takes its terms along."""

    def __init__(self) -> None:
        self._terms: WeakKeyDictionary[Index, tuple[Term, ...]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def terms(self, index: Index) -> tuple[Term, ...]:
        """Return the terms in the order of the alphabet."""
        with self._lock:
            if index not in self._terms:
                self._terms[index] = read_terms(_passages(index))
            return self._terms[index]


def read_terms(passages: Iterable[Passage]) -> tuple[Term, ...]:
    """Read terms off glossaries, and off brackets what no glossary has: "Langform (ABK)"."""
    defined: dict[str, Term] = {}
    introduced: dict[str, Term] = {}
    for passage in passages:
        for term in _defined(passage):
            defined.setdefault(fold(term.name), term)
        for term in _introduced(passage):
            introduced.setdefault(fold(term.name), term)
    return tuple(term for _, term in sorted((introduced | defined).items()))


def _defined(passage: Passage) -> Iterator[Term]:
    if passage.source.kind != GLOSSARY:
        return
    for start, end in passage.sentences:
        match = _DEFINED.match(passage.text[start:end])
        if match:
            yield Term(match["term"], _cited(passage, start, end))


def _introduced(passage: Passage) -> Iterator[Term]:
    """Yield abbreviations with the sentence that spells them out."""
    for short, at in introductions(passage.text):
        around = (span for span in passage.sentences if span[0] <= at < span[1])
        if span := next(around, None):
            yield Term(short, _cited(passage, *span))


def _passages(index: Index) -> Iterator[Passage]:
    for start in range(0, len(index), AT_ONCE):
        yield from index.passages(range(start, min(start + AT_ONCE, len(index))))


def _cited(passage: Passage, start: int, end: int) -> Citation:
    return Citation(0, passage, passage.text[start:end], start, end)

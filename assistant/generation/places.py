"""A claim and a passage to the sentences that may back it, and how surely each one does.

A place is weighed as the gate weighs a question: ten counts in a logistic model. Words of the
claim that are new, as opposed to asked about, have to be there as they are; asked words may be
paraphrased, as long as no other sentence of the passage has more of them.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.generation.claims import Claim, Word, holds
from assistant.logistic import probability
from assistant.matching import text_words
from corpus.analysis import stem, words
from corpus.documents import Passage
from corpus.synonyms import translations

SUREST_LENGTH = 12  # characters; longer words say no more about what a sentence is about
FARTHEST = 4.0  # separators between two words that have nothing to do with each other

# Fitted by logistic regression on the even articles of XQuAD-de (`python -m bench.checker`).
WEIGHTS = {
    "exact": 0.81,
    "inexact": -3.56,
    "missing": -1.15,
    "asked": 0.09,
    "around": 0.34,
    "lost": -0.26,
    "elsewhere": -2.65,
    "apart": -0.41,
    "repeated": -1.27,
    "nothing_new": 0.61,
}
CONSTANT = 1.37

_TOKEN = re.compile(r"\w+")
_NOUN = re.compile(r"(?<!\w)[A-ZÄÖÜ][\w-]{2,}")
_SEPARATOR = re.compile(r"[,;:()–]|\b(?:und|oder|and|or)\b")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a place and against it; counts of words, unless said otherwise."""

    exact: int  # new words that are there, translated where they are English
    inexact: int  # new words that are there in another form
    missing: int  # new words other than nouns that are not there
    asked: int  # words of the question that are there
    around: int  # words of the question elsewhere in the passage
    lost: int  # words of the question nowhere in the passage
    elsewhere: float  # how much more of the question another sentence holds, -1 to 1
    apart: float  # mean number of separators between new words and the question's, up to 4
    repeated: int  # nouns that the claim says more often than the sentence
    nothing_new: bool  # every word stands in the question

    @property
    def sureness(self) -> float:
        """The probability that the place backs the claim."""
        return probability(self, WEIGHTS, CONSTANT)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage with what it holds of a claim, as positions in `Claim.words`."""

    passage: Passage
    row: int  # of the sentence
    found: frozenset[int]  # title and headings included
    before: frozenset[int]  # in the sentence before
    whole: frozenset[int]  # anywhere in the passage
    asked_share: float  # weighted share of the question's words in the sentence
    asked_elsewhere: float  # the highest such share of another sentence

    @property
    def span(self) -> tuple[int, int]:
        """Where the sentence stands in the passage."""
        return self.passage.sentences[self.row]

    @property
    def text(self) -> str:
        """The sentence."""
        start, end = self.span
        return self.passage.text[start:end]


def surroundings(passage: Passage) -> str:
    """Return what stands above every sentence of a passage."""
    return "\n".join((passage.title, *passage.heading_path))


def places_of(claim: Claim, passage: Passage) -> Iterator[Place]:
    """Yield the sentences that hold a word of the claim."""
    above = _positions(claim, surroundings(passage))
    held = [_positions(claim, passage.text[start:end]) for start, end in passage.sentences]
    shares = [_asked_share(claim, positions) for positions in held]
    whole = above.union(*held)
    for row, positions in enumerate(held):
        if positions:
            yield Place(
                passage,
                row,
                found=positions | above,
                before=held[row - 1] if row else frozenset(),
                whole=whole,
                asked_share=shares[row],
                asked_elsewhere=max(shares[:row] + shares[row + 1 :], default=0.0),
            )


def signals(claim: Claim, place: Place) -> Signals:
    """Measure what a place says about a claim."""
    there = text_words(place.text).stems | text_words(surroundings(place.passage)).stems
    new = [(n, word) for n, word in enumerate(claim.words) if not word.is_asked]
    asked = {n for n, word in enumerate(claim.words) if word.is_asked}
    exact = sum(bool(({word.stem} | translations(word.stem)) & there) for _, word in new)
    return Signals(
        exact=exact,
        inexact=sum(n in place.found for n, _ in new) - exact,
        missing=sum(n not in place.found and not word.is_name for n, word in new),
        asked=len(asked & place.found),
        around=len(asked & place.whole - place.found),
        lost=len(asked - place.whole),
        elsewhere=place.asked_elsewhere - place.asked_share,
        apart=_apart(claim, place.text) if asked else 0.0,
        repeated=_repeated(claim.text, place.text),
        nothing_new=not new,
    )


def _positions(claim: Claim, text: str) -> frozenset[int]:
    there = text_words(text)
    return frozenset(n for n, word in enumerate(claim.words) if holds(there, word))


def _asked_share(claim: Claim, positions: frozenset[int]) -> float:
    asked = {n: _weight(word) for n, word in enumerate(claim.words) if word.is_asked}
    return sum(asked[n] for n in asked.keys() & positions) / (sum(asked.values()) or 1)


def _weight(word: Word) -> float:
    return math.log2(1 + min(len(word.folded), SUREST_LENGTH))


def _apart(claim: Claim, text: str) -> float:
    """Count the separators between each asked word and the nearest new word or number."""
    tokens = list(_TOKEN.finditer(text))
    new = [n for n, token in enumerate(tokens) if _is_new(token[0], claim)]
    total = weights = 0.0
    for word in claim.words:
        places = [n for n, token in enumerate(tokens) if holds(text_words(token[0]), word)]
        if word.is_asked and places and new:
            _, first, last = min((abs(a - b), *sorted((a, b))) for a in new for b in places)
            between = text[tokens[first].start() : tokens[last].start()]
            total += _weight(word) * min(len(_SEPARATOR.findall(between)), FARTHEST)
            weights += _weight(word)
    return total / weights if weights else FARTHEST


def _is_new(token: str, claim: Claim) -> bool:
    if token in claim.new_digits:
        return True
    there = text_words(token)
    return any(not word.is_asked and holds(there, word) for word in claim.words)


def _repeated(claim: str, text: str) -> int:
    said = Counter(stem(part) for noun in _NOUN.findall(claim) for part in words(noun))
    there = Counter(stem(part) for part in words(text))
    return sum(1 < times > there[noun] for noun, times in said.items())

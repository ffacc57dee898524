"""How far a text covers the words of a query: exact stems, synonyms, compounds, misspelt words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.query import QueryWord
from corpus.analysis import fold, grams, is_stop_word, stem, words

SYNONYM = 0.8  # another word for the same
COMPOUND = 0.75  # a word found inside a compound, or the other way round
MISSPELT = 0.8  # times the share of common 5-grams
SHORTEST_PART = 5  # characters of a stem that may stand inside a compound
FEWEST_GRAMS = 0.5  # share of a word's 5-grams that makes it a misspelt or a related word


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text, ready to be matched."""

    stems: frozenset[str]
    folded: tuple[str, ...]
    line: str  # all words in a row, so that a part of any is found at once
    grams: frozenset[str]


@lru_cache(maxsize=20_000)
def text_words(text: str) -> TextWords:
    """Analyse a text once; units are met again and again."""
    content = dict.fromkeys(word for word in words(text) if not is_stop_word(word))
    folded = tuple(fold(word) for word in content)
    return TextWords(
        frozenset(stem(word) for word in content),
        folded,
        " ".join(folded),
        frozenset(gram for word in content for gram in grams(word)),
    )


def match(word: QueryWord, text: TextWords) -> float:
    """Return how surely a text holds a word of the question, 0 to 1."""
    if word.stem in text.stems:
        return 1.0
    if word.synonyms & text.stems:
        return SYNONYM
    if found := in_compound(word, text):
        return found
    if any(len(one) >= SHORTEST_PART and one in text.line for one in word.german):
        return SYNONYM * COMPOUND
    common = len(word.grams & text.grams) / len(word.grams)
    return MISSPELT * common if common >= FEWEST_GRAMS else 0.0


def coverage(query: Iterable[QueryWord], matches: Iterable[float]) -> float:
    """Return the share of the query's weight that is matched, 0 to 1."""
    query = list(query)
    total = sum(word.weight for word in query)
    if not total:
        return 0.0
    return sum(word.weight * m for word, m in zip(query, matches, strict=True)) / total


def in_compound(word: QueryWord, text: TextWords) -> float:
    """Return how far a text holds the word in a compound, or parts of the word, 0 to 1.

    A part counts as much as it makes of the word: "Grad" alone is no "Pflegegrad".
    """
    if len(word.stem) >= SHORTEST_PART and word.stem in text.line:
        return COMPOUND
    held = set[int]()
    for part in _parts(word.folded) & text.stems:
        start = word.folded.index(part)
        held.update(range(start, start + len(part)))
    return COMPOUND * len(held) / len(word.folded)


@lru_cache(maxsize=10_000)
def _parts(word: str) -> frozenset[str]:
    """Return all that may be a part of a compound."""
    starts = range(len(word) - SHORTEST_PART + 1)
    return frozenset(
        word[start:end] for start in starts for end in range(start + SHORTEST_PART, len(word) + 1)
    )

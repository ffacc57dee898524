"""How far a text covers the words of a question: exact stems, compounds, misspelt words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.question import Question
from corpus.analysis import fold, grams, is_stop_word, stem, words
from corpus.lexical import LexicalIndex
from corpus.synonyms import synonyms

SYNONYM = 0.8  # another word for the same
COMPOUND = 0.75  # a word found inside a compound, or the other way round
MISSPELT = 0.8  # times the share of common 5-grams
SHORTEST_PART = 5  # characters of a stem that may stand inside a compound
FEWEST_GRAMS = 0.6  # share of a word's 5-grams that makes two words the same, misspelt

_TOKEN = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A content word of the question: its stem, its rarity, and stems that mean the same."""

    stem: str
    folded: str
    idf: float
    grams: frozenset[str]
    synonyms: frozenset[str]
    is_focus: bool


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text, ready to be matched."""

    stems: frozenset[str]
    folded: tuple[str, ...]
    grams: frozenset[str]


def query_words(question: Question, lexical: LexicalIndex) -> tuple[QueryWord, ...]:
    """Return the content words of a question, each once.

    An English word that is neither a name nor in our glossary says nothing about German passages
    and is left out.
    """
    found: dict[str, str] = {}
    for token in _TOKEN.findall(question.text):
        for word in words(token):
            if not is_stop_word(word):
                found.setdefault(word, token)
    known = [
        _query_word(word, lexical, is_focus=token == question.focus)
        for word, token in found.items()
        if not question.is_english or _is_known(word, token, lexical)
    ]
    return tuple(known)


def _is_known(word: str, token: str, lexical: LexicalIndex) -> bool:
    return bool(synonyms(stem(word))) or stem(word) in lexical or not token[1:].islower()


def _query_word(word: str, lexical: LexicalIndex, *, is_focus: bool) -> QueryWord:
    one = stem(word)
    return QueryWord(
        one, fold(word), lexical.idf(one), frozenset(grams(word)), synonyms(one), is_focus
    )


@lru_cache(maxsize=20_000)
def text_words(text: str) -> TextWords:
    """Analyse a text once; units are met again and again."""
    content = dict.fromkeys(word for word in words(text) if not is_stop_word(word))
    return TextWords(
        frozenset(stem(word) for word in content),
        tuple(fold(word) for word in content),
        frozenset(gram for word in content for gram in grams(word)),
    )


def match(word: QueryWord, text: TextWords) -> float:
    """Return how surely a text holds a word of the question, 0 to 1."""
    if word.stem in text.stems:
        return 1.0
    if word.synonyms & text.stems:
        return SYNONYM
    if _in_compound(word, text):
        return COMPOUND
    common = len(word.grams & text.grams) / len(word.grams)
    return MISSPELT * common if common >= FEWEST_GRAMS else 0.0


def _in_compound(word: QueryWord, text: TextWords) -> bool:
    long_enough = len(word.stem) >= SHORTEST_PART
    return any(
        long_enough and word.stem in other for other in text.folded
    ) or any(len(part) >= SHORTEST_PART and part in word.folded for part in text.stems)


def coverage(query: Iterable[QueryWord], matches: Iterable[float]) -> float:
    """Return the share of the question's idf weight that is matched, 0 to 1."""
    total = sum(word.idf for word in query)
    return sum(w.idf * m for w, m in zip(query, matches, strict=True)) / total if total else 0.0

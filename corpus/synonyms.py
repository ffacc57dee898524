"""Everyday German, official German and English for the same thing, from `synonyms.toml`."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.analysis import stem, words

_ENDING = re.compile(r"(?:s|ed|ing)$")
_TWICE = re.compile(r"([bdgklmnprt])\1$")


@cache
def _table() -> dict[str, frozenset[str]]:
    """Map each stem to the stems that may stand in a passage instead."""
    table: dict[str, set[str]] = defaultdict(set)
    for group in _data()["groups"]:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for one in stems:
            table[one] |= stems - {one}
    return {one: frozenset(others) for one, others in table.items()}


@cache
def _english() -> dict[str, frozenset[str]]:
    """Map the stem of each English word to those of its German ones."""
    table: dict[str, set[str]] = defaultdict(set)
    for english, german in _data()["english"].items():
        table[stem(english)] |= {stem(word) for phrase in german for word in words(phrase)}
    return {one: frozenset(others) for one, others in table.items()}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("corpus") / "synonyms.toml").read_text("utf-8"))


def synonyms(word_stem: str) -> frozenset[str]:
    """Return the stems that mean the same as `word_stem`; none for an unknown word.

    For an English word they are its German ones and what those mean.
    """
    german = translations(word_stem)
    known = (word_stem,) if word_stem in _table() else german
    return german.union(*(_table().get(one, frozenset()) for one in known))


def translations(word_stem: str) -> frozenset[str]:
    """Return the German stems for the stem of an English word; none for any other.

    A form that is no entry of its own counts as the word it comes from: "claimed", "applies".
    """
    return next((_english()[one] for one in _forms(word_stem) if one in _english()), frozenset())


def _forms(word_stem: str) -> Iterator[str]:
    """Yield the stem, then those it may be a plural, past or continuous form of.

    The German stemmer has taken off a final "e" and many a plural.
    """
    yield word_stem
    bare = _ENDING.sub("", word_stem)
    yield bare
    yield _TWICE.sub(r"\1", bare)
    if bare.endswith("i"):
        yield bare[:-1] + "y"

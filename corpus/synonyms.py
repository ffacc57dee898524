"""Everyday German, official German and English for the same thing, from `synonyms.toml`."""

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.analysis import stem, words


@cache
def _table() -> dict[str, frozenset[str]]:
    """Map each stem to the stems that may stand in a passage instead."""
    table: dict[str, set[str]] = defaultdict(set)
    for group in _data()["groups"]:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for one in stems:
            table[one] |= stems - {one}
    for english, german in _english().items():
        table[english] |= german
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
    """Return the stems that mean the same as `word_stem`; none for an unknown word."""
    return _table().get(word_stem, frozenset())


def translations(word_stem: str) -> frozenset[str]:
    """Return the German stems for the stem of an English word; none for any other."""
    return _english().get(word_stem, frozenset())

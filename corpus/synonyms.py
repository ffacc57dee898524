"""Everyday German, official German and English for the same thing, from `synonyms.toml`."""

import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files

from corpus.analysis import stem, words


@cache
def _table() -> dict[str, frozenset[str]]:
    """Map each stem to the stems that may stand in a passage instead."""
    data = tomllib.loads((files("corpus") / "synonyms.toml").read_text("utf-8"))
    table: dict[str, set[str]] = defaultdict(set)
    for group in data["groups"]:
        stems = {stem(word) for phrase in group for word in words(phrase)}
        for one in stems:
            table[one] |= stems - {one}
    for english, german in data["english"].items():
        table[stem(english)] |= {stem(word) for phrase in german for word in words(phrase)}
    return {one: frozenset(others) for one, others in table.items()}


def synonyms(word_stem: str) -> frozenset[str]:
    """Return the stems that mean the same as `word_stem`; none for an unknown word."""
    return _table().get(word_stem, frozenset())

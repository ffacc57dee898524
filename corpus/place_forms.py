"""The table of places in, every written form of a name out: `sächsisch`, `Görlitzer`, `NRW`."""

import csv
import re
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+")
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Row(NamedTuple):
    """One line of `places.csv`."""

    name: str
    kind: str
    land: str
    aliases: tuple[str, ...]

    @property
    def short_name(self) -> str:
        """The name without what tells it from its namesakes: `Frankfurt`."""
        return _SHORT_ENDS.split(self.name)[0]


class Rule(IntEnum):
    """What a form needs around it to count as a place; where forms collide, the lower one holds."""

    NAME = 1
    ABBREVIATION = 2  # upper case, or a place word before it
    VERB = 3  # also a verb or an adjective in small letters: a capital, or a place word before it
    WORD = 4  # also an ordinary word or a surname: a place word before it
    FOOD = 5  # so ordinary that only `in`, `aus`, a kind or a question for contacts proves it
    KIND = 6  # also a landscape or a street: only "Kreis" proves it
    LAND_ADJECTIVE = 7  # "Thüringer Kommunen"
    TOWN_ADJECTIVE = 8  # "Görlitzer Kreis"


class Entry(NamedTuple):
    """The places that bear one form."""

    rule: Rule
    rows: tuple[Row, ...]


class Forms(NamedTuple):
    """Folded form → entry, and first word → the most words a form beginning with it has."""

    entries: dict[str, Entry]
    longest: dict[str, int]


_RULES = (
    dict.fromkeys(
        "giessen hagen halle hof konstanz leer lippe neumarkt neustadt roth siegen weiden "
        "worms".split(),
        Rule.WORD,
    )
    | dict.fromkeys(("aalen", "ahlen", "borken", "erlangen"), Rule.VERB)
    | dict.fromkeys(("essen", "regen"), Rule.FOOD)
    | dict.fromkeys(("bergstrasse", "boerde", "harz"), Rule.KIND)
)
_ANY_CASE = frozenset({"nrw", "rlp"})
_SHORT_ENDS = re.compile(r" \(|/| am | an der | im | in | ob der ")
_CONTRACTIONS = ((" an der ", " a d "), (" in der ", " i d "), (" am ", " a "), (" im ", " i "))
_DECLINED = re.compile(r"(?<=isch)er?\b|(?<=lich)e\b")


def fold(text: str) -> str:
    """Lower the case and write umlauts as two letters, so that every spelling meets."""
    return text.lower().translate(_SPELLINGS)


def key(phrase: str) -> str:
    """Reduce a phrase to its folded words: hyphens, dots and brackets do not matter."""
    return " ".join(WORD.findall(fold(phrase)))


@cache
def read_rows() -> tuple[Row, ...]:
    """Read the table that ships with the package."""
    lines = (files("corpus") / "places.csv").read_text("utf-8").splitlines()
    return tuple(
        Row(line["name"], line["kind"], line["land"], _split(line["aliases"]))
        for line in csv.DictReader(lines)
    )


@cache
def load_forms() -> Forms:
    """Build the lookup once per process."""
    written = [(rule, form, row) for row in read_rows() for rule, form in _forms(row)]
    entries: dict[str, Entry] = {}
    for rule, form, row in sorted(written, key=lambda item: item[0]):
        entry = entries.setdefault(form, Entry(rule, ()))
        if entry.rule == rule and row not in entry.rows:
            entries[form] = Entry(rule, (*entry.rows, row))
    longest: dict[str, int] = {}
    for form in entries:
        first, *rest = form.split()
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return Forms(entries, longest)


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)


def _forms(row: Row) -> Iterator[tuple[Rule, str]]:
    for phrase in _phrases(row):
        base = key(phrase)
        rule = _rule(phrase, row)
        yield from ((rule, form) for form in _inflections(base))
        if row.kind != "Land" and " " not in base:
            yield from ((Rule.TOWN_ADJECTIVE, form) for form in _adjectives(base))
    if row.name.endswith("kreis"):
        yield Rule.KIND, key(row.name.removesuffix("kreis"))


def _phrases(row: Row) -> Iterator[str]:
    """Give the name, its aliases, its short form, and `-Kreis` beside `kreis`."""
    name = row.name
    yield from (name, *row.aliases)
    if not row.kind.startswith("kreisangehörig"):
        yield row.short_name
    if name.endswith("-Kreis"):
        stem = name.removesuffix("-Kreis")
        yield stem + "kreis"
        if "-" in stem:
            yield stem
    elif name.endswith("kreis"):
        yield name.removesuffix("kreis") + "-Kreis"


def _rule(phrase: str, row: Row) -> Rule:
    base = key(phrase)
    if phrase.isupper() and base not in _ANY_CASE:
        return Rule.ABBREVIATION
    if row.kind == "Land" and base.endswith("er"):
        return Rule.LAND_ADJECTIVE
    return _RULES.get(base, Rule.NAME)


def _inflections(base: str) -> Iterator[str]:
    yield base
    for written, contracted in _CONTRACTIONS:
        if written in base:
            yield base.replace(written, contracted)
    if base.endswith("sch"):
        yield from (base + ending for ending in ("e", "en", "er", "es", "em"))
    elif base.endswith("kreis"):
        yield base + "es"
    elif base[-1] not in "szx":
        yield base + "s"
    declined = _DECLINED.sub("en", base)
    if declined != base:
        yield from (declined, declined + "es")


def _adjectives(base: str) -> Iterator[str]:
    yield base + ("r" if base.endswith("e") else "er")
    if base.endswith("en") and base not in _RULES:
        yield from (base.removesuffix("en") + "er", base.removesuffix("en") + "ner")

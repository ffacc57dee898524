"""Question in, places named in it out: Länder, Kreise, cities, each with the Land it lies in.

Names, keys and kinds in `places.csv` are facts of the official Gemeindeverzeichnis (Destatis,
territorial status since 1 July 2021): 16 Länder, 294 Kreise, 106 kreisfreie Städte. Beside them
stand the kreisangehörige towns above 50,000 inhabitants and the namesakes that make a name
ambiguous. Aliases are ours. A name that lies in several Länder stays undecided, so that the
caller can ask back.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_TOWN = frozenset(
    {"kreisfreie Stadt", "Stadtkreis", "kreisangehörige Stadt", "kreisangehörige Gemeinde"}
)
_DISTRICT = frozenset({"Landkreis", "Kreis", "Region", "Regionalverband", "Städteregion"})
_LAND = frozenset({"Land"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named; `land` is None while `candidates` lie in different Länder."""

    name: str
    kind: str  # "Land", "Landkreis", "kreisfreie Stadt", …; empty where it is not decided
    land: str | None
    variants: tuple[str, ...] = ()  # kinds that bear the name, all in the same Land
    candidates: tuple["Place", ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        return self.land is None

    @property
    def label(self) -> str:
        """Name the place as a person would: `Landkreis Görlitz (Sachsen)`."""
        if self.land is None:
            *others, last = dict.fromkeys(place.land or "" for place in self.candidates)
            return f"{self.name} ({', '.join(others)} oder {last})"
        return self.full_name if self.name == self.land else f"{self.full_name} ({self.land})"

    @property
    def full_name(self) -> str:
        if self.kind in _TOWN and self.kind != "kreisangehörige Gemeinde":
            return f"Stadt {self.name}"
        if self.kind in _DISTRICT and "kreis" not in self.name.lower():
            return f"{self.kind} {self.name}"
        return self.name


def find_places(text: str) -> tuple[Place, ...]:
    """Find the places a German or English text names, in order, each once."""
    tokens = _tokens(text)
    found: list[Place] = []
    index, starts = _index()
    state = _State(is_lower=text == text.lower(), asks_contact=_asks_contact(tokens))
    position = 0
    while position < len(tokens):
        longest = min(starts.get(tokens[position].folded, 0), len(tokens) - position)
        for size in range(longest, 0, -1):
            span = _Span(tokens, position, position + size)
            entry = index.get(span.key)
            if entry is None or not span.is_joined:
                continue
            kinds = _named_kinds(span, state)
            if _is_licensed(entry, span, kinds, state):
                found.append(_resolve(entry, kinds, span))
                state.note(span, kinds)
                position += size - 1
                break
        position += 1
    return _settle(dict.fromkeys(found))


@cache
def load_places() -> tuple[Place, ...]:
    """Read every place of the table, in its order."""
    return tuple(Place(row.name, row.kind, row.land) for row in _rows())


# --- The text -----------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")
_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class _Token(NamedTuple):
    text: str
    folded: str
    gap: str  # what stands between the previous token and this one


class _Span(NamedTuple):
    tokens: list[_Token]
    start: int
    end: int

    @property
    def key(self) -> str:
        return " ".join(token.folded for token in self.tokens[self.start : self.end])

    @property
    def text(self) -> str:
        first, *rest = self.tokens[self.start : self.end]
        return first.text + "".join(token.gap + token.text for token in rest)

    @property
    def is_joined(self) -> bool:
        """Tell a name from words that only follow each other: `Halle, Saale`, `Frankfurt oder`."""
        inner = self.tokens[self.start + 1 : self.end]
        if any(mark in token.gap for token in inner for mark in ",;:?!\n"):
            return False
        return not any(token.text == "oder" and token.gap == " " for token in inner)

    @property
    def is_capital(self) -> bool:
        return self.tokens[self.start].text[0].isupper()

    @property
    def is_upper(self) -> bool:
        return all(token.text.isupper() for token in self.tokens[self.start : self.end])

    def before(self, distance: int = 1) -> str:
        at = self.start - distance
        return self.tokens[at].folded if at >= 0 else ""

    @property
    def following(self) -> _Token:
        return self.tokens[self.end] if self.end < len(self.tokens) else _Token("", "", "")


@dataclass(slots=True)
class _State:
    """What the rest of the text says about the next name."""

    is_lower: bool
    asks_contact: bool
    last_end: int = -1
    last_kinds: frozenset[str] | None = None

    def note(self, span: _Span, kinds: frozenset[str] | None) -> None:
        self.last_end, self.last_kinds = span.end, kinds

    def is_listed(self, span: _Span) -> bool:
        """Tell whether the span goes on with a list of places: `Köln, Essen und Hamm`."""
        if span.start == self.last_end:
            return "," in span.tokens[span.start].gap or "/" in span.tokens[span.start].gap
        return span.start - 1 == self.last_end and span.before() in _CONJUNCTIONS


def _tokens(text: str) -> list[_Token]:
    text = unicodedata.normalize("NFC", text)
    tokens, end = [], 0
    for word in _WORD.finditer(text):
        tokens.append(_Token(word[0], _fold(word[0]), text[end : word.start()]))
        end = word.end()
    return tokens


def _fold(text: str) -> str:
    return text.lower().translate(_SPELLINGS)


def _key(phrase: str) -> str:
    return " ".join(_WORD.findall(_fold(phrase)))


# --- The index ----------------------------------------------------------------------------------


class _Row(NamedTuple):
    name: str
    kind: str
    land: str
    aliases: tuple[str, ...]


class _Rule(IntEnum):
    """What a form needs around it to count as a place."""

    NAME = 1
    ABBREVIATION = 2  # upper case, or a place word before it
    WORD = 3  # also an ordinary word or a surname: a place word before it
    FOOD = 4  # so ordinary that only `in`, `aus` or a kind prove it
    KIND = 5  # a landscape or a street unless "Kreis" stands before it
    LAND_ADJECTIVE = 6  # "Thüringer Kommunen"
    TOWN_ADJECTIVE = 7  # "Görlitzer Kreis"


class _Entry(NamedTuple):
    rule: _Rule
    rows: tuple[_Row, ...]


_ORDINARY = frozenset(
    "giessen hagen halle hof konstanz leer lippe neumarkt neustadt roth siegen weiden worms".split()
)
_RULES = (
    dict.fromkeys(_ORDINARY, _Rule.WORD)
    | dict.fromkeys(("essen", "regen"), _Rule.FOOD)
    | dict.fromkeys(("bergstrasse", "boerde", "harz"), _Rule.KIND)
)
_ANY_CASE = frozenset({"nrw", "rlp"})
_SHORT_ENDS = re.compile(r" \(| am | an der | im | in der ")
_CONTRACTIONS = ((" an der ", " a d "), (" in der ", " i d "), (" am ", " a "), (" im ", " i "))


@cache
def _rows() -> tuple[_Row, ...]:
    with (files("corpus") / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            _Row(row["name"], row["kind"], row["land"], tuple(filter(None, row["aliases"].split("|"))))
            for row in csv.DictReader(file)
        )


@cache
def _index() -> tuple[dict[str, _Entry], dict[str, int]]:
    """Build form → entry, and first word → the most words a form beginning with it has."""
    index: dict[str, _Entry] = {}
    forms = [(rule, key, row) for row in _rows() for rule, key in _forms(row)]
    for rule, key, row in sorted(forms, key=lambda form: form[0]):
        entry = index.setdefault(key, _Entry(rule, ()))
        if entry.rule == rule and row not in entry.rows:
            index[key] = _Entry(rule, (*entry.rows, row))
    starts: dict[str, int] = {}
    for key in index:
        first, *rest = key.split()
        starts[first] = max(starts.get(first, 0), 1 + len(rest))
    return index, starts


def _forms(row: _Row) -> Iterator[tuple[_Rule, str]]:
    """Every way to write the place, with what the form needs around it."""
    for phrase in _phrases(row):
        base = _key(phrase)
        rule = _rule(phrase, row)
        yield from ((rule, form) for form in _inflections(base))
        if row.kind != "Land" and " " not in base:
            yield from ((_Rule.TOWN_ADJECTIVE, form) for form in _adjectives(base))
    if row.name.endswith("kreis"):
        yield _Rule.KIND, _key(row.name.removesuffix("kreis"))


def _phrases(row: _Row) -> Iterator[str]:
    name = row.name
    yield from (name, *row.aliases)
    if "kreisangehörig" not in row.kind:
        yield _SHORT_ENDS.split(name)[0]
    if name.endswith("-Kreis"):
        yield name.removesuffix("-Kreis") + "kreis"
        if name.count("-") > 1:
            yield name.removesuffix("-Kreis")
    elif name.endswith("kreis"):
        yield name.removesuffix("kreis") + "-Kreis"


def _rule(phrase: str, row: _Row) -> _Rule:
    key = _key(phrase)
    if phrase.isupper() and key not in _ANY_CASE:
        return _Rule.ABBREVIATION
    if row.kind == "Land" and key.endswith("er") and phrase != row.name:
        return _Rule.LAND_ADJECTIVE
    return _RULES.get(key, _Rule.NAME)


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
    declined = re.sub(r"isch(er|e)\b|lich(e)\b", lambda m: m[0][:-len(m[1] or m[2])] + "en", base)
    if declined != base:
        yield declined
        yield declined + "es"


def _adjectives(base: str) -> Iterator[str]:
    yield base + ("r" if base.endswith("e") else "er")
    if base.endswith("en") and base not in _RULES:
        yield from (base.removesuffix("en") + "er", base.removesuffix("en") + "ner")


# --- What stands around a name ------------------------------------------------------------------

_KIND_WORDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "landkreis landkreise landkreisen landkreises lk lkr kreis kreise kreisen kreises "
        "kreisverwaltung landratsamt kreistag district county".split(),
        _DISTRICT,
    ),
    **dict.fromkeys(
        "stadt staedte staedten stadtkreis hansestadt landeshauptstadt universitaetsstadt "
        "kreisstadt stadtverwaltung stadtrat city town".split(),
        _TOWN,
    ),
    **dict.fromkeys(("land", "landes", "bundesland", "state"), _LAND),
    **dict.fromkeys(
        "region raum kommune gemeinde bildungskommune bildungsbuero jugendamt agentur "
        "transferagentur reab municipality".split(),
        frozenset[str](),
    ),
}
_PLURALS = frozenset("landkreise landkreisen kreise kreisen staedte staedten".split())
_SUFFIX_KINDS = _KIND_WORDS | {"land": _DISTRICT}
_CONJUNCTIONS = frozenset("und oder sowie and or".split())
_INSIDE = frozenset("in aus from".split())
_AROUND = frozenset("fuer for bei near nach um".split())
_TITLES = frozenset("herr herrn frau dr prof professor familie mr mrs ms".split())
_CONTACT = ("zustaendig", "ansprech", "reab", "agentur", "kontakt", "berat", "betreu", "contact")
_STREETS = ("strasse", "str", "allee", "platz", "ring", "tor", "weg")
_ADJECTIVE_HEADS = (
    "amt bildung buerger ganztag gemeind hochschul jugend kita kommun kreis landkreis landraet "
    "landrat rathaus raum region schul sozial stadt staedt umland universit verwaltung vhs "
    "volkshochschul"
).split()


def _asks_contact(tokens: Iterable[_Token]) -> bool:
    return any(token.folded.startswith(_CONTACT) for token in tokens)


def _named_kinds(span: _Span, state: _State) -> frozenset[str] | None:
    """Read the kind that is said beside the name; empty: any kind, None: nothing is said."""
    after = span.following
    if after.folded in _SUFFIX_KINDS and (after.gap.strip() or after.folded in _ENGLISH):
        if after.gap.strip(" (/-") == "":
            return _SUFFIX_KINDS[after.folded]
    if state.is_listed(span) and state.last_kinds is not None:
        return state.last_kinds
    if span.tokens[span.start].gap.strip(" -"):
        return None
    distance = 2 if span.before() in ("of", "von") else 1
    kinds = _KIND_WORDS.get(span.before(distance))
    both = span.before(distance + 1) in _CONJUNCTIONS | {""}
    if kinds and both and span.before(distance + 2) in _KIND_WORDS:
        return frozenset()
    return kinds

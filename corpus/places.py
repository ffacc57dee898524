"""Text in, the places it names out: Länder, Kreise and cities, each with the Land it lies in.

Names, keys and kinds in `places.csv` are facts of the official Gemeindeverzeichnis (Destatis,
territorial status since 1 July 2021): 16 Länder, 294 Kreise, 106 kreisfreie Städte. Beside them
stand the kreisangehörige towns above 50,000 inhabitants and the namesakes that make a name
ambiguous. Aliases are ours. A name that lies in several Länder stays undecided, so that the
caller can ask back.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from corpus.place_forms import WORD, Entry, Row, Rule, fold, load_forms, read_rows

_TOWN = frozenset(
    {"kreisfreie Stadt", "Stadtkreis", "kreisangehörige Stadt", "kreisangehörige Gemeinde"}
)
_DISTRICT = frozenset({"Landkreis", "Kreis", "Region", "Regionalverband", "Städteregion"})
_LAND = frozenset({"Land"})
_ANY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named; `land` is None while `candidates` lie in different Länder."""

    name: str
    kind: str  # "Land", "Landkreis", "kreisfreie Stadt", …; empty where the text leaves it open
    land: str | None
    variants: tuple[str, ...] = ()  # the kinds that bear the name, all in the same Land
    candidates: tuple["Place", ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether the caller has to ask which Land is meant."""
        return self.land is None

    @property
    def full_name(self) -> str:
        """The name with its kind: `Landkreis Görlitz`, `Stadt Fürth`, but `Saalekreis`."""
        if self.kind in _DISTRICT and "kreis" not in self.name.lower():
            return f"{self.kind} {self.name}"
        if self.kind in _TOWN and self.kind != "kreisangehörige Gemeinde":
            return f"Stadt {self.name}"
        return self.name

    @property
    def label(self) -> str:
        """What to show: `Landkreis Görlitz (Sachsen)`, `Kassel (Stadt oder Landkreis, Hessen)`.

        Where the Land is open, all that it may be: `Frankfurt (Hessen oder Brandenburg)`.
        """
        if self.land is None:
            *others, last = dict.fromkeys(place.land or "" for place in self.candidates)
            return f"{self.name} ({', '.join(others)} oder {last})"
        if self.name == self.land:
            return self.full_name
        if self.variants:
            kinds = dict.fromkeys("Stadt" if kind in _TOWN else kind for kind in self.variants)
            return f"{self.name} ({' oder '.join(kinds)}, {self.land})"
        has_brackets = self.name.endswith(")")
        return (
            f"{self.full_name}, {self.land}" if has_brackets else f"{self.full_name} ({self.land})"
        )


def find_places(text: str) -> tuple[Place, ...]:
    """Find the places a German or English text names, in order, each once."""
    tokens = _tokens(text)
    forms = load_forms()
    context = _Context(is_lower=text == text.lower(), asks_contact=_asks_contact(tokens))
    found: list[Place] = []
    position = 0
    while position < len(tokens):
        most = min(forms.longest.get(tokens[position].folded, 0), len(tokens) - position)
        spans = (_Span(tokens, position, position + size) for size in range(most, 0, -1))
        for span in spans:
            entry = forms.entries.get(span.key)
            if entry is not None and (place := _read(entry, span, context)):
                found.append(place)
                position = span.end - 1
                break
        position += 1
    return _settle(found)


@cache
def load_places() -> tuple[Place, ...]:
    """Give every place of the table, Länder first."""
    return tuple(_place(row) for row in read_rows())


@cache
def land_names() -> tuple[str, ...]:
    """Give the German names of the sixteen Länder."""
    return tuple(place.name for place in load_places() if place.kind == "Land")


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

    @property
    def is_alone(self) -> bool:
        return self.end - self.start == len(self.tokens)

    @property
    def gap(self) -> str:
        return self.tokens[self.start].gap

    @property
    def following(self) -> _Token:
        return self.tokens[self.end] if self.end < len(self.tokens) else _Token("", "", "")

    def before(self, distance: int = 1) -> str:
        at = self.start - distance
        return self.tokens[at].folded if at >= 0 else ""


@dataclass(slots=True)
class _Context:
    """What the rest of the text says about the next name."""

    is_lower: bool  # typed without any capital
    asks_contact: bool
    last_end: int = -1
    last_kinds: frozenset[str] | None = None

    def is_listed(self, span: _Span) -> bool:
        """Tell whether the span goes on with a list of places: `Köln, Essen und Hamm`."""
        if span.start == self.last_end:
            return "," in span.gap or "/" in span.gap
        return span.start - 1 == self.last_end and span.before() in _CONJUNCTIONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DISTRICT_WORDS = _words(
    "landkreis landkreise landkreisen landkreises lk lkr kreis kreise kreisen kreises "
    "kreisverwaltung landratsamt kreistag staedteregion regionalverband district county"
)
_TOWN_WORDS = _words(
    "stadt staedte staedten stadtkreis hansestadt landeshauptstadt universitaetsstadt kreisstadt "
    "stadtverwaltung stadtrat city town"
)
_PLACE_WORDS = _words(
    "raum kommune gemeinde bildungskommune bildungsbuero jugendamt agentur "
    "transferagentur reab municipality"
)
_KIND_WORDS = {
    **dict.fromkeys(_DISTRICT_WORDS, _DISTRICT),
    **dict.fromkeys(_TOWN_WORDS, _TOWN),
    **dict.fromkeys(_words("land landes bundesland state"), _LAND),
    **dict.fromkeys(_PLACE_WORDS, _ANY),
    "region": frozenset({"Region", "Städteregion"}),
}
_KIND_AFTER = {
    **dict.fromkeys(_DISTRICT_WORDS | {"land"}, _DISTRICT),
    **dict.fromkeys(_TOWN_WORDS, _TOWN),
}
_PLURALS = _words("landkreise landkreisen kreise kreisen staedte staedten")
_CONJUNCTIONS = _words("und oder sowie bzw and or")
_INSIDE = _words("in aus from")
_AROUND = _words("fuer for bei near nach um")
_TITLES = _words("herr herrn frau dr prof professor familie mr mrs ms")
_STREETS = _words("str strasse allee platz ring tor weg")
_CONTACT = ("zustaendig", "ansprech", "reab", "agentur", "kontakt", "berat", "betreu", "contact")
_DISTRICT_HEADS = ("kreis", "landkreis", "landrat", "landraet")
_TOWN_HEADS = ("stadt", "staedt", "rathaus")
_OTHER_HEADS = tuple(
    "amt bildung buerger ganztag gemeind hochschul jugend kita kommun raum region schul sozial "
    "umland universit verwaltung vhs volkshochschul".split()
)


def _tokens(text: str) -> list[_Token]:
    text = unicodedata.normalize("NFC", text)
    tokens, end = [], 0
    for word in WORD.finditer(text):
        tokens.append(_Token(word[0], fold(word[0]), text[end : word.start()]))
        end = word.end()
    return tokens


def _asks_contact(tokens: Iterable[_Token]) -> bool:
    return any(token.folded.startswith(_CONTACT) for token in tokens)


def _read(entry: Entry, span: _Span, context: _Context) -> Place | None:
    """Take the words as a place if what stands around them allows it."""
    if not span.is_joined or span.before() in _TITLES:
        return None
    is_adjective = entry.rule is Rule.TOWN_ADJECTIVE
    kinds = _kinds_of_head(span) if is_adjective else _named_kinds(span, context)
    if kinds == _LAND and not any(row.kind == "Land" for row in entry.rows):
        kinds = None
    if not _is_licensed(entry, span, kinds, context):
        return None
    is_plural = span.before() in _PLURALS or context.is_listed(span)
    context.last_end, context.last_kinds = span.end, kinds if is_plural else None
    return _resolve(entry.rows, kinds)


def _named_kinds(span: _Span, context: _Context) -> frozenset[str] | None:
    """Read the kinds said beside the name; empty: any, None: nothing is said."""
    after = span.following
    if after.gap and not after.gap.strip(" (/-") and _is_kind_after(after):
        return _KIND_AFTER[after.folded]
    if context.is_listed(span):
        return context.last_kinds
    if span.gap.strip(" -" if span.before() not in ("lk", "lkr") else " -."):
        return None
    distance = 2 if span.before() in ("of", "von") else 1
    kinds = _KIND_WORDS.get(span.before(distance))
    if not kinds:
        return kinds
    has_conjunction = span.before(distance + 1) in _CONJUNCTIONS
    other = _KIND_WORDS.get(span.before(distance + 1 + has_conjunction))
    return _ANY if other and other != kinds else kinds


def _is_kind_after(after: _Token) -> bool:
    """Accept `Kassel (Stadt)`, `Leipzig-Land` and `Kassel district`, not `Kassel Stadt …`."""
    return after.folded in _KIND_AFTER and (
        bool(after.gap.strip()) or after.folded in ("district", "county")
    )


def _is_licensed(
    entry: Entry, span: _Span, kinds: frozenset[str] | None, context: _Context
) -> bool:
    if entry.rule is Rule.KIND:
        return kinds is not None and any(row.kind in kinds for row in entry.rows)
    if entry.rule is Rule.LAND_ADJECTIVE:
        return _is_before_noun(span, context)
    if entry.rule is Rule.TOWN_ADJECTIVE:
        return kinds is not None
    return entry.rule is Rule.NAME or kinds is not None or _is_placed(entry.rule, span, context)


def _kinds_of_head(span: _Span) -> frozenset[str] | None:
    """Read what an adjective qualifies: `Görlitzer Kreis`, `Kasseler Rathaus`."""
    head = span.following.folded
    if head.startswith(_DISTRICT_HEADS):
        return _DISTRICT
    if head.startswith(_TOWN_HEADS):
        return _TOWN
    return _ANY if head.startswith(_OTHER_HEADS) else None


def _is_before_noun(span: _Span, context: _Context) -> bool:
    """Tell `Brandenburger Kommunen` from a surname and from `Berliner Straße`."""
    noun = span.following
    if not noun.text or noun.gap != " " or noun.folded in _STREETS:
        return False
    return (noun.text[0].isupper() or context.is_lower) and not noun.folded.endswith("strasse")


def _is_placed(rule: Rule, span: _Span, context: _Context) -> bool:
    """Decide on a word that is more than a place: `in Essen`, `für Hof`, `MV`."""
    if (rule is Rule.ABBREVIATION and span.is_upper) or (rule is Rule.VERB and span.is_capital):
        return True
    if span.is_alone or span.before() in _INSIDE or context.is_listed(span):
        return span.is_capital or context.is_lower
    if span.before() not in _AROUND or rule in (Rule.ABBREVIATION, Rule.VERB):
        return span.before() in _AROUND
    return span.is_capital and (rule is Rule.WORD or context.asks_contact)


def _resolve(rows: tuple[Row, ...], kinds: frozenset[str] | None) -> Place:
    """Choose by the kind said, else the Land of that name, else leave the kind or Land open."""
    fitting = tuple(row for row in rows if row.kind in (kinds or _LAND))
    chosen = fitting or tuple(row for row in rows if row.kind == "Land") or rows
    if len(chosen) == 1:
        is_other_kind = bool(kinds) and not fitting and chosen[0].kind != "Land"
        return _place(chosen[0]) if not is_other_kind else Place(chosen[0].name, "", chosen[0].land)
    shortest = min((row.short_name for row in chosen), key=len)
    variants = tuple(dict.fromkeys(row.kind for row in chosen))
    if len({row.land for row in chosen}) > 1:
        return Place(shortest, "", None, candidates=tuple(_place(row) for row in chosen))
    if len(variants) == 1:
        return Place(shortest, variants[0], chosen[0].land)
    return Place(shortest, "", chosen[0].land, variants)


def _place(row: Row) -> Place:
    return Place(row.name, row.kind, row.land)


def _settle(found: list[Place]) -> tuple[Place, ...]:
    """Decide an open name by the Land named beside it: `Frankfurt in Hessen`."""
    lands = {place.land for place in found if place.kind == "Land"}
    settled = []
    for place in found:
        beside = [candidate for candidate in place.candidates if candidate.land in lands]
        settled.append(beside[0] if len(beside) == 1 else place)
    return tuple(dict.fromkeys(settled))

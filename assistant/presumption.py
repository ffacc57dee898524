"""What a question takes for granted, looked up: the documents may say something else.

"Warum endet das Netz 2026?" takes a year for granted; "Wann endet das Netz?" asks for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.conflicts import MINISTRY
from assistant.figures import amounts, counted, in_english, spans
from assistant.findings import Finding, Search
from assistant.matching import coverage
from assistant.premises import WHY, say
from assistant.question import Question
from assistant.selection import select
from assistant.units import Unit
from corpus.dates import DAY, MONTHS, find_times, show_time
from corpus.places import find_places

Kind = Literal["amount", "duration", "count", "date", "ministry", "place"]

ABOUT = 0.5  # share of the asked-for words that the unit must cover which says something else

_NUMBER = (
    r"\b(?:\d[\d.]*(?:,\d+)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_ABOUT = r"(?:\b(?:nur|höchstens|maximal|mindestens|rund|etwa|genau|bis zu|only|at most|about)\s+)*"
_AT = (
    r"(?:\b(?:erst|schon|bereits|nur|only)\s+)?(?:\b(?:seit|ab|am|bis|zum|im|in|vom|auf|für|since|"
    r"until|by|on|from|for)\s+)?(?:\b(?:dem|den|Jahr|Ende|Anfang|Mitte|the|year|end of)\s+)*"
)
_SPAN = r"(?:Tag|Woche|Monat|Jahr|day|week|month|year)"
# What is taken for granted, and how to ask for it; what is counted is asked for by name.
_FORMS: tuple[tuple[Kind, str, str, str], ...] = (
    (
        "amount",
        rf"{_ABOUT}{_NUMBER}\s*(?:%|Prozent\b|percent\b|vom Hundert|"
        r"(?:(?:Mio|Mrd|Million|Milliarde)\w*\.?\s*)?(?:€|EUR\b|euros?\b))",
        "Wie hoch", "How much",
    ),
    ("duration", rf"{_AT}{_ABOUT}{_NUMBER}\s+{_SPAN}\w*", "Wie lange", "How long"),
    ("date", rf"{_AT}(?:{DAY}|(?:(?:{MONTHS})\s)?\b(?:19|20)\d\d\b(?!/\d\d\d))", "Wann", "When"),
    (
        "count",
        rf"{_ABOUT}(?:\b(?:die|der|den|the)\s+)?{_NUMBER}\s+(?!{_SPAN}|Prozent|Euro|Mi)(\w{{3,}})",
        "Wie viele", "How many",
    ),
    (
        "ministry",
        r"(?:(?:das|dem|the)\s+)?(?:(?:Federal\s+)?Ministry\s+(?:of|for)\s+[\w, ]{3,60}?\s)?"
        rf"\(?(?-i:{MINISTRY.pattern})\)?",
        "Welches Ministerium", "Which ministry",
    ),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), words) for kind, pattern, *words in _FORMS
)
_REASON = re.compile(rf"{WHY.pattern}\s+(.*?)(?:\?|$)", re.IGNORECASE)
# "die zwölf Büros", "welche zehn Büros": how many there are is taken for granted in any question.
_ALL_OF = re.compile(
    rf"\b(?:die|der|den|welche[nr]?|the|which)\s+({_NUMBER})\s+(?!{_SPAN}|Prozent|Euro|Mi)(\w{{3,}})",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")
_ASKER = re.compile(r"\b(?:wir|uns|unser\w*|ich|mein\w*|mich|mir|we|our|us|i|my|me)\b", re.I)
# Where something has its seat, with the place: "Wo sitzt das Büro in Köln?"
_SEAT = re.compile(r"\b(?:sitzt|sitz|straße|anschrift|adresse|standort|büro|located|based)\b", re.I)
_SEATED = re.compile(r"^(?!.*\bnicht\b).*(?:\bSitz\b|Standort|Anschrift|\b\d{5} [A-ZÄÖÜ])", re.S)
_IN_PLACE = re.compile(r"\s+(?:in|aus)\s+((?:der\s)?[A-ZÄÖÜ][\w-]+)")


@dataclass(frozen=True, slots=True)
class Presumption:
    """A value that a question takes for granted, and the questions that ask for it.

    The later ones are for where the documents do not answer the one before.
    """

    kind: Kind
    value: str
    noun: str  # what is counted
    questions: tuple[str, ...]

    def said(self, text: str) -> list[str]:
        """Return what a text gives of this kind; of sums and shares, those in the same unit."""
        unit = self.value.split()[-1] if self.kind == "amount" else ""
        return [one for one in _given(self.kind, text, self.noun) if one.endswith(unit)]

    def show(self, value: str, *, is_english: bool) -> str:
        """Write a value as a reader expects it; names stay as the documents have them."""
        match self.kind:
            case "date":
                return show_time(value, is_english=is_english)
            case "amount" | "duration" | "count" if is_english:
                return in_english(value)
            case _:
                return value

    def is_in(self, text: str) -> bool:
        """Tell whether a text gives this value; a year agrees with a day in it."""
        said = self.said(text)
        if self.kind != "date":
            return self.value in said
        return any(one.startswith(self.value) or self.value.startswith(one) for one in said)


@dataclass(frozen=True, slots=True)
class Denial:
    """What the documents say against a question, and the unit that says it."""

    text: str
    unit: Unit


def _given(kind: Kind, text: str, noun: str) -> list[str]:
    """Return what a text gives of a kind of fact, spelled alike, in a fixed order."""
    match kind:
        case "amount":
            return sorted(amounts(text))
        case "duration":
            return sorted(spans(text))
        case "count":
            return sorted(counted(text, noun))
        case "date":
            return sorted(set(find_times(text)))
        case "ministry":
            return list(dict.fromkeys(MINISTRY.findall(text)))
        case "place":
            seats = find_places(text) if _SEATED.search(text) else ()
            return [one.name for one in seats if one.name != one.land]


def denial(question: Question, search: Search) -> Denial | None:
    """Look up what a question takes for granted; None where the documents agree or are silent."""
    if question.kind in ("yesno", "still", "comparison"):
        return None
    for presumption in presumptions(question):
        found = (search.find(asked) for asked in presumption.questions)
        answered = next((one for one in found if one.outcome != "refused"), None)
        denied = _denied(question, presumption, answered) if answered else None
        if denied:
            return denied
    return None


def _denied(question: Question, presumption: Presumption, found: Finding) -> Denial | None:
    best, *beside = select(found.units, is_strict=found.query.is_strict)
    if presumption.kind in ("place", "count"):
        best = next((unit for unit in (best, *beside) if presumption.said(unit.text)), best)
    said = presumption.said(best.text)
    also = [] if presumption.kind == "ministry" else beside  # a former one is named beside it
    if (
        not said
        or any(presumption.is_in(unit.text) for unit in (best, *also))
        or coverage(found.query.words, best.context) < ABOUT
    ):
        return None
    asked, *others = (
        presumption.show(value, is_english=question.is_english)
        for value in (presumption.value, *said)
    )
    return Denial(say("otherwise", question, asked, ", ".join(others)), best)


def presumptions(question: Question) -> Iterator[Presumption]:
    """Yield what a question takes for granted: behind "warum", and in a sentence before it."""
    why = _REASON.search(question.text)
    clauses = [why[1]] if why else []
    clauses += [
        sentence.rstrip(".!")
        for sentence in _SENTENCE.split(question.text)
        if not sentence.endswith("?") and not _ASKER.search(sentence) and not why
    ]
    for clause in clauses:
        yield from _values_of(clause, is_english=question.is_english)
    for number, noun in () if why else _ALL_OF.findall(question.text):
        for value in counted(f"{number} {noun}", noun):
            asked = _how_many(noun, is_english=question.is_english)
            yield Presumption("count", value, noun, (asked,))
    if _SEAT.search(question.text):
        yield from _seat_of(why[1] if why else question.text.rstrip("?"))


def _values_of(clause: str, *, is_english: bool) -> Iterator[Presumption]:
    for kind, pattern, (german, english) in _COMPILED:
        match = pattern.search(clause)
        if not match:
            continue
        rest = f"{clause[: match.start()]} {clause[match.end() :]}"
        noun = match[1] if kind == "count" else ""
        asked = " ".join(f"{english if is_english else german} {noun} {rest}".split())
        for value in _given(kind, match[0], noun):
            plain = (_how_many(noun, is_english=is_english),) if kind == "count" else ()
            yield Presumption(kind, value, noun, (f"{asked}?", *plain))


def _how_many(noun: str, *, is_english: bool) -> str:
    return f"How many {noun} are there?" if is_english else f"Wie viele {noun} gibt es?"


def _seat_of(clause: str) -> Iterator[Presumption]:
    match = _IN_PLACE.search(clause)
    for place in find_places(match[0]) if match else ():
        rest = f"{clause[: match.start()]}{clause[match.end() :]}" if match else clause
        asked = rest if rest.lower().startswith(("wo", "in w")) else f"Wo {rest}"
        yield Presumption("place", place.name, "", (f"{asked}?",))

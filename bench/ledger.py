"""What editors did and when, and what an answer may and must therefore say at a moment.

Times are those of one monotonic clock. A change counts as possible from the moment it is asked for
and as certain once it is acknowledged and every replica has had `lag` seconds with the server up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

OPEN = frozenset({"public", "internal"})  # whoever has logged in reads both
NEVER = math.inf


@dataclass(slots=True)
class Fact:
    """One version of one document; `mark` stands in it and in no other content."""

    name: str  # of the programme that it is about
    audience: str
    amount: str
    mark: str
    asked: float = NEVER  # for taking it in
    there: float = NEVER  # acknowledged
    leaving: float = NEVER  # taking it out was asked for
    gone: float = NEVER  # acknowledged

    @property
    def sentence(self) -> str:
        return f"Das Programm {self.name} fördert jedes Vorhaben mit höchstens {self.amount} Euro."

    @property
    def text(self) -> str:
        return f"# Programm {self.name}\n\n{self.sentence} Das Aktenzeichen lautet {self.mark}.\n"

    @property
    def question(self) -> str:
        return f"Mit wie viel Euro fördert das Programm {self.name} jedes Vorhaben höchstens?"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one reader was shown; `answer` is None where the question got no answer."""

    began: float
    ended: float
    groups: frozenset[str]
    way: str  # the interface
    name: str  # of the programme that was asked for
    shown: str  # everything that came back
    answer: str | None = None
    quotes: tuple[str, ...] = ()
    is_unavailable: bool = False  # and said so


@dataclass(slots=True)
class Ledger:
    """All facts, all outages of the server, and texts that are there for everyone all the time."""

    lag: float
    always: Sequence[str] = ()
    facts: list[Fact] = field(default_factory=list)
    outages: list[list[float]] = field(default_factory=list)

    def known_by(self, moment: float) -> float:
        """Return when every replica has to know what was acknowledged at a moment."""
        left = self.lag
        for down, up in self.outages:
            if up <= moment:
                continue
            before = max(0.0, down - moment)
            if left <= before:
                break
            left, moment = left - before, up
        return moment + left

    def faults(self, seen: Seen) -> list[str]:
        """Return what is wrong with what a reader was shown; nothing for what is right."""
        found = []
        readable = [one for one in self.facts if self._may_show(one, seen)]
        marks = {one.mark for one in readable}
        for mark in {one.mark for one in self.facts} - marks:
            if mark in seen.shown:
                found.append(f"{seen.way} shows {mark}, which is not there for this reader")
        texts = [one.text for one in readable]
        for quote in seen.quotes:
            if not any(quote in text for text in (*texts, *self.always)):
                found.append(f"{seen.way} quotes what no document says: {quote}")
        found += [
            f"{seen.way} does not find {one.amount} of {one.name}: {seen.answer}"
            for one in self.due(seen)
            if one.amount not in (seen.answer or "")
        ]
        return found

    def due(self, seen: Seen) -> list[Fact]:
        """Return what an answer has to say: what is there for this reader beyond doubt."""
        if seen.answer is None:
            return []
        return [one for one in self.facts if one.name == seen.name and self._must(one, seen)]

    def is_closed(self, seen: Seen) -> bool:
        """Whether what was asked for is there, and nothing of it for this reader."""
        asked = [one for one in self.facts if one.name == seen.name and one.there < seen.began]
        return any(seen.began < one.gone for one in asked) and not any(
            self._may_show(one, seen) for one in asked
        )

    def staleness(self, seen: Seen) -> float:
        """Return how long ago what is shown was acknowledged to be gone; 0 where it is current."""
        last: dict[str, float] = {}
        for one in self.facts:
            if one.mark in seen.shown or one.amount in seen.shown:
                last[one.mark] = max(one.gone, last.get(one.mark, 0.0))
        return max(0.0, *(seen.began - gone for gone in last.values()), 0.0)

    def _reads(self, fact: Fact, seen: Seen) -> bool:
        return fact.audience in OPEN | seen.groups

    def _may_show(self, fact: Fact, seen: Seen) -> bool:
        is_gone = fact.gone < NEVER and self.known_by(fact.gone) < seen.began
        return self._reads(fact, seen) and fact.asked <= seen.ended and not is_gone

    def _must(self, fact: Fact, seen: Seen) -> bool:
        is_known = fact.there < NEVER and self.known_by(fact.there) < seen.began
        return self._reads(fact, seen) and is_known and seen.ended < fact.leaving

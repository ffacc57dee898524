"""Scored units to the few that are quoted, and those to spans that read well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query import Query
from assistant.units import Unit
from corpus.documents import Hit, Passage

MARGIN = 2.2  # in log-odds below the best unit
MOST = 4  # quotes in one answer
EVIDENCE_REACH = 8.0  # how far below the best a unit that holds the wanted fact is still taken

# A sentence that starts like this says little without the one before it.
_ANAPHOR = re.compile(
    r"(?:Er|Sie|Es|Ihr|Ihre[nmrs]?|Sein|Seine[nmrs]?|Dies|Diese[nmrs]?|Deren|Dessen|Dabei|Dadurch|"
    r"Dafür|Dagegen|Daher|Damit|Danach|Daneben|Daran|Darauf|Daraus|Darin|Darüber|Darunter|Davon|"
    r"Dazu|Dort|Hier|Hierbei|Hierfür|Hierzu|Letztere[nmrs]?|Erstere[nmrs]?|Außerdem|Zudem|Auch|"
    r"Ferner|Somit|Jedoch|Allerdings|Ebenso|Gleiches|Solche[nmrs]?|Beispiele? hierfür|Zum anderen|"
    r"Darüber hinaus|Weiterhin|This|These|It|They|He|She)\b"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of one passage."""

    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """The span, verbatim."""
        return self.hit.passage.text[self.start : self.end]


def select(query: Query, units: Sequence[Unit]) -> list[Unit]:
    """Choose the units to quote, best first; at most `MOST`, never the same words twice."""
    if not units:
        return []
    candidates = ranked(query, units)
    chosen: list[Unit] = []
    said: set[str] = set()
    for unit in candidates:
        if unit.score < candidates[0].score - MARGIN or len(chosen) == MOST:
            continue
        words = " ".join(unit.text.split()).casefold()
        if words not in said:
            said.add(words)
            chosen.append(unit)
    return chosen


def ranked(query: Query, units: Sequence[Unit]) -> list[Unit]:
    """Return the units that can answer, best first: only those that hold what is demanded."""
    if any(unit.has_evidence is None for unit in units):
        return list(units)
    floor = units[0].score - EVIDENCE_REACH
    holding = [unit for unit in units if unit.has_evidence and unit.score >= floor]
    return holding or list(units)


def quotes(units: Sequence[Unit]) -> list[Quote]:
    """Turn units into quotes: with the sentence an anaphor points to, neighbours merged.

    Quotes of the best passage come first; within a passage they keep the order of the text.
    """
    spans: dict[str, set[int]] = {}
    hits: dict[str, Hit] = {}
    for rank, unit in enumerate(units):
        passage = unit.hit.passage
        hits.setdefault(passage.id, unit.hit)
        positions = spans.setdefault(passage.id, set())
        positions.add(unit.position)
        if unit.position and _ANAPHOR.match(unit.text):
            positions.add(unit.position - 1)
        if rank == 0 and _goes_on(passage, unit.position + 1):
            positions.add(unit.position + 1)
    return [
        Quote(hits[passage_id], start, end)
        for passage_id, positions in spans.items()
        for start, end in _merge(hits[passage_id].passage, sorted(positions))
    ]


def _goes_on(passage: Passage, position: int) -> bool:
    """Tell whether the sentence at `position` speaks on about the one before it."""
    if position >= len(passage.sentences):
        return False
    return _ANAPHOR.match(passage.text, *passage.sentences[position]) is not None


def _merge(passage: Passage, positions: Sequence[int]) -> list[tuple[int, int]]:
    """Join positions that follow each other into one span."""
    merged: list[tuple[int, int]] = []
    last = -2
    for position in positions:
        start, end = passage.sentences[position]
        if position == last + 1:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
        last = position
    return merged

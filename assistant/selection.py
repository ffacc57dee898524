"""Scored units to the few that are quoted, and those to spans that read well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.units import Unit
from corpus.analysis import content_stems
from corpus.documents import Hit, Passage, Span

MARGIN = 4.0  # in log-odds below the best unit
KNOWN_REST = 0.2  # a unit is said already when no more of its words than this are new
MOST = 6  # quotes in one answer
EVIDENCE_REACH = 4.0  # how far below the best a unit that holds the wanted fact is still taken

_FIGURE = re.compile(r"\d[\d.,/]*")
# A sentence that starts like this says little without the one before it.
_ANAPHOR = re.compile(
    r"(?:Er|Sie|Es|Ihr|Ihre[nmrs]?|Sein|Seine[nmrs]?|Dies|Diese[nmrs]?|Deren|Dessen|Dabei|Dadurch|"
    r"Dafür|Dagegen|Daher|Damit|Danach|Daneben|Daran|Darauf|Daraus|Darin|Darüber|Darunter|Davon|"
    r"Dazu|Dort|Hier|Hierbei|Hierfür|Hierzu|Letztere[nmrs]?|Erstere[nmrs]?|Außerdem|Zudem|Auch|"
    r"Ferner|Somit|Jedoch|Allerdings|Ebenso|Gleiches|Solche[nmrs]?|Beispiele? hierfür|Zum anderen|"
    r"Darüber hinaus|Weiterhin|This|These|It|They|He|She)\b"
)
_COLUMN = re.compile(r"([^:|\n]+): [^|\n]+ \| ")  # "Angebot: Lesekreis | Ort: Köln"


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

    def holds(self, passage: Passage, span: Span) -> bool:
        """Whether a span of a passage is quoted in this."""
        return self.hit.passage.id == passage.id and self.start <= span[0] and span[1] <= self.end


def select(units: Sequence[Unit], *, is_strict: bool = False) -> list[Unit]:
    """Choose the units to quote, best first; at most `MOST`, never the same words twice.

    Where the question `is_strict`, a unit about another place, or one that says what is so where
    the question asks for what is not, is no answer, however near it comes; what merely speaks of
    the place stays away from what answers.
    """
    if not units:
        return []
    wanted = {True} if best_of(units).has_evidence else {True, None}
    close = [
        unit
        for unit in units
        if unit.score >= units[0].score - MARGIN and (unit.has_evidence in wanted or not is_strict)
    ]
    chosen: list[Unit] = []
    said: set[str] = set()
    for unit in dict.fromkeys([best_of(units), *close]):
        content = {*content_stems(unit.text), *_FIGURE.findall(unit.text)}
        is_new = len(content - said) > KNOWN_REST * len(content)
        if is_new and len(chosen) < MOST:
            said |= content
            chosen.append(unit)
    return chosen


def is_other_row(unit: Unit, answering: Unit) -> bool:
    """Tell whether a unit is a row of the same table, but not the one asked for.

    It holds no word of the question that the answering row does not hold as surely.
    """
    one, other = (_COLUMN.match(each.text) for each in (unit, answering))
    if not one or not other or one[1] != other[1]:
        return False
    if unit.hit.passage.document_id != answering.hit.passage.document_id:
        return False
    pairs = list(zip(unit.matches, answering.matches, strict=True))
    return all(own <= best for own, best in pairs) and any(own < best for own, best in pairs)


def best_of(units: Sequence[Unit]) -> Unit:
    """Return the unit that answers: the first near the top that holds the fact asked for."""
    near = [unit for unit in units if unit.score >= units[0].score - EVIDENCE_REACH]
    return next((unit for unit in near if unit.has_evidence), units[0])


def quotes(units: Sequence[Unit]) -> list[Quote]:
    """Turn units into quotes: with the sentence an anaphor points to, neighbours merged.

    The order stays that of the units, most important first; what leads in a list that goes on from
    an earlier passage stands before it.
    """
    wanted: dict[tuple[str, int], int] = {}  # passage and position to the rank of their unit
    hits = {unit.hit.passage.id: unit.hit for unit in units}
    for rank, unit in enumerate(units):
        passage = unit.hit.passage
        positions = [unit.position]
        if unit.position and points_back(unit.text):
            positions.append(unit.position - 1)
        if rank == 0 and _goes_on(passage, unit.position + 1):
            positions.append(unit.position + 1)
        for position in positions:
            wanted.setdefault((passage.id, position), rank)
    ranked: list[tuple[int, Quote]] = []
    for (passage_id, position), rank in sorted(wanted.items()):
        hit = hits[passage_id]
        start, end = hit.passage.sentences[position]
        if (passage_id, position - 1) in wanted:
            earlier, before = ranked.pop()
            ranked.append((min(earlier, rank), Quote(hit, before.start, end)))
        else:
            ranked.append((rank, Quote(hit, start, end)))
    return _with_heads([quote for _, quote in sorted(ranked, key=lambda one: one[0])], units)


def _with_heads(found: Sequence[Quote], units: Sequence[Unit]) -> list[Quote]:
    """Put what leads in a list before the items of it that stand somewhere else."""
    heads = {(unit.hit.passage.id, unit.span[0]): unit.head for unit in units if unit.head}
    whole: list[Quote] = []
    for quote in found:
        head = heads.get((quote.hit.passage.id, quote.start))
        if head and not any(one.holds(head.passage, head.span) for one in (*whole, *found)):
            whole.append(Quote(replace(quote.hit, passage=head.passage), *head.span))
        whole.append(quote)
    return whole


def _goes_on(passage: Passage, position: int) -> bool:
    """Tell whether the sentence at `position` speaks on about the one before it."""
    if position >= len(passage.sentences):
        return False
    start, end = passage.sentences[position]
    return points_back(passage.text[start:end])


def points_back(sentence: str) -> bool:
    """Tell whether a sentence speaks of what the one before it named: "Sie umfasst …"."""
    return _ANAPHOR.match(sentence) is not None

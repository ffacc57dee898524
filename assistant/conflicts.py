"""Statements about the same thing that give different figures, dates or ministries."""

import re
from collections.abc import Sequence

from assistant.figures import amounts, counted, spans
from assistant.matching import coverage
from assistant.query import Query
from assistant.question import Question
from assistant.units import Unit
from assistant.validity import Timeframe
from corpus.analysis import content_stems
from corpus.dates import find_days
from corpus.places import find_places

REACH = 8.0  # how far below the best unit, in log-odds, a contradiction is looked for
ALIKE = 0.3  # share of common words (Jaccard) that makes two statements be about the same
MINISTRY = re.compile(r"\bBM[A-Z]{1,8}\b|\bBundesministerium für [A-ZÄÖÜ]\w+")


def rivals(
    query: Query, units: Sequence[Unit], chosen: Sequence[Unit], timeframe: Timeframe
) -> list[Unit]:
    """Return, of other documents, the best unit that contradicts the first of the chosen ones.

    It has to lie near and to cover as much of the question; a list, because there may be none.
    """
    if not chosen:
        return []
    best = chosen[0]
    covered = coverage(query.words, best.context)
    for unit in units:
        if (
            unit.score >= best.score - REACH
            and unit.hit.passage.document_id != best.hit.passage.document_id
            and coverage(query.words, unit.context) >= covered
            and timeframe.ended(unit.hit.passage, unit.text) is None
            and contradict(query.question, best.text, unit.text)
        ):
            return [unit]
    return []


def contradict(question: Question, one: str, other: str) -> bool:
    """Tell whether two statements answer the question with values that have nothing in common."""
    first, second = _values(question, one), _values(question, other)
    return bool(first and second) and not first & second and _is_alike(one, other)


def _values(question: Question, text: str) -> set[str]:
    """Return what a statement gives for the kind of fact that is asked for."""
    if "minister" in question.text.lower():
        return set(MINISTRY.findall(text))
    match question.kind:
        case "share" | "amount":
            return amounts(text)
        case "count":
            return counted(text, question.focus)
        case "date" | "end":
            return {day.isoformat() for day in find_days(text)}
        case "duration" | "span":
            return spans(text)
        case _:
            return set()


def _is_alike(one: str, other: str) -> bool:
    first, second = (_subject(text) for text in (one, other))
    if {place.name for place in find_places(one)} != {place.name for place in find_places(other)}:
        return False
    return len(first & second) >= ALIKE * len(first | second)


def _subject(text: str) -> set[str]:
    return set(content_stems(re.sub(r"\S*\d\S*", " ", text)))

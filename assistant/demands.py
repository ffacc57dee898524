"""What a question demands of its answer: a kind of fact, a count, a place, a denial."""

import re

from assistant.evidence import (
    OPTIONAL,
    Evidence,
    counts,
    holds,
    is_in_unit_asked,
    names_somebody,
)
from assistant.matching import SHORTEST_PART, match, text_words
from assistant.negation import denies
from assistant.query import Query, QueryWord
from assistant.question import Question
from assistant.validity import is_of_another_year, lacks_year
from corpus.analysis import fold, words
from corpus.documents import Passage
from corpus.places import find_places

# How editors mark a sentence that says openly what the documents leave open.
GAP_MARKERS = ("Nicht belegt:", "Nicht dokumentiert:")
SHORTEST_TAIL = 3  # characters of the last part of a compound

# What may differ from year to year.
_OF_A_YEAR: frozenset[Evidence] = frozenset({"amount", "share", "count", "end", "date"})
# Who asks for heads is answered by whoever is counted.
_HEADS = re.compile(r"(?:leute|personen|menschen|koepfe|people|persons)$")
_SOMEBODY = re.compile(
    r"mitglied|vertret|person|beschaeftigt|mitarbeit|teilnehm|jugendlich|kind|einwohner|buerger|"
    r"raet|beisitz|angehoerig|beauftragt|bewerb|gewaehlt|fachkr|kraefte|innen\b"
)
_IS_NUMBER = re.compile(r"(?:groesse|zahl)$")  # "die Anzahl der Plätze" is asked for by its number


def is_met(query: Query, passage: Passage, text: str) -> bool | None:
    """Tell whether a unit's text holds what is demanded; None where nothing is, or not for sure."""
    question = query.question
    if question.is_negated and not _denies(query, text):
        return False
    if question.evidence is None and not query.is_local:
        return True if question.is_negated else None
    if question.evidence and not holds(question.evidence, text):
        return None if question.evidence in OPTIONAL else False
    if _is_beside(question, passage, text):
        return False
    if question.kind == "count" and query.focus and not _IS_NUMBER.search(query.focus.folded):
        return _is_counted(query.focus, text)
    if query.is_local:
        around = find_places(f"{passage.title}. {passage.heading}. {text}")
        is_there = any(place.land in query.lands for place in around)
        asks_whom = question.kind == "person" and names_somebody(question.text)
        # What is about the place and names nobody gives way to what does.
        return None if is_there and asks_whom and not names_somebody(text) else is_there
    return True


def _is_beside(question: Question, passage: Passage, text: str) -> bool:
    """Tell whether a figure is one of another year, or of another unit, than the question names."""
    asked, kind = question.text, question.evidence
    return (
        (kind == "count" and lacks_year(asked, f"{passage.heading} {passage.text}"))
        or (kind == "amount" and not is_in_unit_asked(asked, text))
        or (kind in _OF_A_YEAR and is_of_another_year(asked, text))
    )


def _is_counted(word: QueryWord, text: str) -> bool:
    """Tell whether a number counts what a word names, or its last part and the text the first.

    "Seminartage" are counted by "Die Seminare dauern 25 Tage".
    """
    counted = counts(text)
    if _HEADS.search(word.folded) and any(_SOMEBODY.search(fold(behind)) for behind in counted):
        return True
    if any(match(word, text_words(behind)) > 0 for behind in counted):
        return True
    return any(
        rest and rest in fold(text)
        for behind in counted
        for tail in words(behind)
        if (rest := _first_part(word.folded, fold(tail)))
    )


def _first_part(compound: str, tail: str) -> str:
    """Return what stands before the last part of a compound, without the joint; "" if nothing."""
    if len(tail) < SHORTEST_TAIL or not compound.endswith(tail):
        return ""
    first = compound.removesuffix(tail)
    first = first.removesuffix("s") if not first.endswith("ss") else first
    return first if len(first) >= SHORTEST_PART else ""


def _denies(query: Query, text: str) -> bool:
    def names(line: str) -> bool:
        return any(match(word, text_words(line)) for word in query.words)

    return not text.startswith(GAP_MARKERS) and denies(query.question.text, text, names)

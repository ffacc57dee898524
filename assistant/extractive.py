"""A finding to a reply in the words of the documents: quotes, a comparison, or a refusal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import Citation, Note, Outcome, Table
from assistant.attachment import is_about_other_land
from assistant.bearing import counts_list
from assistant.caveats import notes
from assistant.comparison import about, compared, says_what_is_asked, tabulate
from assistant.composition import (
    NEAREST,
    about_what,
    cite,
    lacking,
    listed,
    partial,
    quoted,
    refusal,
    which,
)
from assistant.conflicts import rivals
from assistant.continuation import rest_of
from assistant.evidence import OPTIONAL
from assistant.facts import fact_table
from assistant.findings import Finding, Search
from assistant.follow_up import lacks_topic
from assistant.gate import stated_gap
from assistant.missing import missing
from assistant.premises import wrong_premise
from assistant.presumption import denial
from assistant.selection import MARGIN, MOST, Quote, best_of, is_other_row, quotes, select
from assistant.units import Unit

WHO_ADVISES = "Wer ist für Beratung und Auskunft zuständig in {}? Ansprechpartner und Kontakt"
WHO_ADVISES_LAND = "Wer berät Kommunen in {}?"
WHO_ANSWERS = (
    "Wer ist bei Fragen zu Antrag und Geld der richtige Ansprechpartner?",
    "Wer gibt Auskunft, wer ist Ansprechpartner?",
)
# What may be left of a question that asks who advises a place, once the place is taken out.
ADVICE = re.compile(
    r"\b(?:ber[aä]t\w*|zuständig\w*|Ansprechp\w*|Anlaufstelle|Kontakt\w*|betreu\w*|unterstützt?|hilft|"
    r"helfen|Auskunft|Kommunen?|Landkreise?|REAB|Agentur|Kreis|Stadt|Land|advis\w*|responsible)\b",
    re.IGNORECASE,
)
# A sentence that names somebody to ask, and not only speaks of advice.
ADVISES = re.compile(
    r"\b(?:ist|sind)\b[^.]*\bzuständig|Ansprechpartner|Auskunft (?:gibt|geben|erteil)|\bberät\b|"
    r"Kontakt(?:stelle|daten|:)"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a finding; see `Answer` for the fields."""

    outcome: Outcome
    text: str
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...] = ()
    table: Table | None = None


def reply_to(finding: Finding, search: Search, first: int = 1, most: int = MOST) -> Reply:
    """Compare, refuse or quote; `search` looks up what else the reply needs.

    Citations are numbered from `first`, those of a comparison always from 1; at most `most` units
    are quoted.
    """
    comparison = _compare(finding, search) if finding.query.question.kind == "comparison" else None
    if comparison is not None:
        return comparison
    if finding.outcome == "refused":
        advising = _advising(finding, search)
        if advising is None:
            return _refuse(finding, search, first)
        finding = advising
    return _quote(finding, search, first, most)


def _advising(finding: Finding, search: Search) -> Finding | None:
    """Ask who advises the Land, where a question asks that of a place in it and nothing else."""
    query = finding.query
    if not query.is_local or query.is_open or len(query.lands) != 1:
        return None
    if ADVICE.sub("", query.unplaced).strip():
        return None
    found = search.find(WHO_ADVISES_LAND.format(*query.lands))
    return found if found.outcome != "refused" and best_of(found.units).has_evidence else None


def _quote(finding: Finding, search: Search, first_number: int, most: int) -> Reply:
    question, timeframe = finding.query.question, search.timeframe
    answering, *beside = select(finding.units, is_strict=finding.query.is_strict)
    if counts_list(finding.query, answering.text):
        beside = []  # the whole list, and nothing has to be looked for in it
    if question.kind != "list":
        beside = [unit for unit in beside if not is_other_row(unit, answering)]
    chosen = [answering, *(u for u in beside if not is_about_other_land(finding.query, u.text))]
    denied = denial(question, search)
    first = [denied.unit] if denied else []
    against = rivals(finding.query, finding.units, chosen, timeframe)
    further = [unit for unit in (*first, *against) if unit not in chosen]
    quoted_units = [*dict.fromkeys([*first, *chosen[: max(1, most - len(further))], *further])]
    citations = cite(_whole_list(finding, answering, quotes(quoted_units), search), first_number)
    text = quoted(citations, timeframe)
    premise = denied.text if denied else _premise(finding, search, citations)
    return Reply(
        finding.outcome,
        partial(question, text) if finding.outcome == "partial" else text,
        citations,
        notes(question, citations, timeframe, premise),
        fact_table(question, citations),
    )


def _whole_list(
    finding: Finding, answering: Unit, found: list[Quote], search: Search
) -> list[Quote]:
    """Quote the rest of the answering list, where it goes on in the next passages, behind it."""
    passage = answering.hit.passage
    is_last = answering.position == len(passage.sentences) - 1
    if finding.query.question.evidence not in (None, *OPTIONAL) or not is_last:
        return found
    row = finding.retrieval.rows[answering.hit.rank - 1]
    rest = [
        Quote(replace(answering.hit, passage=after), *span)
        for after, span in rest_of(passage, search.retriever.index, row)
    ]
    others = [
        one
        for one in found
        if not any(each.holds(one.hit.passage, (one.start, one.end)) for each in rest)
    ]
    at = next((n for n, one in enumerate(others, 1) if one.holds(passage, answering.span)), 0)
    return [*others[:at], *rest, *others[at:]]


def _refuse(finding: Finding, search: Search, first_number: int) -> Reply:
    question = finding.query.question
    gap = None if finding.query.is_open else stated_gap(finding.query, finding.units)
    denied = denial(question, search)
    said = [denied.unit] if denied else [gap] if gap else []
    stated = quotes(said)
    citations = cite([*stated, *quotes(_whom_to_ask(finding, search))], first_number)
    gap_text, contact_text = (
        quoted(part, search.timeframe)
        for part in (citations[: len(stated)], citations[len(stated) :])
    )
    asked_back = about_what(question) if lacks_topic(question.text) else ""
    if finding.query.is_open:
        asked_back = which(question, finding.query.places)
    hits = finding.retrieval.hits
    lacks = lacking(question, missing(finding.query, hits[:NEAREST]))
    text = refusal(question, hits, asked_back or gap_text or lacks, contact_text)
    premise = denied.text if denied else _premise(finding, search, citations[: len(stated)])
    found = (Note("premise", premise),) if premise else ()
    return Reply("refused", text, citations, found)


def _compare(finding: Finding, search: Search) -> Reply | None:
    """Put side by side what is documented about two things; None where one of them is not."""
    question = finding.query.question
    wanted = compared(question.text)
    if wanted is None:
        return None
    wanted = wanted.held_by(hit.passage.title for hit in finding.retrieval.hits)
    parts = search.retriever.index.learned.parts
    said: set[tuple[str, str, int]] = set()  # subject, passage and sentence

    def quote_for(question: str, subject: str) -> Quote | None:
        found = search.find(question)
        if found.outcome == "refused" and stated_gap(found.query, found.units) is None:
            return None
        demands = found.query.question.evidence is not None
        near = [
            unit
            for unit in found.units
            if unit.score >= found.units[0].score - MARGIN
            and (unit.has_evidence or not demands)
            and not unit.is_gap
            and says_what_is_asked(found.query, unit, subject)
            # Only a fact of the kind that is asked for makes a quote say two things of a subject.
            and (demands or (subject, unit.hit.passage.id, unit.position) not in said)
        ]
        unit = about(subject, near, parts)
        if unit is None:
            return None
        said.add((subject, unit.hit.passage.id, unit.position))
        return quotes([unit])[0]

    made = tabulate(wanted, quote_for, is_english=question.is_english)
    if made is None:
        return None
    table, citations = made
    text = listed(table, citations, search.timeframe, question.language)
    return Reply("answered", text, citations, notes(question, citations, search.timeframe), table)


def _premise(finding: Finding, search: Search, citations: Sequence[Citation]) -> str | None:
    """Name what the question takes for given and these quotes deny."""
    parts = search.retriever.index.learned.parts
    passages = [hit.passage.text for hit in finding.retrieval.hits]
    said = [one.quote for one in citations]
    return wrong_premise(finding.query.question, said, passages, parts, search.timeframe)


def _whom_to_ask(finding: Finding, search: Search) -> list[Unit]:
    """Find who advises in the place that was asked about, else who answers for money.

    What has ended advises nobody any more, even where a text says so itself.
    """
    lands = ", ".join(sorted(finding.query.lands))
    for wanted in (*([WHO_ADVISES.format(lands)] if lands else []), *WHO_ANSWERS):
        found = search.find(wanted)
        holding = [
            unit
            for unit in found.units
            if not search.timeframe.is_over(unit.hit.passage, unit.text)
        ]
        if found.outcome != "refused" and holding and ADVISES.search(best_of(holding).text):
            return [best_of(holding)]
    return []

"""A finding to a reply in the words of the documents: quotes, a comparison, or a refusal."""

import re
from dataclasses import dataclass

from assistant.answers import Citation, Note, Outcome, Table
from assistant.attachment import is_about_other_land
from assistant.caveats import notes
from assistant.comparison import about, compared, tabulate
from assistant.composition import cite, language_of, listed, partial, quoted, refusal, which
from assistant.conflicts import rivals
from assistant.facts import fact_table
from assistant.findings import Finding, Search
from assistant.gate import stated_gap
from assistant.selection import MARGIN, MOST, Quote, best_of, quotes, select
from assistant.units import Unit

WHO_ADVISES = "Wer ist für Beratung und Auskunft zuständig in {}? Ansprechpartner und Kontakt"
WHO_ANSWERS = (
    "Wer ist bei Fragen zu Antrag und Geld der richtige Ansprechpartner?",
    "Wer gibt Auskunft, wer ist Ansprechpartner?",
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


def reply_to(finding: Finding, search: Search) -> Reply:
    """Compare, refuse or quote; `search` looks up what else the reply needs."""
    comparison = _compare(finding, search) if finding.query.question.kind == "comparison" else None
    if comparison is not None:
        return comparison
    return _refuse(finding, search) if finding.outcome == "refused" else _quote(finding, search)


def _quote(finding: Finding, search: Search) -> Reply:
    question, timeframe = finding.query.question, search.timeframe
    answering, *beside = select(finding.units, is_local=finding.query.is_local)
    chosen = [answering, *(u for u in beside if not is_about_other_land(finding.query, u.text))]
    against = rivals(finding.query, finding.units, chosen, timeframe)
    further = [unit for unit in against if unit not in chosen]
    citations = cite(quotes([*chosen[: MOST - len(further)], *further]))
    text = quoted(citations, timeframe)
    return Reply(
        finding.outcome,
        partial(question, text) if finding.outcome == "partial" else text,
        citations,
        notes_on(finding, search, citations),
        fact_table(question, citations),
    )


def _refuse(finding: Finding, search: Search) -> Reply:
    gap = None if finding.query.is_open else stated_gap(finding.query, finding.units)
    stated = quotes([gap] if gap else [])
    citations = cite([*stated, *quotes(_whom_to_ask(finding, search))])
    gap_text, contact_text = (
        quoted(part, search.timeframe)
        for part in (citations[: len(stated)], citations[len(stated) :])
    )
    question = finding.query.question
    asked_back = which(question, finding.query.places) if finding.query.is_open else ""
    text = refusal(question, finding.retrieval.hits, asked_back or gap_text, contact_text)
    return Reply("refused", text, citations)


def _compare(finding: Finding, search: Search) -> Reply | None:
    """Put side by side what is documented about two things; None where one of them is not."""
    question = finding.query.question
    wanted = compared(question.text)
    if wanted is None:
        return None

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
        ]
        unit = about(subject, near)
        return quotes([unit])[0] if unit else None

    made = tabulate(wanted, quote_for, is_english=question.is_english)
    if made is None:
        return None
    table, citations = made
    text = listed(table, citations, search.timeframe, language_of(question))
    return Reply("answered", text, citations, notes_on(finding, search, citations), table)


def notes_on(finding: Finding, search: Search, citations: tuple[Citation, ...]) -> tuple[Note, ...]:
    """Say what a reader must know beside these quotes."""
    parts = search.retriever.index.learned.parts
    hits = finding.retrieval.hits
    return notes(finding.query.question, citations, hits, parts, search.timeframe)


def _whom_to_ask(finding: Finding, search: Search) -> list[Unit]:
    """Find who advises in the place that was asked about, else who answers for money."""
    lands = ", ".join(sorted(finding.query.lands))
    for wanted in (*([WHO_ADVISES.format(lands)] if lands else []), *WHO_ANSWERS):
        found = search.find(wanted)
        if found.outcome != "refused" and ADVISES.search(best_of(found.units).text):
            return [best_of(found.units)]
    return []

"""Amounts, dates and contacts of the quotes at a glance: the fact, and the clause it stands in."""

import re
from collections.abc import Sequence

from assistant.answers import Cell, Citation, Row, Table
from assistant.clauses import clauses
from assistant.evidence import PATTERNS
from assistant.question import Question
from corpus.analysis import content_stems
from corpus.dates import DAY, MONTHS

FEWEST = 2  # facts that make a table
REPEATED = 0.4  # a clause says the same again when no more of its words than this are new
MOST = 8  # rows; more than these are read better in the quotes

_UNIT = r"(?:%|Prozent|v\.\s?H\.|vom Hundert|€|EUR\b|Euro|(?:Mio|Mrd)\.?\s?(?:€|EUR\b|Euro))"
_AMOUNT = re.compile(rf"(?:€|EUR)\s?\d[\d.,]*|\d[\d.,]*\s?{_UNIT}")
_TIME = re.compile(
    rf"{DAY}|\b(?i:{MONTHS}) (?:19|20)\d\d|"
    r"\b(?:\d+|zwei|drei|vier|fünf|sechs|zehn|zwölf) (?:Tage|Wochen|Monate|Jahre)n?\b"
)
_BY_KIND = dict.fromkeys(("amount", "share"), _AMOUNT) | dict.fromkeys(
    ("date", "end", "duration", "span"), _TIME
)
_CONTACTS = (
    (("E-Mail", "E-mail"), re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (("Telefon", "Phone"), PATTERNS["phone"]),
    (("Internet", "Website"), re.compile(r"(?:https?://|www\.)[^\s)>»“\"]*[^\s)>»“\".,;:]")),
    (
        ("Anschrift", "Address"),
        re.compile(r"(?:[A-ZÄÖÜ][\w.-]*(?: [A-Z][\w.-]*)* \d+\w?, )?\b\d{5} [A-ZÄÖÜ][\w-]+"),
    ),
)
_LABELLED = re.compile(r"^[•–*-]?\s*([^:\n]{3,60}):\s*(?:[^:\n]*,\s)?$")
_CONTACT_KINDS = frozenset(
    {"person", "place", "name", "town", "phone", "email", "address", "website"}
)


def fact_table(question: Question, citations: Sequence[Citation]) -> Table | None:
    """Tabulate the facts of the kind that is asked for; None where fewer than two stand there."""
    if question.kind in _CONTACT_KINDS:
        rows = _contacts(citations, is_english=question.is_english)
    elif question.kind in _BY_KIND:
        rows = _facts(_BY_KIND[question.kind], citations)
    else:
        return None
    return Table(("",), tuple(rows)) if FEWEST <= len(rows) <= MOST else None


def _contacts(citations: Sequence[Citation], *, is_english: bool) -> list[Row]:
    """Return each contact once, with the label its line has, else with its kind."""
    found: dict[str, Row] = {}
    for citation in citations:
        for line in citation.quote.splitlines():
            for labels, pattern in _CONTACTS:
                for match in pattern.finditer(line):
                    own = _LABELLED.match(line[: match.start()])
                    label = own[1] if own else labels[is_english]
                    found.setdefault(match[0], (label, (Cell(match[0], citation.number),)))
    return list(found.values())


def _facts(pattern: re.Pattern[str], citations: Sequence[Citation]) -> list[Row]:
    """Return each clause that holds facts, labelled with them.

    A clause that repeats facts of others in much the same words is left to the quotes.
    """
    rows: list[Row] = []
    known: set[str] = set()
    said: set[str] = set()
    for citation in citations:
        for start, end in clauses(citation.quote):
            clause = citation.quote[start:end].strip(" .•–-")
            facts = dict.fromkeys(match[0] for match in pattern.finditer(clause))
            words = {word for word in content_stems(clause) if not word.isdecimal()}
            is_repeated = facts.keys() <= known and len(words - said) <= REPEATED * len(words)
            if not facts or is_repeated:
                continue
            rows.append((" · ".join(facts), (Cell(clause, citation.number),)))
            known |= facts.keys()
            said |= words
    return rows

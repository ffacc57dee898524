"""A station and an index to what is shown: quotes to its questions, a test that proves itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Citation, Outcome
from assistant.einstieg.stations import Check, Station
from assistant.extractive import Reply, reply_to
from assistant.findings import Search
from assistant.retriever import Retriever
from assistant.validity import Timeframe, asks_for_past

Ask = Callable[[str], Reply]
MOST_QUOTES = 2  # to one question: a path is not the place for everything


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a station and what the documents say to it; a refusal may have quotes too."""

    question: str
    outcome: Outcome
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A test with the quote that proves its right option."""

    check: Check
    citation: Citation


@dataclass(frozen=True, slots=True)
class Made:
    """A station as it is shown."""

    station: Station
    parts: tuple[Part, ...]
    proof: Proof | None


def make(station: Station, ask: Ask) -> Made:
    """Ask a station's questions; `ask` answers in quotes alone, whatever else may word answers."""
    return Made(
        station,
        tuple(_part(question, ask(question)) for question in station.questions),
        _proof(station.check, ask(station.check.asks)) if station.check else None,
    )


def asker(retriever: Retriever, today: date) -> Ask:
    """Return what answers questions from one generation of the index."""

    def ask(question: str) -> Reply:
        is_past = asks_for_past(question, today)
        search = Search(retriever, Timeframe(today, retriever.index.learned.endings, is_past))
        return reply_to(search.find(question), search)

    return ask


def _part(question: str, reply: Reply) -> Part:
    return Part(question, reply.outcome, reply.citations[:MOST_QUOTES])


def _proof(check: Check, reply: Reply) -> Proof | None:
    found = None if reply.outcome == "refused" else proving(check, reply.citations)
    return Proof(check, found) if found else None


def proving(check: Check, citations: Sequence[Citation]) -> Citation | None:
    """Return the first quote that holds the right option and none of the others."""
    right, *wrong = (_plain(option) for option in check.options)
    for citation in citations:
        quote = _plain(citation.quote)
        if right in quote and not any(option in quote for option in wrong):
            return citation
    return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())

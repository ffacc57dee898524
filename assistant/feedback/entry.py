"""One piece of feedback: what is kept of an answer that somebody judged."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from assistant.answers import Answer, Outcome
from assistant.question import understand

Reason = Literal["falsch", "unvollständig", "veraltet", "Quelle passt nicht", "unverständlich"]
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept. `reason` is None for an answer that helped; `text` only with consent.

    `at` is rounded to the hour, so that it does not lead to a person.
    """

    id: str
    at: str
    reason: Reason | None
    outcome: Outcome
    kind: str
    language: str
    documents: tuple[str, ...]  # ids
    question: str | None = None
    text: str | None = None
    names: tuple[str, ...] = ()  # file names of the documents, with consent only


def entry_of(answer: Answer, reason: Reason | None, at: datetime, *, with_text: bool) -> Entry:
    """Take from an answer what may be kept; its words only `with_text`."""
    understood = understand(answer.standalone_question)
    passages = [one.passage for one in answer.citations]
    return Entry(
        id=secrets.token_hex(4),
        at=at.replace(minute=0, second=0, microsecond=0).isoformat(timespec="minutes"),
        reason=reason,
        outcome=answer.outcome,
        kind=understood.kind,
        language=understood.language,
        documents=tuple(dict.fromkeys(one.document_id for one in passages)),
        question=answer.standalone_question if with_text else None,
        text=answer.text if with_text else None,
        names=tuple(dict.fromkeys(one.document_name for one in passages)) if with_text else (),
    )

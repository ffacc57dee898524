"""The frozen types a question ends in: proven citations, and the answer that carries them."""

from dataclasses import dataclass
from typing import Literal

from corpus.documents import Hit, Passage

Role = Literal["user", "assistant"]
Outcome = Literal["answered", "partial", "refused"]
Mode = Literal["extractive", "generated"]
NoteKind = Literal["superseded", "conflict", "premise", "unsupported", "ocr", "partial"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote; `passage.text[start:end] == quote` holds or the object cannot exist."""

    number: int  # as printed in the answer: "[1]"
    passage: Passage
    quote: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.passage.text[self.start : self.end] != self.quote:
            raise AssertionError(f"citation {self.number} does not quote {self.passage.id}")


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader has to know beside the answer."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to one question; the last one of a stream carries the citations.

    `text` prints each citation's number in brackets behind its quote. `seconds` are wall-clock:
    retrieving and answering.
    """

    question: str
    standalone_question: str
    text: str
    outcome: Outcome
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    notes: tuple[Note, ...] = ()
    place: str | None = None
    mode: Mode = "extractive"
    seconds_retrieve: float = 0.0
    seconds_answer: float = 0.0

    @property
    def is_refusal(self) -> bool:
        """The documents do not say it, and the answer says so."""
        return self.outcome == "refused"

    @property
    def is_grounded(self) -> bool:
        """At least one quote backs the answer."""
        return bool(self.citations)

"""The frozen types a question ends in: proven citations, and the answer that carries them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from corpus.documents import Hit, Passage

Role = Literal["user", "assistant"]
Outcome = Literal["answered", "partial", "refused"]
Mode = Literal["extractive", "generated"]
Support = Literal["ok", "none"]
NoteKind = Literal["superseded", "undated", "conflict", "premise", "unsupported", "ocr", "partial"]


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
class Cell:
    """One cell of a table: words out of the citation `number`, None where nothing is stated."""

    text: str
    number: int | None


Row = tuple[str, tuple[Cell, ...]]  # its label, and a cell for each column


@dataclass(frozen=True, slots=True)
class Table:
    """Documented facts at a glance: a comparison names its columns, a single column has no name."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def is_comparison(self) -> bool:
        """Whether things are compared, each in a column of its own."""
        return len(self.columns) > 1


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Which model words answers and where it runs; an empty `host` means on this machine."""

    name: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a language model, and whether the documents back it.

    `numbers` are those of the citations that do, none for a sentence that is not backed.
    """

    text: str
    support: Support
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Generated:
    """What a language model wrote above the quotes; `quotes` is the text of the quotes."""

    statements: tuple[Statement, ...]
    model: LanguageModel
    at: datetime
    quotes: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say to one question; the last one of a stream carries the citations.

    `text` prints each citation's number in brackets behind its quote, and behind each sentence of
    a language model that it backs. `table` shows facts of the quotes at a glance; a comparison
    consists of it. `generated` is there in mode "generated" only. `seconds` are
    wall-clock: retrieving and answering.
    """

    question: str
    standalone_question: str
    text: str
    outcome: Outcome
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    notes: tuple[Note, ...] = ()
    table: Table | None = None
    place: str | None = None
    mode: Mode = "extractive"
    generated: Generated | None = None
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

"""What goes in and out of the REST interface; the answers are the contract's own JSON."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.answers import Mode, NoteKind, Role, Support
from assistant.dialogue import LONGEST_QUESTION

MOST_BYTES = 2_000_000  # of a body; forty long turns fit in
MOST_TURNS = 40
MOST_HITS = 50
MOST_DOCUMENTS = 500
LONGEST_TURN = 20_000

Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnIn(_Exact):
    """One earlier message of the conversation."""

    role: Role
    text: str = Field(max_length=LONGEST_TURN)


class AskIn(_Exact):
    """A question and what was said before it, oldest first."""

    question: Question
    history: list[TurnIn] = Field([], max_length=MOST_TURNS)


class CitationOut(_Exact):
    """A verbatim quote and where it stands."""

    number: int
    document: str
    title: str
    page: int | None
    page_label: str | None
    heading: str
    quote: str
    url: str | None
    as_of: date | None
    valid_until: date | None


class HitOut(_Exact):
    """A passage that was found."""

    rank: int
    score: float
    document: str
    page: int | None
    text: str


class NoteOut(_Exact):
    """Something to know beside the answer."""

    kind: NoteKind
    text: str


class CellOut(_Exact):
    """One cell of a table and the citation behind it."""

    text: str
    citation: int | None


class RowOut(_Exact):
    """One row of a table."""

    label: str
    cells: list[CellOut]


class TableOut(_Exact):
    """Facts at a glance, or a comparison."""

    columns: list[str]
    rows: list[RowOut]


class SentenceOut(_Exact):
    """One sentence of a language model."""

    text: str
    kind: Literal["generated"]
    support: Support
    citations: list[int]


class GeneratedOut(_Exact):
    """What a language model wrote."""

    model: str
    host: str | None
    at: str
    sentences: list[SentenceOut]


class SecondsOut(_Exact):
    """Wall-clock times."""

    retrieve: float
    answer: float


class AnswerOut(_Exact):
    """An answer, as `bildungslotse ask --json` writes it."""

    id: str | None
    question: str
    standalone_question: str
    mode: Mode
    refused: bool
    text: str
    citations: list[CitationOut]
    hits: list[HitOut]
    notes: list[NoteOut]
    place: str | None
    table: TableOut | None = None
    generated: GeneratedOut | None = None
    seconds: SecondsOut


class HitsOut(_Exact):
    """Hits, as `bildungslotse search --json` writes them."""

    query: str
    hits: list[HitOut]
    seconds: float


class DocumentOut(_Exact):
    """A document that may be quoted."""

    id: str
    name: str
    title: str
    language: str
    pages: int
    passages: int
    publisher: str
    url: str
    kind: str
    level: str
    as_of: date | None
    valid_from: date | None
    valid_until: date | None


class DocumentsOut(_Exact):
    """Documents from `offset` on; `total` counts those that you may read."""

    total: int
    documents: list[DocumentOut]


class PassageOut(_Exact):
    """One passage of a document."""

    id: str
    page: int | None
    locator: str
    heading: str
    text: str


class DocumentWithPassagesOut(DocumentOut):
    """A document and its text, passage by passage."""

    text: list[PassageOut]


class ErrorOut(_Exact):
    """What happened and what to do next, in German."""

    message: str
    hint: str


class ProblemOut(_Exact):
    """Every error."""

    error: ErrorOut

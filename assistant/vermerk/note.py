"""The note for the file before it has a format: sections of lines, with footnotes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.wording.words import Language

Piece = str | int  # words, or the number of a footnote
LineKind = Literal["text", "item", "quote", "quote-item", "subheading", "written", "remark"]
Fact = tuple[str, str]  # label and value


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; "written" stands for what a language model worded."""

    pieces: tuple[Piece, ...]
    kind: LineKind = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row starts with its label. Without `columns` it has no head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its answer, or the collected passages; `facts` stand below the heading."""

    heading: str
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where a quote stands, from when it is and in which file; `url` leads to the source."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class FileNote:
    """A whole note. `keywords` go into the properties of a file and name the system's part."""

    title: str
    language: Language
    created: datetime
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    closing: str
    keywords: tuple[str, ...]

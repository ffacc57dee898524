"""The frozen types that flow from file to hit; made once, never patched."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

ID_LENGTH = 12  # hexadecimal digits of the SHA-256 of a file that name its document
TITLE = 80  # characters of a title that are embedded with each unit; those of laws are longer
Span = tuple[int, int]
BlockKind = Literal["paragraph", "list", "contact", "table"]
IngestStatus = Literal["added", "replaced", "unchanged", "removed", "empty", "failed"]


class Verdict(StrEnum):
    """What became of reading one file; each file gets exactly one, in these words everywhere."""

    OK = "ok"
    EMPTY = "leer/gescannt"
    ENCRYPTED = "passwortgeschützt"
    DAMAGED = "beschädigt"
    TOO_LARGE = "zu groß"
    UNSUPPORTED = "nicht unterstützt"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from and when it holds. Empty string or None: not known."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    kind: str = ""  # "Richtlinie", "Programmseite", "Beratungsstelle", …
    level: str = ""  # "Bund", "Land", "Kommune", "intern"
    evidence: str = ""  # "A" official, "B" single municipality, "C" third party
    as_of: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    gone_since: date | None = None  # no longer found at its address; this is the last version
    audience: str = ""  # who may read it, see `corpus.audiences`; empty: everyone
    lands: tuple[str, ...] = ()  # the Länder it is about, by their German names
    themes: tuple[str, ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether an authority or the programme says this itself."""
        return self.evidence == "A"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that belongs together: a paragraph, a list with its introduction, a contact."""

    text: str
    heading_path: tuple[str, ...] = ()
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page, or the whole text of a format that has none."""

    number: int  # 1-based, physical order
    blocks: tuple[Block, ...]
    label: str = ""  # as printed, e.g. "iv"; empty where the format has no pages
    is_recognised: bool = False  # the text was read off an image (OCR) and may have reading errors

    @property
    def text(self) -> str:
        """The whole text, blocks apart by a blank line."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Health:
    """What reading a document showed about its state; stored with it, shown as its health card."""

    pages_without_text: int = 0
    pages_recognised: int = 0  # whose text was read off an image (OCR)
    repaired_umlauts: int = 0
    removed_characters: int = 0  # that nobody can see
    tables: int = 0  # found, in a PDF suspected
    dates: tuple[date, ...] = ()  # named in the text: distinct, earliest first
    fingerprint: tuple[int, ...] = ()  # smallest hashes of its word runs, to find near-duplicates
    remarks: tuple[str, ...] = ()  # German sentences about what was left out


@dataclass(frozen=True, slots=True)
class Document:
    """One source file after reading and cleaning."""

    id: str  # prefix of the SHA-256 of the file's bytes
    name: str  # the file name, as cited
    title: str
    pages: tuple[Page, ...]
    source: Source = Source()
    language: str = "de"
    health: Health = Health()

    @property
    def is_empty(self) -> bool:
        """No text at all: an empty file, or a scan."""
        return not any(block.text.strip() for page in self.pages for block in page.blocks)


@dataclass(frozen=True, slots=True)
class Passage:
    """The retrieved unit of text; lies on exactly one page.

    `sentences` are the spans of `text` that may be quoted on their own: a sentence, a list with
    its introduction, a contact line with its role. They are in order and do not overlap.
    """

    id: str  # "{document_id}:{page}:{n}"
    document_id: str
    document_name: str
    title: str
    page: int
    page_label: str
    heading_path: tuple[str, ...]
    text: str
    sentences: tuple[Span, ...]
    source: Source = Source()
    is_recognised: bool = False  # by OCR, see `Page`

    @property
    def heading(self) -> str:
        """The heading path as one line."""
        return " › ".join(self.heading_path)

    @property
    def unit_texts(self) -> list[str]:
        """What is embedded of each unit: below a heading with title and heading before it.

        They say what it is about; a sentence of a section seldom does.
        """
        context = dict.fromkeys(filter(None, (self.title[:TITLE], *self.heading_path[-1:])))
        lead = f"{', '.join(context)}: " if self.heading_path else ""
        return [lead + self.text[start:end] for start, end in self.sentences]

    @property
    def locator(self) -> str:
        """What a reader needs to find the place: the printed page, or the heading path.

        Says as well that the text was recognised, for there the original has to be looked at, and
        that the source is no longer found at its address.
        """
        gone = self.source.gone_since
        parts = (
            self._page_locator if self.page_label else self.heading,
            "aus Texterkennung" if self.is_recognised else "",
            f"seit {gone:%d.%m.%Y} nicht mehr abrufbar" if gone else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def _page_locator(self) -> str:
        if self.page_label == str(self.page):
            return f"S. {self.page_label}"
        return f"S. {self.page_label} (PDF-Seite {self.page})"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one query; higher score is better, rank counts from 1."""

    passage: Passage
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of one file; `message` says what happened, `advice` what to do about it."""

    name: str
    status: IngestStatus
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    message: str = ""
    verdict: Verdict = Verdict.OK
    advice: str = ""

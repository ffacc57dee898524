"""What every reader hands over: the text of one file as elements, page by page."""

from dataclasses import dataclass, field

from corpus.documents import Source
from ingest.elements import Element


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """The elements of one page; formats without pages have exactly one, numbered 1."""

    elements: list[Element]
    number: int = 1
    label: str = ""
    is_recognised: bool = False  # read off an image


@dataclass(frozen=True, slots=True)
class Extract:
    """A file's text and what the file says about itself; `title` is empty when it says nothing."""

    pages: list[ExtractedPage]
    title: str = ""
    source: Source = field(default_factory=Source)
    remarks: tuple[str, ...] = ()  # German sentences about what was left out

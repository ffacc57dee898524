"""Elements in reading order become blocks: lists meet their introduction, phones their role."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.documents import Block
from corpus.sentences import sentence_spans
from ingest.contacts import is_contact, is_contact_only, is_person, is_role

ElementKind = Literal["heading", "paragraph", "item", "table"]

_BULLETS = ("•", "–")
_END = re.compile(r"[.!?…]['\"»«“”)\]]*$")
_INTRODUCES = re.compile(
    r"\b(?:folgend\w*|nachstehend\w*|insbesondere|beispielsweise|following)\b", re.IGNORECASE
)
_NORMAL = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Element:
    """A heading, paragraph, list item or table, as every reader hands it over."""

    kind: ElementKind
    text: str  # without the list label; a table has one row per line
    level: int = 1  # of a heading: 1 is the highest; of an item: 1 is the outermost
    label: str | None = ""  # of an item: "1.", "a)"; "" is a bullet, None continues the item

    @property
    def line(self) -> str:
        """The element as a reader sees it."""
        if self.kind != "item" or self.label is None:
            return self.text
        return f"{self.label or _BULLETS[self.level > 1]} {self.text}"


def normalised(text: str) -> str:
    """Fold case, blanks and punctuation, to compare titles and blocks."""
    return _NORMAL.sub(" ", text).strip().casefold()


class Assembly:
    """Turns elements into blocks, page by page; a heading holds over the pages that follow.

    A heading that repeats the document's title is left out of the heading path.
    """

    def __init__(self, title: str) -> None:
        self._title = normalised(title)
        self._path: list[tuple[int, str]] = []
        self._blocks: list[Block] = []
        self._lines: list[str] = []  # of the block that is still open
        self._kind: Literal["paragraph", "list", "contact"] = "paragraph"

    def page(self, elements: Iterable[Element]) -> tuple[Block, ...]:
        """Return the blocks of one page."""
        self._blocks = []
        for element in elements:
            if not element.text.strip():
                continue
            match element.kind:
                case "heading":
                    self._heading(element)
                case "item":
                    self._item(element)
                case "table":
                    self._table(element)
                case "paragraph":
                    self._paragraph(element.text)
        self._flush()
        return tuple(self._blocks)

    def _heading(self, element: Element) -> None:
        self._flush()
        self._path = [known for known in self._path if known[0] < element.level]
        if normalised(element.text) != self._title:
            self._path.append((element.level, element.text.replace("\n", " ")))

    def _table(self, element: Element) -> None:
        introduction = self._take_introduction() if self._lines else ""
        self._flush()
        text = f"{introduction}\n{element.text}" if introduction else element.text
        self._blocks.append(Block(text, self._heading_path, "table"))

    def _item(self, element: Element) -> None:
        if self._kind != "list" or not self._lines:
            introduction = self._take_introduction() if self._lines else ""
            self._flush()
            self._kind = "list"
            self._lines = [introduction] if introduction else []
        self._lines.append(element.line)

    def _paragraph(self, text: str) -> None:
        if is_contact(text) or (self._kind == "contact" and is_contact_only(text)):
            self._contact(text)
        elif self._continues(text):
            self._lines.append(text)
        else:
            self._flush()
            self._lines, self._kind = [text], "paragraph"

    def _continues(self, text: str) -> bool:
        """Whether the open block waits for this text: after a colon, or the tail of a list."""
        if not self._lines or self._kind == "contact":
            return False
        if self._kind == "list":
            return text[0].islower() and not _END.search(self._lines[-1])
        return self._lines[-1].endswith(":")

    def _contact(self, text: str) -> None:
        if not self._joins_contact(text):
            role = self._take_role()
            self._flush()
            if not role and is_contact_only(text) and self._path:
                role = self._path[-1][1]  # a phone number says nothing without its heading
            self._lines, self._kind = ([role] if role else []), "contact"
        self._lines.append(text)

    def _joins_contact(self, text: str) -> bool:
        """Whether the open contact goes on: more numbers, or one more person in the same role."""
        if self._kind != "contact" or not self._lines:
            return False
        names_role = any(is_role(line) for line in text.split("\n"))
        return is_contact_only(text) or (is_role(self._lines[0]) and not names_role)

    def _take_role(self) -> str:
        """Take the open line out of its block if it names the person or role of a contact."""
        if self._kind != "paragraph" or not self._lines:
            return ""
        text = "\n".join(self._lines)
        names = is_role(text) or is_person(text) or (len(text) <= 80 and not _END.search(text))
        if names:
            self._lines = []
            return text
        return ""

    def _take_introduction(self) -> str:
        """Split the last sentence off the open paragraph when it introduces what follows."""
        if self._kind != "paragraph":
            return ""
        text = "\n".join(self._lines)
        start, end = sentence_spans(text)[-1]
        last = text[start:end]
        if _END.search(last) and not (last.endswith("?") or _INTRODUCES.search(last)):
            return ""
        self._lines = [text[:start].rstrip()] if start else []
        return last

    @property
    def _heading_path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._path)

    def _flush(self) -> None:
        text = "\n".join(self._lines).strip()
        if text:
            self._blocks.append(Block(text, self._heading_path, self._kind))
        self._lines, self._kind = [], "paragraph"

"""Lists longer than a passage: the line that leads in, and the passages that go on with them.

"4. Versorgungskrankenhäuser" says nothing, or the opposite, without "Nicht gefördert werden" in the
passage before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents import Passage, Span
from corpus.index import Index

_ITEM = re.compile(r"(?:\d{1,2}[a-z]?[.)]|\(?[a-z]{1,2}\)|[•–*-])\s")
_FIRST = re.compile(r"(?:1[.)]|\(?a\))\s")
_ENDED = re.compile(r"[.!?:]\s*$")
FARTHEST = 4  # passages that one list is followed through


@dataclass(frozen=True, slots=True)
class Head:
    """The line that leads in a list, in an earlier passage than the items it governs."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The line, verbatim."""
        start, end = self.span
        return self.passage.text[start:end]


def head_of(passage: Passage, position: int, index: Index, row: int) -> Head | None:
    """Return what leads in the list that a unit goes on with; None where it goes on with none.

    The unit is the one at `position` of the passage, which is in this row of the index.
    """
    start, _ = passage.sentences[position]
    if not _is_later_item(passage.text, start):
        return None
    for earlier, spans in _backwards(passage, position, index, row):
        for start, end in spans:
            line = earlier.text[start:end].split("\n")[0]
            if _ENDED.search(earlier.text[start:end]):
                return None
            if not _ITEM.match(line):
                return Head(earlier, (start, start + len(line)))
    return None


def _backwards(
    passage: Passage, position: int, index: Index, row: int
) -> Iterator[tuple[Passage, list[Span]]]:
    """Yield what stands before a unit under its heading, passage by passage, the nearest first."""
    yield passage, list(reversed(passage.sentences[:position]))
    for earlier in range(row - 1, max(row - 1 - FARTHEST, -1), -1):
        (before,) = index.passages([earlier])
        if not _is_same_part(before, passage):
            return
        yield before, list(reversed(before.sentences))


def rest_of(before: Passage, index: Index, row: int) -> Iterator[tuple[Passage, Span]]:
    """Yield the units in the following passages that go on with the list a passage ends with.

    The passage is in this row of the index.
    """
    for later in range(row + 1, min(row + 1 + FARTHEST, len(index))):
        (after,) = index.passages([later])
        if not (_is_same_part(before, after) and after.sentences):
            return
        if _ENDED.search(before.text) or not _is_later_item(after.text, after.sentences[0][0]):
            return
        yield after, after.sentences[0]
        if len(after.sentences) > 1:
            return
        before = after


def _is_same_part(one: Passage, other: Passage) -> bool:
    return (one.document_id, one.heading_path) == (other.document_id, other.heading_path)


def _is_later_item(text: str, start: int) -> bool:
    return bool(_ITEM.match(text, start)) and not _FIRST.match(text, start)

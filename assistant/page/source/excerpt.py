"""The text around a quote: its passage, what belongs to the same section, what comes next to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.mark import Mark
from corpus.documents import Passage

if TYPE_CHECKING:
    from corpus.index import Index

_REACH = 12  # passages; a longer section is shown in part


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage cut at the quote, and the passages around it; `quote` is empty if it has moved."""

    lead: str
    quote: str
    rest: str
    section_before: tuple[Passage, ...] = ()
    section_after: tuple[Passage, ...] = ()
    before: Passage | None = None
    after: Passage | None = None


def excerpt_of(passage: Passage, mark: Mark, index: "Index") -> Excerpt:
    """Cut a passage at the quote; where there are no pages, the whole section comes with it."""
    row = index.row(passage.id) or 0
    first, last = max(0, row - _REACH), min(len(index), row + _REACH + 1)
    near = index.passages(range(first, last))
    at = row - first
    before = _same_section(near[:at][::-1], passage)
    after = _same_section(near[at + 1 :], passage)
    outside = (at - len(before) - 1, at + len(after) + 1)
    cut = (mark.start, mark.end) if mark.holds_in(passage) else (0, 0)
    return Excerpt(
        passage.text[: cut[0]],
        passage.text[cut[0] : cut[1]],
        passage.text[cut[1] :],
        tuple(reversed(before)),
        tuple(after),
        *(
            near[one] if 0 <= one < len(near) and _is_same_document(near[one], passage) else None
            for one in outside
        ),
    )


def passages_on(index: "Index", document_id: str, page: int) -> list[Passage]:
    """Return the text of one page; empty where it has none."""
    rows: list[int] = []
    while (row := index.row(f"{document_id}:{page}:{len(rows)}")) is not None:
        rows.append(row)
    return index.passages(rows)


def _same_section(near: Sequence[Passage], passage: Passage) -> list[Passage]:
    found: list[Passage] = []
    if passage.page_label:
        return found
    for one in near:
        if not (_is_same_document(one, passage) and one.heading_path == passage.heading_path):
            break
        found.append(one)
    return found


def _is_same_document(one: Passage, other: Passage) -> bool:
    return one.document_id == other.document_id

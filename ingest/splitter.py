"""Documents become passages: at most `size` tokens, on one page, under one heading."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.documents import Block, Document, Page, Passage, Span
from corpus.sentences import sentence_spans
from ingest.cuts import cut
from ingest.elements import normalised

CountTokens = Callable[[str], int]

_APPARATUS = frozenset({"quellen", "quellenverzeichnis", "literaturverzeichnis", "references"})
_PARAGRAPH_BREAK = "\n\n"
_SLACK = 3  # tokens per unit
_TOO_SHORT_TO_REPEAT = 40  # characters; "(weggefallen)" under every second paragraph is no teaser


@dataclass(frozen=True, slots=True)
class _Unit:
    """A quotable run of text; `gap` is what stands between it and the unit before."""

    text: str
    gap: str
    tokens: int


def split(document: Document, count_tokens: CountTokens, size: int = 200) -> list[Passage]:
    """Split a document into passages whose `sentences` are the units that may be quoted.

    A unit is a sentence, a list with its introduction, a contact with its role, or a table row.
    """
    seen: set[str] = set()
    passages: list[Passage] = []
    for page in document.pages:
        fresh = [
            block for block in page.blocks if not _is_apparatus(block) and _is_new(block, seen)
        ]
        texts = (
            (path, packed)
            for path, blocks in groupby(fresh, key=lambda block: block.heading_path)
            for packed in _pack(list(blocks), count_tokens, size)
        )
        for number, (path, units) in enumerate(texts, 1):
            passages.append(_passage(document, page, number, path, units))
    return passages


def _is_apparatus(block: Block) -> bool:
    """Whether a block only says where the text comes from: nothing to find, nothing to quote."""
    return bool(block.heading_path) and block.heading_path[-1].casefold() in _APPARATUS


def _is_new(block: Block, seen: set[str]) -> bool:
    """Whether a block has not stood in the document before: pages repeat their teasers."""
    key = normalised(block.text) or block.text
    if len(key) < _TOO_SHORT_TO_REPEAT:
        key = "\n".join((*block.heading_path, key))
    is_new = bool(block.text.strip()) and key not in seen
    seen.add(key)
    return is_new


def _passage(
    document: Document,
    page: Page,
    number: int,
    heading_path: tuple[str, ...],
    units: Sequence[_Unit],
) -> Passage:
    spans: list[Span] = []
    end = -len(units[0].gap)
    for unit in units:
        start = end + len(unit.gap)
        end = start + len(unit.text)
        spans.append((start, end))
    return Passage(
        id=f"{document.id}:{page.number}:{number}",
        document_id=document.id,
        document_name=document.name,
        title=document.title,
        page=page.number,
        page_label=page.label,
        heading_path=heading_path,
        text=_joined(units),
        sentences=tuple(spans),
        source=document.source,
        is_recognised=page.is_recognised,
    )


def _pack(blocks: Sequence[Block], count: CountTokens, size: int) -> Iterator[list[_Unit]]:
    """Fill passages with whole blocks; a block that needs several passages starts a new one."""
    packed: list[_Unit] = []
    for block in blocks:
        units = list(_units(block, count, size))
        total = sum(unit.tokens for unit in units)
        has_room = _fits([*packed, *units], count, size)
        if packed and not has_room and (total <= size or _tokens(packed) > size // 4):
            yield packed
            packed = []
        for unit in units:
            if packed and not _fits([*packed, unit], count, size):
                yield packed
                packed = []
            packed.append(unit)
    if packed:
        yield packed


def _tokens(units: Sequence[_Unit]) -> int:
    return sum(unit.tokens for unit in units)


def _fits(units: Sequence[_Unit], count: CountTokens, size: int) -> bool:
    """Whether units make one passage; counts the joined text only where the sum is too close."""
    total = _tokens(units)
    slack = _SLACK * len(units)  # blanks between units, rounding, start and end tokens
    if abs(size - total) > slack:
        return total < size
    return count(_joined(units)) <= size


def _joined(units: Sequence[_Unit]) -> str:
    return units[0].text + "".join(unit.gap + unit.text for unit in units[1:])


def _units(block: Block, count: CountTokens, size: int) -> Iterator[_Unit]:
    """Yield a block's units, none longer than `size`."""
    end = 0
    for start, stop in _unit_spans(block, count, size):
        gap = block.text[end:start] if end else _PARAGRAPH_BREAK
        yield _Unit(block.text[start:stop], gap, count(block.text[start:stop]))
        end = stop


def _unit_spans(block: Block, count: CountTokens, size: int) -> Iterator[Span]:
    text = block.text
    for start, stop in _natural_spans(block, count, size):
        if count(text[start:stop]) <= size:
            yield start, stop
        else:
            yield from ((start + a, start + b) for a, b in cut(text[start:stop], count, size))


def _natural_spans(block: Block, count: CountTokens, size: int) -> list[Span]:
    if block.kind == "paragraph":
        return sentence_spans(block.text)
    lines = _line_spans(block.text)
    if block.kind == "table":
        return lines
    return _grouped(block.text, lines, count, size)


def _line_spans(text: str) -> list[Span]:
    """Return the spans of the lines; a line that ends with a colon goes with the next one."""
    spans: list[Span] = []
    at, start = 0, 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip() and not line.rstrip().endswith(":"):
            spans.append((start, end))
            start = end + 1
        elif not line.strip() and start == at:
            start = end + 1
        at = end + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _grouped(text: str, lines: Sequence[Span], count: CountTokens, size: int) -> list[Span]:
    """Join lines to as few units as fit `size`: one for most lists and contacts."""
    spans: list[Span] = []
    for start, stop in lines:
        if spans and count(text[spans[-1][0] : stop]) <= size:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
    return spans

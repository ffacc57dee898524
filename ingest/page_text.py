"""Pages of lines lose their running headers and footers, and words cut at the page end heal."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.cleaning import ends_hyphenated
from ingest.runs import Line

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:(?:Seite|Page|S\.)\s*)?\d{1,4}(?:\s*(?:von|of|/)\s*\d{1,4})?[-–\s]*$", re.IGNORECASE
)
_EDGE_LINES = 3  # how far from the edge of a page a running header or footer may stand
_REPEATED = 0.5  # on how many of the pages it has to stand
_FEWEST = 3  # pages; on two pages a repeated line proves nothing


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of one page, from top to bottom."""

    lines: list[Line]


def without_furniture(pages: Sequence[PageText]) -> list[PageText]:
    """Drop running headers, footers and page numbers, then move cut words to their first page."""
    running = _running(pages)
    bare = [PageText(_without(page.lines, running, len(pages))) for page in pages]
    if not any(line.text for page in bare for line in page.lines):
        return list(pages)  # slides with one similar line each: that line is the text
    for page, following in pairwise(bare):
        _heal_cut_word(page.lines, following.lines)
    return bare


def _edge(lines: Sequence[Line]) -> set[int]:
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _running(pages: Sequence[PageText]) -> frozenset[str]:
    """Collect the lines that stand at the edge of most pages, with digits masked."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_masked(page.lines[at].text) for at in _edge(page.lines)})
    least = max(_FEWEST, _REPEATED * len(pages))
    return frozenset(line for line, count in seen.items() if count >= least)


def _without(lines: Sequence[Line], running: frozenset[str], pages: int) -> list[Line]:
    edge = _edge(lines)
    return [
        line
        for at, line in enumerate(lines)
        if at not in edge
        or not (_masked(line.text) in running or _is_page_number(line.text, pages))
    ]


def _is_page_number(line: str, pages: int) -> bool:
    """Whether a line is a page number; a bare number on a single page may be anything."""
    return bool(_PAGE_NUMBER.match(line)) and (pages > 1 or not line.strip().isdigit())


def _masked(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).lower())


def _heal_cut_word(lines: list[Line], following: list[Line]) -> None:
    """Move the rest of a word that the page break cut to the page where it begins."""
    last = next((at for at in reversed(range(len(lines))) if lines[at].text), None)
    first = next((at for at in range(len(following)) if following[at].text), None)
    if last is None or first is None or not ends_hyphenated(lines[last].text):
        return
    head, _, rest = following[first].text.partition(" ")
    if not head[:1].islower():
        return
    lines[last] = replace(lines[last], text=lines[last].text[:-1] + head)
    following[first] = replace(following[first], text=rest)

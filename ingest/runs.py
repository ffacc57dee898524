"""Lines become runs: a wrapped paragraph, a list item, a table, or a short line of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.cleaning import (
    NARROWEST,
    hyphenated_words,
    is_wrapped,
    join_lines,
    narrow_width,
    text_width,
    unwrap,
)
from ingest.contacts import is_contact, is_detail

_BULLET = re.compile(r"(?:[•◦▪●■□–→*‣∙·»-]|o(?= [A-ZÄÖÜ]))\s+(?=\S)")
_LABEL = re.compile(r"(\(?\d{1,2}[.)]|\(?[a-z]{1,2}\)|[IVX]{1,4}\.)\s+(?=\S)")
BARE_LEGAL = re.compile(r"(?:§|Art\.|Artikel)\s?\d+[a-z]?$")
_HEADING_START = re.compile(r"[\"„»«(]?[A-ZÄÖÜ0-9§]")
_HEADING_END = re.compile(r"(?<![.…])[.,;:]$|[-‐]$")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"»«“”)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_KEY_AND_NUMBER = re.compile(r"[A-ZÄÖÜ][\w/ .-]{1,30}:\s\S*\d")  # "Stand: 1.3.2024"
CELLS = " | "
_LONE_BULLET = re.compile(r"[•◦▪●■□–→*‣∙·-]$")
_LEADERS = " .…_"  # between a title and its page number in a table of contents

_MAX_HEADING = 100
_MAX_HEADING_WORDS = 15
_MAX_TYPE_HEADING = 250  # characters; more text in large type is no heading
TEXT_LEVEL = 2  # the document's title is the only heading above


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `level` is set where the reader knows from the type that it is a heading."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A paragraph, an item or a short line; what it becomes may depend on the neighbours."""

    text: str
    group: int  # runs of one group have no blank line between them
    level: int = 0
    label: str | None = None  # of an item; "" is a bullet
    is_short: bool = False
    is_table: bool = False

    @property
    def is_item(self) -> bool:
        """Whether the line began with a bullet or a list number."""
        return self.label is not None

    @property
    def is_contact(self) -> bool:
        """Whether the lines say how to reach someone."""
        return not (self.level or self.is_item or self.is_table) and is_contact(self.text)


def to_runs(lines: Sequence[Line], known: frozenset[str] | None, *, is_page: bool) -> list[Run]:
    """Cut lines into runs; blank lines separate them, and some lines do by their shape."""
    useful = list(_useful(lines))
    texts = [line.text for line in useful]
    width = text_width(texts, is_page=is_page)
    words = hyphenated_words("\n".join(texts)) if known is None else known
    groups = list(_groups(useful))
    widths = _column_widths(groups, width) if is_page else [width] * len(groups)
    runs = [
        run
        for number, (group, own) in enumerate(zip(groups, widths, strict=True))
        for run in _group_runs(group, number, own, words)
    ]
    return _with_numbered_headings(_rejoined(runs))


def _useful(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines with something to read; a bullet on a line of its own moves to the next one."""
    bullet = ""
    for line in lines:
        text = line.text.strip()
        if _LONE_BULLET.match(text):
            bullet = text
        elif not _LETTER_OR_DIGIT.search(text):
            yield from () if bullet else (Line(""),)
        elif not _is_contents_line(text):
            yield Line(f"{bullet} {text}", 0) if bullet else Line(text, line.level)
            bullet = ""


def _is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents: "Antragsverfahren ........ 12"."""
    title = text.rstrip("0123456789")
    leaders = title[len(title.rstrip(_LEADERS)) :].replace(" ", "")
    return title != text and (len(leaders) >= 4 or leaders.startswith("…"))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines without a blank line between them; known headings are groups of their own."""
    for (is_filled, _), group in groupby(lines, key=lambda one: (bool(one.text), one.level)):
        if is_filled:
            yield list(group)


def _column_widths(groups: Sequence[Sequence[Line]], width: int) -> list[int]:
    """Return the width of each group: that of the page, or of the narrow column it stands in."""
    texts = [[line.text for line in group] for group in groups]
    narrow = [narrow_width(lines) for lines in texts]
    sizes = [sum(map(len, lines)) for lines in texts]
    running = sum(size for size, own in zip(sizes, narrow, strict=True) if own)
    usual = max(narrow, default=0) if running > sum(sizes) / 3 else 0  # so is the rest
    return [
        own or (usual if usual and max(map(len, lines)) < NARROWEST else width)
        for lines, own in zip(texts, narrow, strict=True)
    ]


def _group_runs(
    group: Sequence[Line], number: int, width: int, known: frozenset[str]
) -> Iterator[Run]:
    if group[0].level:
        text = join_lines([line.text for line in group], known)
        if len(text) <= _MAX_TYPE_HEADING and _LETTER.search(text):
            yield Run(text, number, level=group[0].level)
            return
    if _is_table(group):
        yield Run("\n".join(line.text for line in group), number, is_table=True)
        return
    for label, lines in _items(group, width):
        if label is not None:
            text = join_lines(lines, known)
            yield Run(text, number, label=label, is_short=is_short(text))
        elif is_contact("\n".join(lines)):
            yield Run("\n".join(lines), number)
        else:
            for text in unwrap(lines, width, known):
                yield Run(text, number, is_short=is_short(text))


def _is_table(group: Sequence[Line]) -> bool:
    """Whether two or more lines have the same number of cells."""
    cells = {line.text.count(CELLS) for line in group}
    return len(group) > 1 and len(cells) == 1 and cells != {0}


def _items(group: Sequence[Line], width: int) -> Iterator[tuple[str | None, list[str]]]:
    """Cut a group where an item begins or ends; items carry their label, other lines None."""
    label: str | None = None
    collected: list[str] = []
    for text in (line.text for line in group):
        marker = _BULLET.match(text) or _LABEL.match(text)
        ends_item = label is not None and not is_wrapped(collected[-1], text, width or _MAX_HEADING)
        if (marker or ends_item) and collected:
            yield label, collected
            collected = []
        if marker:
            label = marker.group(1) if marker.re is _LABEL else ""
            text = text[marker.end() :]
        elif ends_item:
            label = None
        collected.append(text)
    yield label, collected


def is_short(text: str) -> bool:
    """Whether a line has the shape of a heading."""
    return (
        len(text) <= _MAX_HEADING
        and len(text.split()) <= _MAX_HEADING_WORDS
        and bool(_HEADING_START.match(text))
        and not _HEADING_END.search(text)
        and bool(_LETTER.search(text) or BARE_LEGAL.match(text))
        and not is_detail(text)
        and not _KEY_AND_NUMBER.match(text)
    )


def _rejoined(runs: Sequence[Run]) -> list[Run]:
    """Join a paragraph that a gap in the page cut in the middle of a sentence."""
    joined: list[Run] = []
    for run in runs:
        above = joined[-1] if joined else None
        is_tail = run.text[:1].islower() and not (run.level or run.is_item)
        if above and is_tail and _is_open_paragraph(above):
            joined[-1] = replace(above, text=f"{above.text} {run.text}", is_short=False)
        else:
            joined.append(run)
    return joined


def _is_open_paragraph(run: Run) -> bool:
    is_plain = not (run.level or run.is_item or run.is_short or run.is_table)
    return is_plain and not _SENTENCE_END.search(run.text) and not run.is_contact


def _with_numbered_headings(runs: Sequence[Run]) -> list[Run]:
    """Tell "2. Gegenstand der Förderung" above a paragraph from the second item of a list."""
    result: list[Run] = []
    for at, run in enumerate(runs):
        below = runs[at + 1] if at + 1 < len(runs) else None
        above = runs[at - 1] if at else None
        is_numbered = run.is_short and bool(run.label) and (run.label or "")[-1:] != ")"
        is_alone = not (above and (above.is_item or above.text.endswith(":")))
        if is_numbered and is_alone and below and not below.is_item and not below.text[0].islower():
            run = Run(f"{run.label} {run.text}", run.group, level=TEXT_LEVEL)
        result.append(run)
    return result

"""Plain lines become elements: headings, paragraphs, list items, contacts, by their shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.cleaning import hyphenated_words, is_wrapped, join_lines, text_width, unwrap
from ingest.contacts import is_contact, is_contact_heading, is_detail, is_person
from ingest.elements import Element

_BULLET = re.compile(r"(?:[•◦▪●■□–→*‣∙·»-]|o(?= [A-ZÄÖÜ]))\s+(?=\S)")
_LABEL = re.compile(r"(\(?\d{1,2}[.)]|\(?[a-z]{1,2}\)|[IVX]{1,4}\.)\s+(?=\S)")
_SECTION = re.compile(r"\d{1,2}((?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÄÖÜ„\"])")
_LEGAL = re.compile(r"(?:§|Art\.|Artikel)\s?\d+[a-z]?\b")
_BARE_LEGAL = re.compile(r"(?:§|Art\.|Artikel)\s?\d+[a-z]?$")
_HEADING_START = re.compile(r"[\"„»«(]?[A-ZÄÖÜ0-9§]")
_HEADING_END = re.compile(r"(?<![.…])[.,;:]$|[-‐]$")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"»«“”)\]]*$")
_LETTER = re.compile(r"[^\W\d_]")
_CONTENTS_LINE = re.compile(r".*(?:\s?[.…_]){4,}\s*\d{1,4}$")  # "Antragsverfahren ........ 12"

_MAX_HEADING = 100
_MAX_HEADING_WORDS = 15
_MAX_TYPE_HEADING = 250  # characters; more text in large type is no heading
_MAX_STACKED = 3  # more short lines in a row are a list of names, not headings
_TEXT_LEVEL = 2  # the document's title is the only heading above


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `level` is set where the reader knows from the type that it is a heading."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """A paragraph, an item or a short line; what it becomes may depend on the neighbours."""

    text: str
    group: int  # runs of one group have no blank line between them
    level: int = 0
    label: str | None = None  # of an item; "" is a bullet
    is_short: bool = False

    @property
    def is_item(self) -> bool:
        return self.label is not None

    @property
    def is_contact(self) -> bool:
        return not self.level and not self.is_item and is_contact(self.text)


def to_elements(lines: Sequence[Line], known: frozenset[str] | None = None) -> list[Element]:
    """Find headings, paragraphs and lists in lines of text; blank lines separate paragraphs."""
    useful = [line for line in lines if not _CONTENTS_LINE.match(line.text)]
    texts = [line.text for line in useful]
    width = text_width(texts)
    words = hyphenated_words("\n".join(texts)) if known is None else known
    runs = [
        run
        for number, group in enumerate(_groups(useful))
        for run in _runs(group, number, width, words)
    ]
    return list(_classify(_with_numbered_headings(_rejoined(runs))))


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines without a blank line between them; known headings are groups of their own."""
    for (is_filled, _), group in groupby(
        lines, key=lambda one: (bool(one.text.strip()), one.level)
    ):
        if is_filled:
            yield [Line(line.text.strip(), line.level) for line in group]


def _runs(group: Sequence[Line], number: int, width: int, known: frozenset[str]) -> Iterator[_Run]:
    if group[0].level:
        text = join_lines([line.text for line in group], known)
        if len(text) <= _MAX_TYPE_HEADING and _LETTER.search(text):
            yield _Run(text, number, level=group[0].level)
            return
    for label, lines in _items(group, width):
        if label is not None:
            text = join_lines(lines, known)
            yield _Run(text, number, label=label, is_short=_is_short(text))
        elif is_contact("\n".join(lines)):
            yield _Run("\n".join(lines), number)
        else:
            for text in unwrap(lines, width, known):
                yield _Run(text, number, is_short=_is_short(text))


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


def _is_short(text: str) -> bool:
    """Whether a line has the shape of a heading."""
    return (
        len(text) <= _MAX_HEADING
        and len(text.split()) <= _MAX_HEADING_WORDS
        and bool(_HEADING_START.match(text))
        and not _HEADING_END.search(text)
        and bool(_LETTER.search(text))
        and not is_detail(text)
    )


def _rejoined(runs: Sequence[_Run]) -> list[_Run]:
    """Join a paragraph that a gap in the page cut in the middle of a sentence."""
    joined: list[_Run] = []
    for run in runs:
        above = joined[-1] if joined else None
        is_tail = run.text[:1].islower() and not (run.level or run.is_item)
        if above and is_tail and _is_open_paragraph(above):
            joined[-1] = replace(above, text=f"{above.text} {run.text}", is_short=False)
        else:
            joined.append(run)
    return joined


def _is_open_paragraph(run: _Run) -> bool:
    is_plain = not (run.level or run.is_item or run.is_short)
    return is_plain and not _SENTENCE_END.search(run.text) and not run.is_contact


def _with_numbered_headings(runs: Sequence[_Run]) -> list[_Run]:
    """Tell "2. Gegenstand der Förderung" above a paragraph from the second item of a list."""
    result: list[_Run] = []
    for at, run in enumerate(runs):
        below = runs[at + 1] if at + 1 < len(runs) else None
        above = runs[at - 1] if at else None
        is_numbered = run.is_short and bool(run.label) and (run.label or "")[-1:] != ")"
        is_alone = not (above and (above.is_item or above.text.endswith(":")))
        if is_numbered and is_alone and below and not below.is_item and not below.text[0].islower():
            run = _Run(f"{run.label} {run.text}", run.group, level=_TEXT_LEVEL)
        result.append(run)
    return result


def _classify(runs: Sequence[_Run]) -> Iterator[Element]:
    at = 0
    while at < len(runs):
        stop = at
        while stop < len(runs) and _is_plain_short(runs[stop]):
            stop += 1
        if stop > at:
            above = runs[at - 1] if at else None
            yield from _ShortLines(above, runs[at:stop], runs[stop : stop + 1]).elements()
            at = stop
        else:
            yield _single(runs, at)
            at += 1


def _is_plain_short(run: _Run) -> bool:
    return run.is_short and not run.is_item and not run.level


def _single(runs: Sequence[_Run], at: int) -> Element:
    run = runs[at]
    if run.level:
        return Element("heading", run.text, run.level)
    if run.is_item:
        return Element("item", run.text, label=run.label)
    if run.text.endswith(":") and _is_short(run.text[:-1]) and _leads_to_contact(runs[at + 1 :]):
        return Element("heading", run.text[:-1], _TEXT_LEVEL)
    return Element("paragraph", run.text)


def _leads_to_contact(below: Sequence[_Run]) -> bool:
    """Whether a contact follows, at once or after one line with the role or name."""
    return any(run.is_contact for run in below[:1]) or (
        len(below) > 1 and _is_plain_short(below[0]) and below[1].is_contact
    )


@dataclass(frozen=True, slots=True)
class _ShortLines:
    """Short lines in a row: headings, an introduction, a name and role, or a list of names."""

    above: _Run | None
    runs: Sequence[_Run]
    below: Sequence[_Run]  # the run after them; empty at the end of the text

    def elements(self) -> Iterator[Element]:
        """Yield headings first, then what belongs to the text below."""
        runs = list(self.runs)
        tail = self._tail(runs)
        if self.above and not self.above.level and self.above.text.endswith(":"):
            keeps_heading = not tail and len(runs) > 1 and runs[-1].group != runs[-2].group
            last = runs.pop() if keeps_heading and self.below else None
            yield from _names(runs)
            runs = [last] if last else []
        elif len(runs) > _MAX_STACKED:
            yield from _headings(runs[:1])
            last = None if tail else runs[-1]
            yield from _names(runs[1:] if tail else runs[1:-1])
            runs = [last] if last else []
        yield from self._grouped(runs)
        yield from tail

    def _grouped(self, runs: Sequence[_Run]) -> Iterator[Element]:
        """Yield single lines as headings, lines without a blank between them as names."""
        single: list[_Run] = []
        for _, lines in groupby(runs, key=lambda run: run.group):
            group = list(lines)
            if len(group) == 1 or (self.above is None and not single):
                single += group
                continue
            yield from _headings(single)
            yield from _names(group)
            single = []
        yield from _headings(single)

    def _tail(self, runs: list[_Run]) -> list[Element]:
        """Take off the last lines if they are text: an introduction, a role, a last line."""
        if not self.below:
            return [Element("paragraph", runs.pop().text)]
        if self.below[0].is_item:
            is_only = len(runs) == 1 and not (self.above and self.above.text.endswith(":"))
            introduction = runs[-1] if is_only else runs.pop()
            return [Element("paragraph", introduction.text)]
        if not self.below[0].is_contact:
            return []
        keep = self._contact_lines([run.text for run in runs])
        lines = [run.text for run in runs[len(runs) - keep :]]
        del runs[len(runs) - keep :]
        return [Element("paragraph", "\n".join(lines))] if lines else []

    def _contact_lines(self, texts: Sequence[str]) -> int:
        """Count the lines that name whom the contact below belongs to."""
        if is_contact_heading(texts[0]):
            return min(3, len(texts) - 1)
        return 2 if len(texts) > 1 and is_person(texts[-1]) else 1


def _names(runs: Sequence[_Run]) -> Iterator[Element]:
    """Yield lines as the lines of a list, without bullets, because they have none."""
    for run in runs:
        yield Element("item", run.text, label=None)


def _headings(runs: Sequence[_Run]) -> Iterator[Element]:
    above, number = 0, ""
    for run in runs:
        text = f"{number} {run.text}".strip()
        if _BARE_LEGAL.match(text) and run is not runs[-1]:
            number = text  # "§ 3" on a line of its own
            continue
        number = ""
        level = max(_level(text), above + 1)
        yield Element("heading", text, level)
        above = level


def _level(text: str) -> int:
    """Judge a heading's level by its numbering: "1.2 …" lies below "1 …", "§ 3" below a chapter."""
    if section := _SECTION.match(text):
        return _TEXT_LEVEL + section.group(1).count(".")
    return _TEXT_LEVEL + 2 * bool(_LEGAL.match(text))

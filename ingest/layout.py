"""Plain lines become elements: headings, paragraphs, list items, contacts, by their shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.contacts import is_contact_heading, is_person
from ingest.elements import Element
from ingest.runs import BARE_LEGAL, CELLS, TEXT_LEVEL, Line, Run, is_short, to_runs
from ingest.tables import table_text

_SECTION = re.compile(r"\d{1,2}((?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÄÖÜ„\"])")
_LEGAL = re.compile(r"(?:§|Art\.|Artikel)\s?\d+[a-z]?\b")
_DIGIT = re.compile(r"\d")
_MAX_STACKED = 3  # more short lines in a row are a list of names, not headings


def to_elements(
    lines: Sequence[Line], known: frozenset[str] | None = None, *, is_page: bool = False
) -> list[Element]:
    """Find headings, paragraphs and lists in lines of text; blank lines separate paragraphs.

    `known` are words to keep their hyphen; `is_page` says that lines end where the column ends.
    """
    return list(_classify(to_runs(lines, known, is_page=is_page)))


def _classify(runs: Sequence[Run]) -> Iterator[Element]:
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


def _is_plain_short(run: Run) -> bool:
    return run.is_short and not run.is_item and not run.level


def _single(runs: Sequence[Run], at: int) -> Element:
    run = runs[at]
    if run.level:
        return Element("heading", run.text, run.level)
    if run.is_item:
        return Element("item", run.text, label=run.label)
    if run.is_table:
        rows = [line.split(CELLS) for line in run.text.split("\n")]
        has_header = not any(_DIGIT.search(cell) for cell in rows[0])
        return Element("table", table_text(rows, has_header=has_header))
    if (
        run.text.endswith(":")
        and is_short(run.text[:-1])
        and _leads_to_contact(runs[at + 1 : at + 3])
    ):
        return Element("heading", run.text[:-1], TEXT_LEVEL)
    return Element("paragraph", run.text)


def _leads_to_contact(below: Sequence[Run]) -> bool:
    """Whether a contact follows, at once or after one line with the role or name."""
    return any(run.is_contact for run in below[:1]) or (
        len(below) > 1 and _is_plain_short(below[0]) and below[1].is_contact
    )


@dataclass(frozen=True, slots=True)
class _ShortLines:
    """Short lines in a row: headings, an introduction, a name and role, or a list of names."""

    above: Run | None
    runs: Sequence[Run]
    below: Sequence[Run]  # the run after them; empty at the end of the text

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

    def _grouped(self, runs: Sequence[Run]) -> Iterator[Element]:
        """Yield single lines as headings, lines without a blank between them as names."""
        single: list[Run] = []
        for _, lines in groupby(runs, key=lambda run: run.group):
            group = list(lines)
            if len(group) == 1 or (self.above is None and not single):
                single += group
                continue
            yield from _headings(single)
            yield from _names(group)
            single = []
        yield from _headings(single)

    def _tail(self, runs: list[Run]) -> list[Element]:
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
        tail = [Element("paragraph", "\n".join(lines))] if lines else []
        if runs and is_contact_heading(runs[-1].text):
            tail.insert(0, Element("heading", runs.pop().text, TEXT_LEVEL))
        return tail

    def _contact_lines(self, texts: Sequence[str]) -> int:
        """Count the lines that name whom the contact below belongs to."""
        below_heading = next(
            (at for at, text in enumerate(reversed(texts)) if is_contact_heading(text)), 9
        )
        if below_heading <= 3:
            return below_heading
        return 2 if len(texts) > 1 and is_person(texts[-1]) else 1


def _names(runs: Sequence[Run]) -> Iterator[Element]:
    """Yield lines as the lines of a list, without bullets, because they have none."""
    for run in runs:
        yield Element("item", run.text, label=None)


def _headings(runs: Sequence[Run]) -> Iterator[Element]:
    above, number = 0, ""
    for run in runs:
        text = f"{number} {run.text}".strip()
        if BARE_LEGAL.match(text) and run is not runs[-1]:
            number = text  # "§ 3" on a line of its own
            continue
        number = ""
        level = max(_level(text), above + 1)
        yield Element("heading", text, level)
        above = level


def _level(text: str) -> int:
    """Judge a heading's level by its numbering: "1.2 …" lies below "1 …", "§ 3" below a chapter."""
    if section := _SECTION.match(text):
        return TEXT_LEVEL + section.group(1).count(".")
    return TEXT_LEVEL + 2 * bool(_LEGAL.match(text))

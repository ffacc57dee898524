"""The rows of a spreadsheet become elements: title lines above, then rows with column names."""

from collections.abc import Iterator, Sequence

from ingest.cleaning import clean_line
from ingest.elements import Element
from ingest.tables import is_figure, own, spread, table_text

_FEWEST_CELLS = 2  # in a row that may be the header
_LOOK_AHEAD = 20  # rows above the header


def sheet_elements(rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    """Yield the lines above the table as paragraphs and the table with its header."""
    filled = [row for row in rows if any(map(str.strip, spread(row)))]
    header = _header(filled)
    if header is None:
        yield from _lines(filled)
        return
    yield from _lines(filled[:header])
    yield Element("table", table_text(filled[header:], has_header=True))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    for row in rows:
        yield Element("paragraph", " | ".join(map(clean_line, own(row))))


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the first row that names as many columns as any below, in words."""
    if len(rows) < 2:
        return None
    widths = [sum(map(bool, spread(row))) for row in rows]
    usual = sorted(widths)[len(widths) // 2]
    for at, row in enumerate(rows[:_LOOK_AHEAD]):
        names = own(row)
        is_wide = len(names) >= _FEWEST_CELLS and widths[at] >= 0.6 * usual
        if is_wide and at + 1 < len(rows) and sum(map(is_figure, names)) <= 0.4 * len(names):
            return at
    return None

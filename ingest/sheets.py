"""The rows of a spreadsheet become elements: title lines above, then rows with column names."""

from collections.abc import Iterator, Sequence

from ingest.cleaning import clean_line
from ingest.elements import Element
from ingest.tables import table_text

_FEWEST_CELLS = 2  # in a row that may be the header
_LOOK_AHEAD = 20  # rows above the header


def sheet_elements(rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    """Yield the lines above the table as paragraphs and the table with its header."""
    cleaned = [[clean_line(cell) for cell in row] for row in rows]
    filled = [row for row in cleaned if any(row)]
    header = _header(filled)
    if header is None:
        yield from _lines(filled)
        return
    yield from _lines(filled[:header])
    yield Element("table", table_text(filled[header:], has_header=True))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    for row in rows:
        yield Element("paragraph", " | ".join(cell for cell in row if cell))


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the first row that names as many columns as any below, in words."""
    if len(rows) < 2:
        return None
    widths = [sum(map(bool, row)) for row in rows]
    usual = sorted(widths)[len(widths) // 2]
    for at, row in enumerate(rows[:_LOOK_AHEAD]):
        names = [cell for cell in row if cell]
        is_wide = len(names) >= max(_FEWEST_CELLS, 0.6 * usual)
        if is_wide and at + 1 < len(rows) and sum(map(_is_number, names)) <= 0.4 * len(names):
            return at
    return None


def _is_number(cell: str) -> bool:
    """Whether a cell is a figure; a year may well be the name of a column."""
    digits = cell.strip("€%+- ").replace(".", "").replace(",", "")
    is_year = len(cell) == 4 and cell[:2] in {"19", "20"}
    return digits.isdigit() and not is_year

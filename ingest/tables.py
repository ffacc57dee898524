"""A table becomes one line per row, and every cell keeps the header of its column."""

from collections.abc import Sequence

from ingest.cleaning import clean_line

LEFT = "\x1d"  # in place of a cell that the one to its left reaches over

_LONGEST_LINE = 500  # characters; a longer row is cut into lines that repeat its first cell
_LONGEST_KEY = 100
_BETWEEN = " | "
_MOST_TIERS = 3  # rows of a header

Row = list[str]


def table_text(rows: Sequence[Sequence[str]], *, has_header: bool) -> str:
    """Render rows as "Modul: 1 | Quote: 40 %", without a header as "Modul 1 | 40 %".

    A header whose names reach over several columns goes on in the row below: "Zuwendung 2025".
    """
    cleaned = [[cell if cell == LEFT else clean_line(cell) for cell in row] for row in rows]
    width = max(map(len, cleaned), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in cleaned if any(spread(row))]
    if not has_header or len(filled) < 2:
        return "\n".join(_lines(own(row)) for row in filled)
    names, body = _header(filled)
    return "\n".join(_lines(_named(names, row)) for row in body)


def spread(row: Sequence[str]) -> Row:
    """Let every cell say itself what the cell that reaches over it says."""
    said: Row = []
    for cell in row:
        said.append(said[-1] if cell == LEFT and said else cell.replace(LEFT, ""))
    return said


def is_figure(cell: str) -> bool:
    """Whether a cell is a figure; a year may well be the name of a column."""
    digits = cell.strip("€%+- ").replace(".", "").replace(",", "")
    is_year = len(cell) == 4 and cell[:2] in {"19", "20"}
    return digits.isdigit() and not is_year


def own(row: Sequence[str]) -> Row:
    """Return what the cells of a row hold, each once however far it reaches."""
    return [cell for cell in row if cell not in ("", LEFT)]


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names three or more columns; two may be a label and its value."""
    first = own(rows[0]) if rows else []
    has_digits = any(character.isdigit() for cell in first for character in cell)
    return len(rows) > 1 and len(first) >= 3 and not has_digits


def in_a_cell(table: str) -> str:
    """Return a table's text as it stands in a cell of another: "Jahr: 2025, Quote: 40 %; …"."""
    return table.replace(_BETWEEN, ", ").replace("\n", "; ")


def _header(rows: Sequence[Row]) -> tuple[Row, Sequence[Row]]:
    """Return the names of the columns and the rows below them."""
    names, tiers = spread(rows[0]), 1
    while tiers < min(_MOST_TIERS, len(rows) - 1) and _goes_on(rows[tiers - 1], rows[tiers]):
        below = spread(rows[tiers])
        names = [
            name if under in ("", name) else f"{name} {under}".strip()
            for name, under in zip(names, below, strict=True)
        ]
        tiers += 1
    return names, rows[tiers:]


def _goes_on(above: Row, row: Row) -> bool:
    """Whether a row only divides the names above it: it says something new in no other column."""
    said, below = spread(above), spread(row)
    wide = {at + step for at, cell in enumerate(above) if cell == LEFT for step in (-1, 0)}
    parts = [below[at] for at in wide if below[at]]
    others = [at for at in range(len(said)) if at not in wide]
    return (
        len(set(parts)) > 1
        and not any(map(is_figure, parts))
        and all(below[at] in ("", said[at]) for at in others)
    )


def _named(header: Sequence[str], row: Sequence[str]) -> Row:
    if len(own(row)) == 1 and LEFT in row:
        return own(row)  # a line across the table
    said = zip(header, spread(row), row, strict=True)
    cells = [
        f"{name.rstrip(':')}: {cell}" if name and name != cell else cell
        for name, cell, given in said
        if cell and not (given == LEFT and not name)
    ]
    return list(dict.fromkeys(cells)) if LEFT in row else cells


def _lines(cells: Sequence[str]) -> str:
    """Join the cells of a row; in a long one each line says again which row it belongs to."""
    lines: list[Row] = [[]]
    for cell in cells:
        if lines[-1] and len(_BETWEEN.join([*lines[-1], cell])) > _LONGEST_LINE:
            key = cells[0] if len(cells[0]) <= _LONGEST_KEY else ""
            lines.append([key] if key else [])
        lines[-1].append(cell)
    return "\n".join(_BETWEEN.join(line) for line in lines)

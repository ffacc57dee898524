"""A table becomes one line per row, and every cell keeps the header of its column."""

from collections.abc import Sequence

from ingest.cleaning import clean_line

_LONGEST_LINE = 500  # characters; a longer row is cut into lines that repeat its first cell
_LONGEST_KEY = 100
_BETWEEN = " | "


def table_text(rows: Sequence[Sequence[str]], *, has_header: bool) -> str:
    """Render rows as "Modul: 1 | Quote: 40 %", without a header as "Modul 1 | 40 %"."""
    cleaned = [[clean_line(cell) for cell in row] for row in rows]
    filled = [row for row in cleaned if any(row)]
    if not has_header or len(filled) < 2:
        return "\n".join(_lines([cell for cell in row if cell]) for row in filled)
    header, *body = filled
    return "\n".join(_lines(_named(header, row)) for row in body)


def _named(header: Sequence[str], row: Sequence[str]) -> list[str]:
    names = [*header, *[""] * (len(row) - len(header))]
    return [
        f"{name.rstrip(':')}: {cell}" if name and name != cell else cell
        for name, cell in zip(names, row, strict=False)
        if cell
    ]


def _lines(cells: Sequence[str]) -> str:
    """Join the cells of a row; in a long one each line says again which row it belongs to."""
    lines: list[list[str]] = [[]]
    for cell in cells:
        if lines[-1] and len(_BETWEEN.join([*lines[-1], cell])) > _LONGEST_LINE:
            key = cells[0] if len(cells[0]) <= _LONGEST_KEY else ""
            lines.append([key] if key else [])
        lines[-1].append(cell)
    return "\n".join(_BETWEEN.join(line) for line in lines)

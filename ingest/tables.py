"""A table becomes one line per row, and every cell keeps the header of its column."""

from collections.abc import Sequence

from ingest.cleaning import clean_line


def table_text(rows: Sequence[Sequence[str]], *, has_header: bool) -> str:
    """Render rows as "Modul: 1 | Quote: 40 %", without a header as "Modul 1 | 40 %"."""
    cleaned = [[clean_line(cell) for cell in row] for row in rows]
    filled = [row for row in cleaned if any(row)]
    if not has_header or len(filled) < 2:
        return "\n".join(" | ".join(cell for cell in row if cell) for row in filled)
    header, *body = filled
    return "\n".join(_row(header, row) for row in body)


def _row(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    cells = (
        f"{name.rstrip(':')}: {cell}" if name and name != cell else cell
        for name, cell in zip(names, row, strict=False)
        if cell
    )
    return " | ".join(cells)

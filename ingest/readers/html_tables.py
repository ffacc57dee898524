"""Tables of a page: merged cells are laid out before the main content is found, read after it."""

from collections.abc import Iterator
from copy import deepcopy

from lxml.etree import _Element
from lxml.html import HtmlElement

from ingest.cleaning import clean_line
from ingest.elements import Element
from ingest.tables import LEFT, names_columns, table_text

# What stands in a cell that the one to its left reaches over: private to this file, because the
# control character for it cannot stand in a page.
_REACHED = "\ue01d"
_MOST_SPANNED = 100  # columns or rows
_MOST_CELLS = 5_000  # of a table; one that claims more keeps its own cells alone
_CELLS = frozenset({"td", "th"})
_Reaching = dict[int, tuple[HtmlElement, int]]  # by column: a cell from above, rows it has left
_BREAKS = frozenset({"lb", "p", "div", "list", "item", "head", "quote", "table"})


def lay_out(tree: HtmlElement) -> None:
    """Give every merged cell of the tables in a page its place in each column and row it reaches.

    A title that is part of a table becomes a paragraph above it, and not the names of its columns.
    """
    for table in tree.iter("table"):
        for caption in table.findall("caption"):
            caption.tag = "p"
            table.addprevious(caption)  # the text behind it moves along
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if table.find(".//table") is None and any(map(_spans, rows)):
            _lay_out(rows)


def table_elements(node: _Element) -> Iterator[Element]:
    """Yield a table of the main content, rows under the names of their columns."""
    rows = [row.findall("cell") for row in node.findall("row")]
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    heads = [
        cell.get("role") == "head"
        for row, said in zip(rows[:1], texts, strict=False)
        for cell, text in zip(row, said, strict=True)
        if text
    ]
    has_header = all(heads) if any(heads) else names_columns(texts)
    if text := table_text(texts, has_header=has_header):
        yield Element("table", text)


def _spans(row: HtmlElement) -> bool:
    return any(_span(cell, side) > 1 for cell in row for side in ("colspan", "rowspan"))


def _span(cell: HtmlElement, side: str) -> int:
    stated = cell.get(side, "1").strip()
    return min(int(stated), _MOST_SPANNED) if stated.isdecimal() and int(stated) else 1


def _lay_out(rows: list[HtmlElement]) -> None:
    reaching: _Reaching = {}
    laid: list[list[HtmlElement]] = []
    for row in rows:
        laid.append(_laid(row, reaching))
        if sum(map(len, laid)) > _MOST_CELLS:
            return
    for row, cells in zip(rows, laid, strict=True):
        for cell in cells:
            cell.attrib.pop("colspan", None)
            cell.attrib.pop("rowspan", None)
            row.append(cell)


def _laid(row: HtmlElement, reaching: _Reaching) -> list[HtmlElement]:
    """Return a cell for each column of a row; note in `reaching` which go on in rows below."""
    cells: list[HtmlElement] = []
    for given in [one for one in row if one.tag in _CELLS]:
        cells += _from_above(reaching, len(cells))
        high = _span(given, "rowspan")
        for step in range(_span(given, "colspan")):
            cell = _reached(given) if step else given
            if high > 1:
                reaching[len(cells)] = (deepcopy(cell), high - 1)
            cells.append(cell)
    return [*cells, *_from_above(reaching, len(cells))]


def _from_above(reaching: _Reaching, column: int) -> Iterator[HtmlElement]:
    while column in reaching:
        cell, left = reaching.pop(column)
        if left > 1:
            reaching[column] = (cell, left - 1)
        yield deepcopy(cell)
        column += 1


def _reached(cell: HtmlElement) -> HtmlElement:
    made: HtmlElement = cell.makeelement(cell.tag)
    made.text = _REACHED
    return made


def _cell_text(cell: _Element) -> str:
    text = "".join(_pieces(cell))
    return LEFT if text.strip() == _REACHED else clean_line(text)


def _pieces(node: _Element) -> Iterator[str]:
    """Yield the text of a cell; what stands on a line of its own is kept apart by a blank."""
    yield node.text or ""
    for child in node:
        apart = " " if child.tag in _BREAKS else ""
        yield apart
        yield from _pieces(child)
        yield apart + (child.tail or "")

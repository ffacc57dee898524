"""ODT: the text of LibreOffice and its relatives, from the XML that the format defines."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from ingest.cleaning import clean_line, clean_text
from ingest.contacts import is_contact
from ingest.elements import Element
from ingest.readers.archives import member
from ingest.readers.errors import damaged
from ingest.readers.extract import Extract, ExtractedPage
from ingest.tables import LEFT, in_a_cell, names_columns, own, table_text

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}
_MOST_REPEATED = 50  # a cell may claim to stand a million times in its row
_MAX_DEPTH = 20


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_HEADING, _PARAGRAPH = _tag("text:h"), _tag("text:p")
_LIST, _TABLE = _tag("text:list"), _tag("table:table")
_ROW, _HEADER_ROWS = _tag("table:table-row"), _tag("table:table-header-rows")
_ROW_GROUPS = (_HEADER_ROWS, _tag("table:table-rows"), _tag("table:table-row-group"))
_CELL, _COVERED = _tag("table:table-cell"), _tag("table:covered-table-cell")
_BLANKS = (_tag("text:s"), _tag("text:tab"))
_ITEMS = (_tag("text:list-item"), _tag("text:list-header"))
# Deleted text, comments, footnotes, and the lists that the program makes by itself.
_LEFT_OUT = frozenset(
    map(
        _tag,
        (
            "text:tracked-changes",
            "office:annotation",
            "office:annotation-end",
            "text:note",
            "text:table-of-content",
            "text:alphabetical-index",
            "text:hidden-text",
            "office:forms",
        ),
    )
)


def read_odt(content: bytes, name: str) -> Extract:
    """Read a text document; headers, footers, footnotes, comments and deletions stay out."""
    try:
        body = _parse(member(content, "content.xml")).find(
            "office:body/office:text", namespaces=_NAMES
        )
        if body is None:
            raise damaged(name, "ohne Text")
        elements = list(_blocks(body, 0))
        title = _parse(member(content, "meta.xml")).findtext(".//dc:title", "", _NAMES)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise damaged(name) from error
    return Extract([ExtractedPage(elements)], clean_line(title))


def _parse(xml: bytes) -> _Element:
    # No entities, no network, and the limits of libxml2 on depth and length stay on.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)


def _blocks(parent: _Element, depth: int) -> Iterator[Element]:
    """Yield the elements of a section, a cell used for layout, or the whole text."""
    if depth > _MAX_DEPTH:
        return
    for node in parent:
        if node.tag in _LEFT_OUT or not isinstance(node.tag, str):
            continue
        if node.tag == _HEADING:
            level = node.get(_tag("text:outline-level"), "1")
            yield Element("heading", clean_line(_text(node)), int(level) if level.isdigit() else 1)
        elif node.tag == _PARAGRAPH:
            yield from _paragraph(node)
        elif node.tag == _LIST:
            yield from _list(node, 1)
        elif node.tag == _TABLE:
            yield from _table(node)
        else:  # sections and indexes of one's own
            yield from _blocks(node, depth + 1)


def _paragraph(node: _Element) -> Iterator[Element]:
    text = clean_text(_text(node))
    if text:
        yield Element("paragraph", text if is_contact(text) else clean_line(text))
    for frame in node.iter(_tag("draw:text-box")):
        yield from _blocks(frame, _MAX_DEPTH)


def _list(node: _Element, level: int) -> Iterator[Element]:
    for item in node:
        if item.tag not in _ITEMS or level > _MAX_DEPTH:
            continue
        is_first = True
        for part in item:
            if part.tag == _LIST:
                yield from _list(part, level + 1)
            elif part.tag == _HEADING:
                yield Element("heading", clean_line(_text(part)), level)
            elif part.tag == _PARAGRAPH and (text := clean_line(_text(part))):
                yield Element("item", text, level, "" if is_first else None)
                is_first = False


def _table(node: _Element) -> Iterator[Element]:
    rows = _rows(node)
    if all(len(own(row)) <= 1 for row in rows):
        for row in rows:  # a frame around text, not a table
            yield from (Element("paragraph", cell) for cell in own(row))
        return
    yield Element("table", _table_text(node, rows))


def _table_text(node: _Element, rows: list[list[str]]) -> str:
    has_header = node.find(f"{_HEADER_ROWS}/{_ROW}") is not None or names_columns(rows)
    return table_text(rows, has_header=has_header)


def _rows(node: _Element) -> list[list[str]]:
    rows: list[list[str]] = []
    for each in _own_rows(node):
        rows.append(_row(each, rows[-1] if rows else []))
    return rows


def _own_rows(node: _Element) -> Iterator[_Element]:
    """Yield the rows of a table and of their groups, not those of a table in a cell."""
    for each in node:
        if each.tag == _ROW:
            yield each
        elif each.tag in _ROW_GROUPS:
            yield from _own_rows(each)


def _row(row: _Element, above: list[str]) -> list[str]:
    """Return the cells of a row; one that reaches down from the row above says its text again."""
    cells: list[str] = []
    reach = 0  # covered cells that belong to the cell to their left
    for cell in row:
        times = _times(cell, "table:number-columns-repeated")
        if cell.tag == _CELL:
            cells += [clean_line(" ".join(_cell_pieces(cell)))] * times
            reach = _times(cell, "table:number-columns-spanned") - 1
        elif cell.tag == _COVERED:
            for _ in range(times):
                at = len(cells)
                cells.append(LEFT if reach > 0 else "".join(above[at : at + 1]))
                reach -= 1
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_pieces(node: _Element) -> Iterator[str]:
    """Yield the paragraphs of a cell; a table in it keeps the names of its columns."""
    for each in node:
        if each.tag in (_PARAGRAPH, _HEADING):
            yield _text(each)
        elif each.tag == _TABLE:
            yield in_a_cell(_table_text(each, _rows(each)))
        elif isinstance(each.tag, str) and each.tag not in _LEFT_OUT:
            yield from _cell_pieces(each)


def _times(cell: _Element, name: str) -> int:
    stated = cell.get(_tag(name), "1")
    return min(int(stated) if stated.isdigit() else 1, _MOST_REPEATED)


def _text(node: _Element) -> str:
    return "".join(_pieces(node))


def _pieces(node: _Element) -> Iterator[str]:
    """Yield the text of a paragraph; blanks and breaks are elements of their own in ODF."""
    yield (node.text or "").replace("\n", " ")
    for child in node:
        if child.tag in _BLANKS:
            yield " "
        elif child.tag == _tag("text:line-break"):
            yield "\n"
        elif (
            isinstance(child.tag, str)
            and child.tag not in _LEFT_OUT
            and not child.tag.startswith(f"{{{_NAMES['draw']}}}")
        ):
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")

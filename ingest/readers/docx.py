"""DOCX: headings, lists and tables in document order, by python-docx."""

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest.cleaning import clean_line, clean_text
from ingest.contacts import is_contact
from ingest.elements import Element
from ingest.readers.errors import damaged
from ingest.readers.extract import Extract, ExtractedPage
from ingest.tables import LEFT, in_a_cell, table_text

_MAX_CELL = 400  # characters; a cell with more is a column of text, not of a table
_MAX_TABLE_DEPTH = 5
_ORDERED = frozenset({"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"})


def read_docx(content: bytes, name: str) -> Extract:
    """Read a Word document; headers, footers, comments and hidden text stay out."""
    try:
        document = docx.Document(BytesIO(content))
        elements = list(_Walk(document).elements(document, 0))
        title = clean_line(document.core_properties.title or "")
    except Exception as error:  # damaged packages raise KeyError, lxml and others
        raise damaged(name) from error
    return Extract([ExtractedPage(elements)], title)


class _Walk:
    """One pass through a document; counts the numbers of its lists on the way."""

    def __init__(self, document: WordDocument) -> None:
        self._formats = _number_formats(document)
        self._counts: Counter[tuple[str, int]] = Counter()

    def elements(self, parent: WordDocument | _Cell, depth: int) -> Iterator[Element]:
        for block in parent.iter_inner_content():
            if isinstance(block, Paragraph):
                yield from self._paragraph(block)
            elif depth < _MAX_TABLE_DEPTH:
                yield from self._table(block, depth)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Element]:
        text = clean_text(_visible_text(paragraph))
        if not text:
            return
        style = (paragraph.style.name or "") if paragraph.style else ""
        level = _heading_level(paragraph, style)
        if level:
            yield Element("heading", clean_line(text), level)
        elif numbering := _numbering(paragraph, style):
            yield self._item(text, *numbering)
        else:
            yield Element("paragraph", text if is_contact(text) else clean_line(text))

    def _item(self, text: str, number_id: str, indent: int) -> Element:
        kind = self._formats.get((number_id, indent), "")
        if kind not in _ORDERED:
            return Element("item", clean_line(text), indent + 1)
        self._counts[number_id, indent] += 1
        for deeper in range(indent + 1, 9):
            self._counts[number_id, deeper] = 0
        count = self._counts[number_id, indent]
        label = f"{chr(96 + count)})" if "Letter" in kind and count <= 26 else f"{count}."
        return Element("item", clean_line(text), indent + 1, label)

    def _table(self, table: Table, depth: int) -> Iterator[Element]:
        grid = [row.cells for row in table.rows]
        rows = [_cells(cells) for cells in grid]
        if all(len(row) == 1 for row in rows) or _is_layout(rows):
            for row in rows:
                for cell in row:
                    yield from self.elements(cell, depth + 1)
            return
        yield Element("table", _table_text(table))


def _visible_text(paragraph: Paragraph) -> str:
    runs: list[Run] = []
    for part in paragraph.iter_inner_content():
        runs.extend(part.runs if isinstance(part, Hyperlink) else [part])
    return "".join(run.text for run in runs if not run.font.hidden)


def _heading_level(paragraph: Paragraph, style: str) -> int:
    """Return 1 to 9 for a heading, else 0."""
    if style == "Title":
        return 1
    words = style.split()
    if words and words[0] in {"Heading", "Überschrift", "heading"} and words[-1].isdigit():
        return int(words[-1])
    outline = paragraph._p.find(f".//{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = outline.get(qn("w:val")) if outline is not None else None
    return int(value) + 1 if value and value.isdigit() and int(value) < 9 else 0


def _numbering(paragraph: Paragraph, style: str) -> tuple[str, int] | None:
    """Return the list a paragraph belongs to and its depth, from itself or from its style."""
    sources = [paragraph._p]
    if paragraph.style is not None:
        sources.append(paragraph.style.element)
    for source in sources:
        properties = source.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            continue
        number = properties.find(qn("w:numId"))
        indent = properties.find(qn("w:ilvl"))
        value = number.get(qn("w:val")) if number is not None else None
        depth = indent.get(qn("w:val")) if indent is not None else "0"
        if value and value != "0":
            return value, int(depth or 0)
    return ("", 0) if style.startswith(("List Bullet", "List Number", "Aufzählung")) else None


def _number_formats(document: WordDocument) -> dict[tuple[str, int], str]:
    """Map list and depth to Word's number format: "bullet", "decimal", and so on."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}  # a document without lists has no numbering part
    kinds: dict[str, dict[int, str]] = {}
    for abstract in root.findall(qn("w:abstractNum")):
        levels = {
            int(level.get(qn("w:ilvl"), "0")): kind.get(qn("w:val"), "")
            for level in abstract.findall(qn("w:lvl"))
            if (kind := level.find(qn("w:numFmt"))) is not None
        }
        kinds[abstract.get(qn("w:abstractNumId"), "")] = levels
    formats: dict[tuple[str, int], str] = {}
    for number in root.findall(qn("w:num")):
        link = number.find(qn("w:abstractNumId"))
        target = link.get(qn("w:val"), "") if link is not None else ""
        for depth, kind in kinds.get(target, {}).items():
            formats[number.get(qn("w:numId"), ""), depth] = kind
    return formats


def _cells(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """Return a row's cells; a merged cell stands in the row once per column it spans."""
    return [cell for at, cell in enumerate(cells) if not _is_reached(cells, at)]


def _texts(cells: tuple[_Cell, ...]) -> list[str]:
    """Return what a row's cells hold, as many as there are columns."""
    return [LEFT if _is_reached(cells, at) else _cell_text(cell) for at, cell in enumerate(cells)]


def _is_reached(cells: tuple[_Cell, ...], at: int) -> bool:
    """Whether the cell to the left reaches over this column too."""
    return at > 0 and cells[at]._tc is cells[at - 1]._tc


def _table_text(table: Table) -> str:
    grid = [row.cells for row in table.rows]
    texts = [_texts(cells) for cells in grid]
    names = [text for text in texts[0] if text != LEFT] if texts else []
    has_header = len(grid) > 1 and _has_header(table, _cells(grid[0]), names)
    return table_text(texts, has_header=has_header)


def _cell_text(cell: _Cell) -> str:
    """Return what stands in a cell; a table in it keeps the names of its columns."""
    parts = [
        _visible_text(block) if isinstance(block, Paragraph) else in_a_cell(_table_text(block))
        for block in cell.iter_inner_content()
    ]
    return clean_line(" ".join(part for part in parts if part.strip()))


def _is_layout(rows: list[list[_Cell]]) -> bool:
    return any(len(_cell_text(cell)) > _MAX_CELL for row in rows for cell in row)


def _has_header(table: Table, first: Sequence[_Cell], names: Sequence[str]) -> bool:
    """Whether the first row is marked as a header, or is bold, or names three or more columns."""
    if table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
        return True
    runs = [
        run for cell in first for one in cell.paragraphs for run in one.runs if run.text.strip()
    ]
    if runs and all(run.bold for run in runs):
        return True
    return len(names) >= 3 and all(names) and not any(c.isdigit() for name in names for c in name)

"""PPTX: slides as pages, their shapes in reading order, by python-pptx."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.slide import Slide
from pptx.table import Table

from ingest.cleaning import clean_line
from ingest.contacts import is_contact
from ingest.elements import Element
from ingest.readers.errors import UnreadableDocument, damaged, too_large
from ingest.readers.extract import Extract, ExtractedPage
from ingest.tables import LEFT, table_text

_MAX_SLIDES = 3_000
_MAX_DEPTH = 5  # groups in groups
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
_DEFAULT_TITLES = {"PowerPoint Presentation", "PowerPoint-Präsentation"}
_LINE = 300_000  # EMU; shapes whose upper edges differ by less stand side by side


def read_pptx(content: bytes, name: str) -> Extract:
    """Read a presentation; notes, hidden slides, footers and slide numbers stay out."""
    try:
        presentation = pptx.Presentation(BytesIO(content))
        slides = list(presentation.slides)
        if len(slides) > _MAX_SLIDES:
            raise too_large(name, f"mehr als {_MAX_SLIDES} Folien")
        pages = [
            ExtractedPage([] if _is_hidden(slide) else _elements(slide), number, str(number))
            for number, slide in enumerate(slides, 1)
        ]
        title = clean_line(presentation.core_properties.title or "")
    except UnreadableDocument:
        raise
    except Exception as error:  # damaged packages raise KeyError, lxml and others
        raise damaged(name) from error
    return Extract(pages, "" if title in _DEFAULT_TITLES else title)


def _is_hidden(slide: Slide) -> bool:
    return slide._element.get("show") == "0"


def _elements(slide: Slide) -> list[Element]:
    title = slide.shapes.title
    elements = (
        [Element("heading", text, 2)]
        if title is not None and (text := clean_line(title.text_frame.text))
        else []
    )
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            elements += _shape(shape, 0)
    return elements


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Return shapes from top to bottom, those side by side from left to right."""
    return sorted(shapes, key=lambda one: ((one.top or 0) // _LINE, one.left or 0))


def _shape(shape: Any, depth: int) -> Iterator[Element]:  # noqa: ANN401 (any of a dozen classes)
    if shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
        return
    if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
        if depth < _MAX_DEPTH:
            for inner in _in_order(shape.shapes):
                yield from _shape(inner, depth + 1)
    elif getattr(shape, "has_table", False):
        header = bool(shape.table.first_row)
        yield Element("table", table_text(_rows(shape.table), has_header=header))
    elif shape.has_text_frame:
        yield from _text(shape)


def _rows(table: Table) -> list[list[str]]:
    """Return the cells of a table; one that reaches over rows says its text in each."""
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    for top, row in enumerate(table.rows):
        for left, cell in enumerate(row.cells):
            if cell.is_merge_origin:
                width = min(cell.span_width, len(rows[top]) - left)
                reaching = [rows[top][left], *[LEFT] * (width - 1)]
                for lower in rows[top : top + cell.span_height]:
                    lower[left : left + width] = reaching
    return rows


def _text(shape: Any) -> Iterator[Element]:  # noqa: ANN401
    """Yield the paragraphs of one frame; several in a frame for text are a list, as they look."""
    paragraphs = [one for one in shape.text_frame.paragraphs if one.text.strip()]
    whole = "\n".join(clean_line(one.text) for one in paragraphs)
    if is_contact(whole):
        yield Element("paragraph", whole)
        return
    is_list = shape.is_placeholder and len(paragraphs) > 1
    for one in paragraphs:
        text = clean_line(one.text)
        yield Element("item", text, one.level + 1) if is_list else Element("paragraph", text)

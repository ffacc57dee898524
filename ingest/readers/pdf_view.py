"""One page of a PDF as a picture, and where a quote stands on it, by pdfium."""

import ctypes
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]
from PIL import Image

from corpus.page_views import PageView, Quote, Rectangle
from ingest.readers.alignment import find_quote
from ingest.readers.pdf_text import text_page_of

MOST_PIXELS = 12_000_000  # a plan of a square metre is drawn at a lower resolution
Box = tuple[float, float, float, float]  # left, bottom, right, top in points, up is positive

Image.preinit()  # reads the plug-ins in now, so that the first page need not wait for them

_POINTS_PER_INCH = 72
_MOST_CHARACTERS = 200_000
_GRID = 100_000  # pdfium gives places on the page as whole numbers
_FAST = 1  # of the nine grades of compression; the picture goes to this machine's browser


def view_page(path: Path, number: int, quote: Quote | None = None) -> PageView:
    """Measure page `number`, counted from 1, and find the quote on it."""
    with _page(path, number) as (page, pages):
        width, height = page.get_size()
        marks = _marks(page, quote) if quote else ()
        return PageView(pages, width, height, marks)


def draw_page(path: Path, number: int, dots_per_inch: int) -> bytes:
    """Draw page `number`, counted from 1, as PNG."""
    with _page(path, number) as (page, _):
        width, height = page.get_size()
        scale = dots_per_inch / _POINTS_PER_INCH
        scale = min(scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        image: Image.Image = page.render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=_FAST)
        return out.getvalue()


@contextmanager
def _page(path: Path, number: int) -> Iterator[tuple[pdfium.PdfPage, int]]:
    document = pdfium.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        yield page, len(document)
    finally:
        document.close()


def _marks(page: pdfium.PdfPage, quote: Quote) -> tuple[Rectangle, ...]:
    text_page = text_page_of(page)
    count = min(text_page.count_chars(), _MOST_CHARACTERS)
    characters = [chr(pdfium_c.FPDFText_GetUnicode(text_page, at)) for at in range(count)]
    lines = [
        line
        for start, end in find_quote(characters, quote)
        for line in _lines(text_page.get_rect(at) for at in range(_count(text_page, start, end)))
    ]
    return tuple(_rectangle(page, line) for line in lines)


def _count(text_page: pdfium.PdfTextPage, start: int, end: int) -> int:
    """Have pdfium work out the boxes of a span of characters; return how many there are."""
    return int(text_page.count_rects(start, end - start))


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """Join the boxes that stand beside each other; type setters cut lines into many."""
    lines: list[Box] = []
    for box in boxes:
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        if lines and _is_beside(lines[-1], box):
            before = lines.pop()
            box = (
                min(before[0], box[0]),
                min(before[1], box[1]),
                max(before[2], box[2]),
                max(before[3], box[3]),
            )
        lines.append(box)
    return lines


def _is_beside(one: Box, other: Box) -> bool:
    lower = min(one[3] - one[1], other[3] - other[1])
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    gap = max(other[0] - one[2], one[0] - other[2])
    return overlap > lower / 2 and gap < 2 * lower


def _rectangle(page: pdfium.PdfPage, box: Box) -> Rectangle:
    """Turn a box of the page's own space into shares of the page as it is shown."""
    corners = [_shown(page, x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
    return Rectangle(left, top, right, bottom)


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, at_x, at_y)
    return at_x.value / _GRID, at_y.value / _GRID

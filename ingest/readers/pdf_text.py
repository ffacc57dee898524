"""The text of a PDF page in reading order, whichever way the page and its text are turned."""

import math
from collections import Counter

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

_MOST_ASKED = 50  # characters that tell which way the text of a page runs
_QUARTER = 90  # degrees
_TURNS = 4


def text_page_of(page: pdfium.PdfPage) -> pdfium.PdfTextPage:
    """Return the text of a page, read with most of it upright; the page is shown as before.

    Where text runs from top to bottom on the page as it is shown, as on a sheet that was scanned
    or turned sideways, pdfium would give its lines from the last to the first.
    """
    text_page = page.get_textpage()
    shown, upright = page.get_rotation(), _upright(text_page)
    if upright in (None, shown):
        return text_page
    text_page.close()
    page.set_rotation(upright)
    try:
        return page.get_textpage()
    finally:
        page.set_rotation(shown)


def direction_at(text_page: pdfium.PdfTextPage, at: int) -> tuple[float, float]:
    """Return which way a character's line runs on the unturned page, as a vector of length 1."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, at, matrix)
    length = math.hypot(matrix.a, matrix.b)
    return (matrix.a / length, matrix.b / length) if length else (1.0, 0.0)


def _upright(text_page: pdfium.PdfTextPage) -> int | None:
    """Return the rotation in degrees at which most text is upright; None where there is none."""
    count = text_page.count_chars()
    turns: Counter[int] = Counter()
    for at in range(0, count, max(1, count // _MOST_ASKED)):
        if pdfium_c.FPDFText_IsGenerated(text_page, at) != 1:
            x, y = direction_at(text_page, at)
            turns[round(math.degrees(math.atan2(y, x)) / _QUARTER) % _TURNS] += 1
    return turns.most_common(1)[0][0] * _QUARTER if turns else None

"""Pages of a PDF without text become text by recognition, and say so."""

from collections.abc import Callable, Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from ingest.readers.recognition import DOTS_PER_INCH, Image, program, recognise

_MOST_PIXELS = 40_000_000  # a plan of a square metre is read at a lower resolution
_POINTS_PER_INCH = 72


def recognised_pages(
    content: bytes, indexes: Sequence[int], pulse: Callable[[int, int], None]
) -> dict[int, list[str]]:
    """Return the lines of those pages (counted from 0) on which there is something to read.

    Raises `NoRecognition` where there is no program for it. `pulse` is called after each page
    with the number done and the number to do.
    """
    program()
    found: dict[int, list[str]] = {}
    document = pdfium.PdfDocument(content)
    try:
        for done, index in enumerate(indexes, 1):
            lines = recognise(_image(document, index))
            if any(lines):
                found[index] = lines
            pulse(done, len(indexes))
    finally:
        document.close()
    return found


def remarks(found: int, missing: int, problem: str = "") -> tuple[str, ...]:
    """Say in German what became of the pages without text."""
    if problem and missing:
        return (f"{_pages(missing)} ohne Text; keine Texterkennung: {problem}.",)
    said = []
    if found:
        said.append(f"{_pages(found)} aus Texterkennung, Lesefehler sind möglich.")
    if missing > found:
        said.append(f"{_pages(missing - found)} ohne Text, auch für die Texterkennung.")
    return tuple(said)


def _pages(count: int) -> str:
    return "1 Seite" if count == 1 else f"{count} Seiten"


def _image(document: pdfium.PdfDocument, index: int) -> Image:
    """Render one page in shades of grey; a page that cannot be loaded is an empty image."""
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Image(0, 0, b"")
    try:
        width, height = page.get_size()
        scale = DOTS_PER_INCH / _POINTS_PER_INCH
        scale = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        if bitmap.stride != bitmap.width:
            rows = b"".join(
                rows[start : start + bitmap.width] for start in range(0, len(rows), bitmap.stride)
            )
        return Image(bitmap.width, bitmap.height, rows)
    finally:
        page.close()

"""Small files made in code: PDFs written by hand, Word documents by python-docx."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO

import docx
import pypdfium2 as pdfium
from docx.document import Document as WordDocument
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.constants import PageLabelStyle

TextLine = tuple[str, float, float, bool]  # text, size in points, distance from the top, bold


def lines(*texts: str, top: float = 60, size: float = 11, step: float = 14) -> list[TextLine]:
    """Set lines below each other; an empty text leaves a gap."""
    return [(text, size, top + at * step, False) for at, text in enumerate(texts) if text]


def pdf(pages: Sequence[Iterable[TextLine]]) -> bytes:
    """Write a PDF with one text object per line, as simple as the format allows."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        stream = b"\n".join(_show(line) for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return assembled(objects)


def _show(line: TextLine) -> bytes:
    text, size, top, is_bold = line
    escaped = text.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        escaped = escaped.replace(mark, b"\\" + mark)
    font = 2 if is_bold else 1
    return b"BT /F%d %g Tf 60 %g Td (%s) Tj ET" % (font, size, 842 - top, escaped)


def assembled(objects: Sequence[bytes]) -> bytes:
    """Number objects from 1, the catalogue first, and write their table."""
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    size = len(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start)


def with_password(content: bytes, *, user: str = "", owner: str = "") -> bytes:
    writer = PdfWriter(PdfReader(BytesIO(content)))
    writer.encrypt(user, owner, algorithm="AES-256")
    return _written(writer)


def turned(content: bytes, *, text: int = 0, shown: int = 0) -> bytes:
    """Turn the text of each page against the clock and the page as it is shown with it."""
    writer = PdfWriter(PdfReader(BytesIO(content)))
    for page in writer.pages:
        middle = Transformation().translate(-297.5, -421).rotate(text).translate(421, 421)
        page.add_transformation(middle)
        page.mediabox.upper_right = (842, 842)
        page.rotate(shown)
    return _written(writer)


def with_front_matter_pages(content: bytes, front: int, *, title: str = "") -> bytes:
    """Number the first `front` pages i, ii, … and the others from 1; optionally set a title."""
    writer = PdfWriter(PdfReader(BytesIO(content)))
    pages = len(writer.pages)
    writer.set_page_label(0, front - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(front, pages - 1, style=PageLabelStyle.DECIMAL, start=1)
    if title:
        writer.add_metadata({"/Title": title})
    return _written(writer)


def scanned(content: bytes, *, dots_per_inch: int = 200) -> bytes:
    """Return a PDF whose pages are pictures of the pages of another one."""
    images = []
    for page in pdfium.PdfDocument(content):
        bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        pixels = b"".join(
            rows[at * bitmap.stride : at * bitmap.stride + bitmap.width]
            for at in range(bitmap.height)
        )
        images.append((bitmap.width, bitmap.height, zlib.compress(pixels)))
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(images)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(images)} >>".encode(),
    ]
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    for at, (width, height, pixels) in enumerate(images):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /XObject << /I %d 0 R >> >> >>" % (4 + 3 * at, 5 + 3 * at),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
            b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (width, height, len(pixels), pixels),
        ]
    return assembled(objects)


def _written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def word(build: Callable[[WordDocument], None]) -> bytes:
    """Return a Word document that the function `build` has filled."""
    document = docx.Document()
    build(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()

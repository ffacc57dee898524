"""Small files that grow without measure when they are read: nine PDFs and a Word document."""

import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from sample_files import assembled

MEGABYTE = 2**20
_WORD_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>"""
_WORD_RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""


def deflated(piece: bytes, times: int) -> bytes:
    """Return the zlib stream of `piece` repeated, without ever holding what it unpacks to."""
    packer = zlib.compressobj(9)
    first = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush every piece packs to the same bytes.
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(piece, checksum)
    return first + again * (times - 1) + b"\x03\x00" + checksum.to_bytes(4, "big")


def _pdf(
    content: bytes,
    *,
    filters: bytes = b"/FlateDecode",
    resources: bytes = b"",
    kids: bytes = b"3 0 R",
    count: int = 1,
    more: Sequence[bytes] = (),
) -> bytes:
    """Write a PDF with one page; `more` objects are numbered from 6."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
            b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream"
            % (len(content), filters, content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def flate() -> bytes:
    """1 GB in 1 MB."""
    return _pdf(deflated(b" " * MEGABYTE, 1024))


def nested_flate() -> bytes:
    """2 GB in a few kilobytes: packed twice."""
    once = deflated(b" " * MEGABYTE, 2048)
    return _pdf(zlib.compress(once, 9), filters=b"/FlateDecode /FlateDecode")


def text_operators() -> bytes:
    """Eight million times a letter."""
    return _pdf(zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 8_000_000 + b"ET", 9))


def saved_states() -> bytes:
    """Twenty million graphics states, saved and never restored."""
    return _pdf(zlib.compress(b"q " * 20_000_000, 9))


def _form(content: bytes, resources: bytes) -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length %d >>"
        b"\nstream\n%s\nendstream"
    ) % (resources, len(content), content)


def doubling_forms() -> bytes:
    """Thirty forms, each drawn twice by the one above: half a billion letters."""
    forms = [
        _form(b"/X Do /X Do", b"/XObject << /X %d 0 R >>" % (7 + level)) for level in range(29)
    ]
    forms.append(_form(b"BT /F1 9 Tf (a) Tj ET", b"/Font << /F1 5 0 R >>"))
    return _pdf(zlib.compress(b"/X Do"), resources=b"/XObject << /X 6 0 R >>", more=forms)


def self_drawing_form() -> bytes:
    """A form that draws itself."""
    form = _form(b"BT /F1 9 Tf (a) Tj ET /X Do", b"/XObject << /X 6 0 R >>")
    return _pdf(zlib.compress(b"/X Do"), resources=b"/XObject << /X 6 0 R >>", more=[form])


def same_page_over_and_over() -> bytes:
    """One page, listed 300,000 times."""
    text = zlib.compress(b"BT /F1 9 Tf 60 700 Td (Seite) Tj ET")
    return _pdf(text, kids=b"3 0 R " * 300_000, count=300_000)


def claimed_pages() -> bytes:
    """One page, said to be two billion."""
    return _pdf(zlib.compress(b"BT /F1 9 Tf 60 700 Td (Seite) Tj ET"), count=2**31)


def nested_arrays() -> bytes:
    """Arrays in arrays, 200,000 deep."""
    deep = b"[" * 200_000 + b"]" * 200_000
    return _pdf(zlib.compress(b"BT ET"), resources=b"/XObject 6 0 R", more=[deep])


def word() -> bytes:
    """A Word document of less than a megabyte with some 290 MB of paragraphs."""
    head = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body>"
    )
    piece = "<w:p><w:r><w:t>Text</w:t></w:r></w:p>" * 20_000
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", _WORD_TYPES)
        archive.writestr("_rels/.rels", _WORD_RELATIONS)
        with archive.open("word/document.xml", "w") as part:
            part.write(head.encode())
            for _ in range(390):
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")
    return target.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "flate.pdf": flate,
    "nested-flate.pdf": nested_flate,
    "text-operators.pdf": text_operators,
    "saved-states.pdf": saved_states,
    "doubling-forms.pdf": doubling_forms,
    "self-drawing-form.pdf": self_drawing_form,
    "same-page.pdf": same_page_over_and_over,
    "claimed-pages.pdf": claimed_pages,
    "nested-arrays.pdf": nested_arrays,
    "word.docx": word,
}

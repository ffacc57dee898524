"""A note as a PDF that screen readers can follow (PDF/UA-1), set by Typst; all text is data."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from assistant.vermerk.labels import LABELS
from assistant.vermerk.note import FileNote

_TEMPLATE = Path(__file__).with_name("note.typ")


def to_pdf(note: FileNote) -> bytes:
    """Set a note; its fonts are embedded in subsets.

    PDF/UA asks for a glyph for every character. Where the fonts of Typst lack one, those of the
    system help out, and the file does not claim to be PDF/UA.
    """
    data = {"data": json.dumps(_data(note))}
    source = _TEMPLATE.read_bytes()
    try:
        return _compiled(source, data, is_strict=True)
    except typst.TypstError:
        return _compiled(source, data, is_strict=False)


def _compiled(source: bytes, data: dict[str, str], *, is_strict: bool) -> bytes:
    made = typst.compile(
        source,
        format="pdf",
        sys_inputs=data,
        ignore_system_fonts=is_strict,
        pdf_standards="ua-1" if is_strict else [],
    )
    assert isinstance(made, bytes)
    return made


def _data(note: FileNote) -> dict[str, object]:
    created = note.created
    return {
        **asdict(note),
        "created": [created.year, created.month, created.day, created.hour, created.minute],
        "pages": LABELS[note.language].pages,
    }

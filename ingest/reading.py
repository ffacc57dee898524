"""What became of reading one file, and how that travels from the reading process to ours."""

import json
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.documents import Document, Verdict
from ingest.readers.errors import UnreadableDocument, storable_name

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Reading:
    """One file's verdict; a document comes with `ok`, and with `leer/gescannt` one without text.

    `message` is a German sentence about what happened, `advice` the next step; an `ok` may carry
    a message as well, for what was left out.
    """

    name: str
    verdict: Verdict
    document: Document | None = None
    message: str = ""
    advice: str = ""


def failed(path: Path, error: UnreadableDocument) -> Reading:
    """Return the reading of a file that did not become a document."""
    sentence = f"{error.detail[:1].upper()}{error.detail[1:]}."
    return Reading(storable_name(path), error.verdict, None, sentence, error.hint)


def to_wire(reading: Reading) -> bytes:
    """Write a reading as one line of JSON."""
    return json.dumps(reading, default=_plain, ensure_ascii=False).encode()


def from_wire(line: bytes) -> Reading:
    """Read what `to_wire` wrote; anything else, from a process gone wrong, is a ValueError."""
    return _adapter().validate_json(line)


def _plain(value: Any) -> Any:  # noqa: ANN401 - what the encoder of JSON does not know
    if isinstance(value, date):
        return value.isoformat()
    return {each.name: getattr(value, each.name) for each in fields(value)}


@cache
def _adapter() -> "TypeAdapter[Reading]":
    # Imported here because only those who check need it: it is most of what a reading process
    # would take to start.
    from pydantic import TypeAdapter

    return TypeAdapter(Reading)

"""What became of reading one file, and how that travels from the reading process to ours."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from corpus.documents import Document, Verdict
from ingest.readers.errors import UnreadableDocument, storable_name


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


_WIRE = TypeAdapter(Reading)


def to_wire(reading: Reading) -> bytes:
    """Write a reading as one line of JSON."""
    return _WIRE.dump_json(reading)


def from_wire(line: bytes) -> Reading:
    """Read what `to_wire` wrote; anything else, from a process gone wrong, is a ValueError."""
    return _WIRE.validate_json(line)

"""The list of documents beside the index: what to build it from, should all of it be lost."""

from collections.abc import Iterable
from pathlib import Path

from corpus.durable import write_whole
from corpus.records import IndexedDocument, document_from_json, document_to_json

_FILE = "documents.jsonl"


def write_inventory(data: Path, documents: Iterable[IndexedDocument]) -> None:
    """Replace the list."""
    content = "".join(document_to_json(one) + "\n" for one in documents)
    write_whole(data / _FILE, content.encode())


def read_inventory(data: Path) -> tuple[IndexedDocument, ...]:
    """Return the documents of the index as it was last known."""
    try:
        lines = (data / _FILE).read_text("ascii").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(map(document_from_json, lines))

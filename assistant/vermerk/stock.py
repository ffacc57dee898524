"""What a note needs to know of the index and the files it was made of."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.vermerk.proving import FindPassage
from corpus.index import Index
from corpus.originals import original

FindChecksum = Callable[[str], str | None]  # SHA-256 of a document's file by its id, if it is kept


@dataclass(frozen=True, slots=True)
class Stock:
    """The passages that may be quoted, their files, how many they are and when they were read."""

    find: FindPassage
    checksum: FindChecksum
    documents: int
    read_at: datetime


def stock_of(index: Index, data: Path) -> Stock:
    """Describe what a reader may see of the live generation."""
    return Stock(
        find=index.passage,
        checksum=lambda document_id: checksum_of(data, document_id),
        documents=len(index.documents),
        read_at=datetime.fromisoformat(index.manifest.created).astimezone(),
    )


def checksum_of(data: Path, document_id: str) -> str | None:
    """Return the SHA-256 of the copy of a file, or None where none is kept or it is another."""
    path = original(data, document_id)
    if path is None:
        return None
    with path.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    return checksum if checksum.startswith(document_id) else None

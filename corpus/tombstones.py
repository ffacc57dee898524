"""What was removed, and when: an id and a day, and nothing of the document.

A removal that is noted but not finished names its origin too; it is finished by whoever writes
next, so that a crash cannot leave half of a document behind.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from corpus.durable import private_folder, write_whole
from corpus.faults import reached

_FILE = "tombstones.json"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A removed document. `origin` is empty once all of it is gone."""

    id: str
    removed: str  # ISO day (UTC)
    origin: str = ""


def read_tombstones(data: Path) -> tuple[Tombstone, ...]:
    """Return all tombstones of a data directory, the oldest first."""
    path = data / _FILE
    if not path.exists():
        return ()
    return tuple(Tombstone(**row) for row in json.loads(path.read_text("utf-8")))


def removed_on(data: Path, document_id: str) -> date | None:
    """Return the day a document was removed, or None where it was not."""
    days = (one.removed for one in read_tombstones(data) if one.id == document_id)
    return next((date.fromisoformat(day) for day in days), None)


def note_removal(data: Path, documents: Iterable[tuple[str, str]]) -> None:
    """Note that these documents, by id and origin, are to be removed."""
    today = datetime.now(UTC).date().isoformat()
    new = [Tombstone(document_id, today, origin) for document_id, origin in documents]
    ids = {one.id for one in new}
    _write(data, [*(one for one in read_tombstones(data) if one.id not in ids), *new])
    reached("tombstone")


def mark_finished(data: Path) -> None:
    """Forget where the removed documents came from."""
    _write(data, [replace(one, origin="") for one in read_tombstones(data)])


def take_over(data: Path, stones: Iterable[Tombstone]) -> None:
    """Replace the tombstones by those of another machine, but for removals not finished here."""
    unfinished = [one for one in read_tombstones(data) if one.origin]
    ids = {one.id for one in unfinished}
    _write(data, [*(one for one in stones if one.id not in ids), *unfinished])


def lift(data: Path, ids: Iterable[str]) -> None:
    """Take back the tombstones of documents that were taken in again."""
    returned = set(ids)
    stones = read_tombstones(data)
    kept = [one for one in stones if one.id not in returned]
    if len(kept) < len(stones):
        _write(data, kept)


def _write(data: Path, stones: Iterable[Tombstone]) -> None:
    private_folder(data)
    write_whole(data / _FILE, json.dumps([asdict(one) for one in stones], indent=1).encode())

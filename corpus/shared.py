"""The index on a server, shared by several machines: which generation is live, and its documents.

A small collection lists the generations, one row each. A row begins as a claim: the first one to
add it may write, for adding a name that is there changes nothing. It becomes live when all of its
vectors are there. What only generations before the last two needed is deleted by whoever writes.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.durable import private_folder, write_whole
from corpus.errors import UserFacingError
from corpus.generation import UNREADABLE, Part
from corpus.lock import IndexLocked
from corpus.manifest import IndexMismatch, Manifest, index_folder
from corpus.segment import Entry, Segment
from corpus.server import Server
from corpus.store import OWN, Record, VectorStore, keep_collections, server_store
from corpus.tombstones import Tombstone
from corpus.transfer import delete, fetch, incomplete, put, runs

GENERATIONS = "generations"  # a collection without meaning in its vectors
NO_MEANING = np.ones((1, 1), np.float32)
LIVE, CLAIMED = "live", "claimed"
ATTEMPTS = 3  # at a change, where other machines are faster
SILENCE = 30.0  # seconds after which a claim that shows no sign of life is given up


T = TypeVar("T")


class Overtaken(UserFacingError):
    """Another machine changed the index since this change began."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A generation as the server lists it: versions of its documents, in the order of their rows.

    `removed` are the tombstones of that time, for the copies that other machines have.
    """

    manifest: Manifest
    versions: tuple[str, ...]
    removed: tuple[Tombstone, ...]


class SharedIndex:
    """What this machine asks and tells the server; methods that change wait out a restart."""

    def __init__(self, server: Server, data: Path) -> None:
        self._server = server
        self._data = data
        self._mark = ""  # of the row that this object claimed

    def newest(self) -> int:
        """Return the number of the live generation, 0 where there is none."""
        return _newest(self._generations())

    def listed(self, number: int) -> Listed:
        """Return what a generation holds; an `Incomplete` where it is not there."""
        try:
            (row,) = self._generations().records([_name(number)])
            return _listed(row)
        except UNREADABLE as error:
            raise incomplete(f"Generation {number}") from error

    def claim(self, listed: Listed, *, base: int) -> None:
        """Become the one who writes, on top of generation `base`.

        Raises `IndexLocked` while another machine writes, `Overtaken` where one has written.
        """
        rows = self._generations(is_patient=True)
        self._clear_claims(rows)
        self._mark = uuid.uuid4().hex
        name = _name(listed.manifest.generation)
        record = _record(listed) | {"holder": holder(self._data), "mark": self._mark, "beat": 0}
        rows.add([name], NO_MEANING, [record])
        is_mine = rows.records([name])[0]["mark"] == self._mark
        if not is_mine or _newest(rows) != base:
            if is_mine:
                rows.delete([name])
            raise overtaken()

    def add(self, manifest: Manifest, parts: Sequence[Part], known: AbstractSet[str]) -> None:
        """Store all documents but those whose version is known; needs the claim."""
        rows, store = self._generations(is_patient=True), self.vectors(manifest)
        for beat, (part, entries) in enumerate(runs(parts, known), 1):
            put(store, part.segment, entries)
            rows.change(_name(manifest.generation), {"beat": beat})

    def announce(self, number: int) -> None:
        """Make the claimed generation the live one."""
        rows, name = self._generations(is_patient=True), _name(number)
        if not self._holds(rows, name):
            raise overtaken()
        rows.change(name, {"state": LIVE})
        if not self._holds(rows, name):
            raise overtaken()

    def clear(self) -> None:
        """Delete what neither the live generation nor the one before needs."""
        rows = self._generations(is_patient=True)
        live = self.listed(self.newest()).manifest
        kept = {_name(live.generation), _name(live.previous)}
        for name in rows.all_records().keys() - kept:
            if int(name) < live.generation:
                self._discard(rows, name)
        collections = {OWN + GENERATIONS}
        for record in rows.all_records().values():
            collections.add(OWN + _listed(record).manifest.collection)
        self._keep(collections.__contains__)

    def fetch(self, manifest: Manifest, versions: Sequence[str]) -> Iterator[Segment]:
        """Yield segments with these documents, in this order."""
        return fetch(self.vectors(manifest), manifest.dimension, versions)

    def wanting(self, manifest: Manifest, parts: Sequence[Part]) -> int:
        """Count the vectors of these documents that the server lacks."""
        entries = [entry for part in parts for entry in part.entries]
        needed = sum(len(entry.vector_ids) for entry in entries)
        return needed - self.still_there(manifest, entries)

    def drop_vectors(self, manifest: Manifest) -> None:
        """Delete the collection of a generation's model with all it ever held; needs the claim."""
        self._keep(lambda name: name != OWN + manifest.collection)

    def still_there(self, manifest: Manifest, entries: Sequence[Entry]) -> int:
        """Count the rows of these documents on the server."""
        return len(
            self.vectors(manifest).known([name for one in entries for name in one.vector_ids])
        )

    def _keep(self, is_kept: Callable[[str], bool]) -> None:
        def keep() -> None:
            client = self._server.client()
            keep_collections(client, lambda name: not name.startswith(OWN) or is_kept(name))

        self._server.patiently(lambda: self._server.run(keep))

    def _generations(self, *, is_patient: bool = False) -> VectorStore:
        return server_store(self._server, GENERATIONS, is_patient=is_patient)

    def vectors(self, manifest: Manifest) -> VectorStore:
        """Return the collection with the vectors of a generation's model."""
        return server_store(self._server, manifest.collection, is_patient=True)

    def _holds(self, rows: VectorStore, name: str) -> bool:
        try:
            return bool(rows.records([name])[0]["mark"] == self._mark)
        except KeyError:
            return False

    def _clear_claims(self, rows: VectorStore) -> None:
        """Give up the claims of this machine and of those that died; wait a while for a living one.

        Most changes are made within that while: whoever waits is then overtaken and begins anew.
        """
        patience = time.monotonic() + SILENCE
        for name in rows.names_where(state=CLAIMED):
            end = time.monotonic() + SILENCE
            first = rows.records([name])[0]
            while first["holder"] != holder(self._data) and time.monotonic() < end:
                time.sleep(min(1.0, SILENCE / 10))
                now = rows.all_records().get(name)
                if now is None or now["state"] == LIVE:
                    raise overtaken()
                if (now["mark"], now["beat"]) == (first["mark"], first["beat"]):
                    continue
                first, end = now, time.monotonic() + SILENCE
                if time.monotonic() > patience:
                    raise IndexLocked(
                        "Ein anderer Rechner ändert gerade den Index.",
                        hint="Warten, bis er fertig ist, dann den Befehl wiederholen.",
                    )
            self._discard(rows, name)

    def _discard(self, rows: VectorStore, name: str) -> None:
        """Delete a generation and the vectors that it alone has."""
        record = rows.all_records()
        others = [_listed(row) for other, row in record.items() if other != name]
        mine = _listed(record[name])
        needed = {
            version
            for one in others
            if one.manifest.collection == mine.manifest.collection
            for version in one.versions
        }
        alone = [version for version in mine.versions if version not in needed]
        delete(self.vectors(mine.manifest), alone)
        rows.delete([name])


def holder(data: Path) -> str:
    """Return what this data directory is called in claims; it has that name from its first one."""
    path = holder_file(data)
    if not path.exists():
        private_folder(path.parent)
        write_whole(path, uuid.uuid4().hex.encode())
    return path.read_text("ascii")


def is_copy(data: Path) -> bool:
    """Whether the index of a data directory is a copy of one on a server."""
    return holder_file(data).exists()


def require_server(data: Path, server: Server | None) -> None:
    """Refuse to treat a copy as an index of its own: it would part from the others unnoticed."""
    if server is None and is_copy(data):
        raise IndexMismatch(
            f"Der Index unter `{data}` ist die Kopie eines Index auf einem Chroma-Server, und "
            "`index_url` ist nicht gesetzt.",
            hint="`index_url` setzen oder mit `--data` einen anderen Datenordner angeben.",
        )


def holder_file(data: Path) -> Path:
    """Where the name of a data directory stands; `contact` keeps a moment as its time."""
    return index_folder(data) / "holder"


def _newest(rows: VectorStore) -> int:
    return max(map(int, rows.names_where(state=LIVE)), default=0)


def _name(number: int) -> str:
    return f"{number:09d}"


def _record(listed: Listed) -> dict[str, str | int]:
    return {
        "state": CLAIMED,
        "manifest": json.dumps(asdict(listed.manifest)),
        "versions": " ".join(listed.versions),
        "removed": json.dumps([asdict(one) for one in listed.removed]),
    }


def _listed(record: Record) -> Listed:
    return Listed(
        Manifest(**json.loads(str(record["manifest"]))),
        tuple(str(record["versions"]).split()),
        tuple(Tombstone(**row) for row in json.loads(str(record["removed"]))),
    )


def insist(change: Callable[[], T], again: Callable[[int], None]) -> T:
    """Make a change, which begins anew upon the state of the machine that overtook it.

    What was embedded lies in the cache by then. `again` is told the number of the attempt, from 2;
    where the last one is overtaken too, `Overtaken` is raised.
    """
    for attempt in range(2, ATTEMPTS + 1):
        try:
            return change()
        except Overtaken:
            again(attempt)
    return change()


def overtaken() -> Overtaken:
    """Return what to raise where a change would be put upon a state that is no longer live."""
    return Overtaken(
        "Ein anderer Rechner hat den Index inzwischen geändert.",
        hint="Den Befehl wiederholen; was schon eingebettet ist, liegt im Cache.",
    )

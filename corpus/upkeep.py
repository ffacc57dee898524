"""Keeps the vector store to what the generations need, no more and no less."""

import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import Unavailable, UserFacingError
from corpus.faults import reached
from corpus.generation import (
    DAMAGED,
    Generation,
    Part,
    delete,
    kept_generations,
    open_parts,
    parts_of,
    reopened,
    share_of,
    stale_paths,
    write_generation,
)
from corpus.index import chroma_folder
from corpus.inventory import write_inventory
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest, require_manifest, switch_to
from corpus.originals import clear_originals
from corpus.segment import Entry, rows_of
from corpus.server import Server
from corpus.shared import Listed, Overtaken, SharedIndex, is_copy, require_server
from corpus.store import StoreError, VectorStore, keep_collections, opened
from corpus.store_seal import break_seal, is_sealed, seal_store
from corpus.tombstones import read_tombstones
from corpus.unused_room import blank_unused_room

if TYPE_CHECKING:
    from corpus.store import ClientAPI

logger = logging.getLogger(__name__)


@contextmanager
def open_store(data: Path) -> "Iterator[ClientAPI]":
    """Open the store of a data directory to change it; its failures get a clear message.

    It stays without a seal until `clear_away` has brought the change to its end.
    """
    break_seal(chroma_folder(data))
    try:
        with opened(chroma_folder(data)) as client:
            yield client
    except StoreError as error:
        raise UserFacingError(
            f"Der Vektorspeicher unter `{data}` lässt sich nicht ändern: {error}.", hint=DAMAGED
        ) from error


def add_vectors(
    data: Path, store: VectorStore, parts: Iterable[Part], known: AbstractSet[str]
) -> None:
    """Store the vectors of all documents but those whose version is known."""
    for part in parts:
        _add(data, store, part, [entry for entry in part.entries if entry.version not in known])
    reached("vectors")


def make_live(
    data: Path,
    manifest: Manifest,
    parts: Sequence[Part],
    *,
    known: AbstractSet[str],
    server: Server | None = None,
    base: int | None = None,
    is_renewed: bool = False,
) -> None:
    """Switch to a generation of these parts; their vectors are stored before, but for known ones.

    On a server it has to follow upon generation `base` there, by default the one before its own
    number; `Overtaken` where it does not. `is_renewed` stores all vectors in a new collection: what
    is deleted from one stays in the server's log of it, what a deleted one held does not.
    """
    require_server(data, server)
    generation = Generation(manifest, tuple(map(share_of, parts)))
    if server is None:
        if any(entry.version not in known for part in parts for entry in part.entries):
            with open_store(data) as client:
                add_vectors(data, VectorStore(client, manifest.collection), parts, known)
        write_generation(data, generation)
    else:
        shared = SharedIndex(server, data)
        base = manifest.generation - 1 if base is None else base
        shared.claim(_listed(data, manifest, parts), base=base)
        if is_renewed:
            shared.drop_vectors(manifest)
        shared.add(manifest, parts, set() if is_renewed else known)
        reached("vectors")
        write_generation(data, generation)
        shared.announce(manifest.generation)
    switch_to(data, manifest)


def _listed(data: Path, manifest: Manifest, parts: Sequence[Part]) -> Listed:
    entries = [entry for part in parts for entry in part.entries]
    returned = {entry.document.id for entry in entries}
    stones = [one for one in read_tombstones(data) if one.id not in returned]
    return Listed(
        manifest,
        tuple(entry.version for entry in entries),
        tuple(replace(one, origin="") for one in stones),
    )


def is_unfinished(data: Path, live: Manifest | None, server: Server | None) -> bool:
    """Return whether a crash left something that `clear_away` has to bring to its end."""
    if server is None and live is not None and not is_sealed(chroma_folder(data)):
        return True
    return bool(stale_paths(data, kept_generations(data, live)))


def clear_away(
    data: Path,
    before: Sequence[Generation] = (),
    known: Sequence[Part] = (),
    server: Server | None = None,
) -> None:
    """Delete what only generations `before` needed, and what a crash left.

    The segments of `known` parts are not opened once more.
    Files go last: as long as one is there, the next writer knows that something is to be done.
    """
    live = read_manifest(data)
    if live is None:
        delete(stale_paths(data, ()))
        return
    if server is None:
        known = [*known, *_clear_store(data, before, live, known)]
    else:
        try:
            SharedIndex(server, data).clear()
        except Unavailable as error:  # the change is made; the next one clears up after it
            logger.warning("old generations stay on the server for now: %s", error)
            return
    reached("cleared-vectors")
    clear_files(data, live, known)
    reached("cleared")


def clear_files(data: Path, live: Manifest, known: Sequence[Part] = ()) -> None:
    """Bring the list of documents up to date; delete originals and segments that nothing needs.

    The segments of `known` parts are not opened once more.
    """
    kept = kept_generations(data, live)
    parts = parts_of(data, live, known)
    write_inventory(data, [entry.document for part in parts for entry in part.entries])
    shares = dict.fromkeys(share for one in kept for share in one.shares)
    every = open_parts(data, shares, [*known, *parts])
    clear_originals(data, {entry.document.id for part in every for entry in part.entries})
    delete(stale_paths(data, kept))


def _clear_store(
    data: Path, before: Sequence[Generation], live: Manifest, known: Sequence[Part]
) -> list[Part]:
    """Bring the files of the store up to date; return the parts that had to be opened for it.

    Names are compared one by one only where their number shows that a crash left some.
    """
    kept = kept_generations(data, live)
    kept_parts = _parts(data, kept, live, known)
    old_parts = _parts(data, before, live, [*known, *kept_parts])
    needed, old = _by_version(kept_parts), _by_version(old_parts)
    gone = [name for version in old.keys() - needed for name in old[version].vector_ids]
    with open_store(data) as client:
        store = VectorStore(client, live.collection)
        store.delete(gone)
        if len(store) != sum(entry.end - entry.start for entry in needed.values()):
            _settle(data, store, kept_parts)
        keep_collections(client, {one.manifest.collection for one in kept}.__contains__)
    blank_unused_room(chroma_folder(data))
    seal_store(chroma_folder(data))
    return [*kept_parts, *old_parts]


def refill_store(data: Path, server: Server | None = None) -> None:
    """Make the store anew from the segments; needs no model."""
    with write_lock(data):
        if server is None:
            empty_store(data)
            clear_away(data)
        else:
            _refill_server(data, server)


def _refill_server(data: Path, server: Server) -> None:
    """Make what this data directory holds the live generation of the server, whatever is there."""
    live = require_manifest(data)
    parts = parts_of(data, live)
    shared = SharedIndex(server, data)
    newest = shared.newest()
    if newest and (newest > live.generation or not is_copy(data)):
        raise Overtaken(
            "Auf dem Chroma-Server gilt ein anderer Stand als hier; er wird nicht überschrieben.",
            hint="Mit `bildungslotse status` den Stand des Servers holen.",
        )
    number = max(newest, live.generation) + 1
    manifest = replace(live, generation=number, previous=0)
    make_live(data, manifest, parts, known=set(), server=server, base=newest, is_renewed=True)
    clear_away(data, server=server)


def empty_store(data: Path) -> None:
    """Delete the files of the store: deleted rows would leave traces in them, new ones have none.

    The next clearing fills it again.
    """
    shutil.rmtree(chroma_folder(data), ignore_errors=True)


def _settle(data: Path, store: VectorStore, parts: Sequence[Part]) -> None:
    """Compare every name in the store with what is needed; delete and add what differs."""
    needed = {name for entry in _by_version(parts).values() for name in entry.vector_ids}
    found = set(store.ids())
    store.delete(sorted(found - needed))
    for part in parts:
        missing = [entry for entry in part.entries if not found.issuperset(entry.vector_ids)]
        _add(data, store, part, missing)


def _add(data: Path, store: VectorStore, part: Part, entries: Sequence[Entry]) -> None:
    ids = [name for entry in entries for name in entry.vector_ids]
    if ids:
        store.add(ids, reopened(data, part).segment.vectors[rows_of(entries)])


def _by_version(parts: Iterable[Part]) -> dict[str, Entry]:
    return {entry.version: entry for part in parts for entry in part.entries}


def _parts(
    data: Path, generations: Sequence[Generation], live: Manifest, known: Iterable[Part]
) -> list[Part]:
    """Open the segments of those generations whose vectors lie in the same collection."""
    same = [one for one in generations if one.manifest.collection == live.collection]
    return open_parts(data, dict.fromkeys(share for one in same for share in one.shares), known)

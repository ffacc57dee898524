"""Keeps the vector store to what the generations need, no more and no less."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UserFacingError
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
    stale_paths,
)
from corpus.index import chroma_folder
from corpus.inventory import write_inventory
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest
from corpus.originals import clear_originals
from corpus.segment import Entry, rows_of
from corpus.store import StoreError, VectorStore, connect, keep_collections
from corpus.store_seal import seal_store
from corpus.unused_room import blank_unused_room


@contextmanager
def store_of(data: Path, manifest: Manifest) -> Iterator[VectorStore]:
    """Open the store for the vectors of one model; its failures get a clear message."""
    try:
        yield VectorStore(connect(chroma_folder(data)), manifest.collection)
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


def clear_away(data: Path, before: Sequence[Generation] = ()) -> None:
    """Delete what only generations `before` needed, and what a crash left.

    Files go last: as long as one is there, the next writer knows that something is to be done.
    Names in the store are compared one by one only where their number shows that a crash left some.
    """
    live = read_manifest(data)
    if live is None:
        delete(stale_paths(data, ()))
        return
    kept = kept_generations(data, live)
    needed, old = _entries(data, kept, live), _entries(data, before, live)
    gone = [name for version in old.keys() - needed for name in old[version].vector_ids]
    with store_of(data, live) as store:
        store.delete(gone)
        if len(store) != sum(entry.end - entry.start for entry in needed.values()):
            settle(data, store, kept, live)
    keep_collections(connect(chroma_folder(data)), {one.manifest.collection for one in kept})
    blank_unused_room(chroma_folder(data))
    seal_store(chroma_folder(data))
    documents = [entry.document for part in parts_of(data, live) for entry in part.entries]
    write_inventory(data, documents)
    every = open_parts(data, dict.fromkeys(share for one in kept for share in one.shares))
    clear_originals(data, {entry.document.id for part in every for entry in part.entries})
    reached("cleared-vectors")
    delete(stale_paths(data, kept))
    reached("cleared")


def refill_store(data: Path) -> None:
    """Make the files of the store anew from the segments; needs no model."""
    with write_lock(data):
        empty_store(data)
        clear_away(data)


def empty_store(data: Path) -> None:
    """Delete the files of the store: deleted rows would leave traces in them, new ones have none.

    The next clearing fills it again.
    """
    shutil.rmtree(chroma_folder(data), ignore_errors=True)


def settle(data: Path, store: VectorStore, kept: Sequence[Generation], live: Manifest) -> None:
    """Compare every name in the store with what is needed; delete and add what differs."""
    entries = _entries(data, kept, live).values()
    needed = {name for entry in entries for name in entry.vector_ids}
    found = set(store.ids())
    store.delete(sorted(found - needed))
    for part in _parts(data, kept, live):
        missing = [entry for entry in part.entries if not found.issuperset(entry.vector_ids)]
        _add(data, store, part, missing)


def _add(data: Path, store: VectorStore, part: Part, entries: Sequence[Entry]) -> None:
    ids = [name for entry in entries for name in entry.vector_ids]
    if ids:
        store.add(ids, reopened(data, part).segment.vectors[rows_of(entries)])


def _entries(data: Path, generations: Sequence[Generation], live: Manifest) -> dict[str, Entry]:
    """Return the documents of these generations by their versions."""
    parts = _parts(data, generations, live)
    return {entry.version: entry for part in parts for entry in part.entries}


def _parts(data: Path, generations: Sequence[Generation], live: Manifest) -> list[Part]:
    """Open the segments of those generations whose vectors lie in the same collection."""
    same = [one for one in generations if one.manifest.collection == live.collection]
    shares = dict.fromkeys(share for one in same for share in one.shares)
    return open_parts(data, shares)

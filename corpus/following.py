"""A data directory as a copy of the index on a server: brought up to what is live there.

Segments are made anew from what the server has of each document; what this machine has already is
not fetched. The switch is the same rename as for a change made here, so a reader keeps its own.
"""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from corpus.contact import note_contact
from corpus.generation import (
    UNREADABLE,
    Generation,
    Part,
    discard_index,
    open_parts,
    parts_of,
    read_generation,
    save_part,
    share_of,
    texts_of,
    write_generation,
)
from corpus.lock import IndexLocked, switch_lock, write_lock
from corpus.manifest import IndexMismatch, Manifest, read_manifest, switch_to
from corpus.merging import merged, without
from corpus.segment import Entry, Segment
from corpus.server import Server
from corpus.shared import Listed, SharedIndex, holder, is_copy, require_server
from corpus.tombstones import take_over
from corpus.upkeep import clear_files
from corpus.vector_cache import forget_all_but


class ForeignIndex(IndexMismatch):
    """The data directory has an index of its own, and the server has another."""


def follow(data: Path, server: Server | None) -> bool:
    """Make the generation that is live on the server the one here; tell whether it was another.

    Also while this machine writes: its change then ends as `Overtaken`, as it would have to
    anyway. Raises `Unavailable` without the server; what is here then stays and can be asked.
    """
    require_server(data, server)
    if server is None:
        return False
    is_new = False
    if not _is_current(data, SharedIndex(server, data).newest()):
        try:
            with write_lock(data):
                is_new = catch_up(data, server)
        except IndexLocked:  # whoever writes clears up in the end
            with switch_lock(data):
                is_new = _take_over(data, server) is not None
    note_contact(data)
    return is_new


def catch_up(data: Path, server: Server | None) -> bool:
    """Do what `follow` does for whoever holds the write lock."""
    require_server(data, server)
    taken = server and _take_over(data, server)
    if not taken:
        return False
    clear_files(data, *taken)
    return True


def fetch_anew(data: Path, server: Server) -> bool:
    """Make a damaged copy anew; False, with nothing touched, where it cannot be had there."""
    with write_lock(data):
        if not (is_copy(data) and SharedIndex(server, data).newest()):
            return False
        discard_index(data)
        return catch_up(data, server)


def fetch_generation(data: Path, number: int, server: Server) -> None:
    """Have the documents of a generation here that is not live; needs the write lock."""
    try:
        open_parts(data, read_generation(data, number).shares)
    except UNREADABLE:
        shared, live = SharedIndex(server, data), read_manifest(data)
        listed = shared.listed(number)
        _list_parts(data, listed, parts_of(data, live) if live else [], shared, series=2)


def _take_over(data: Path, server: Server) -> tuple[Manifest, list[Part]] | None:
    """Switch to what is live on the server, delete no file, and return it where it is another.

    With it come its parts, opened: clearing up needs them again.
    """
    shared = SharedIndex(server, data)
    newest = shared.newest()
    if _is_current(data, newest):
        return None
    live = read_manifest(data)
    _refuse_to_lose(data, live, newest, server)
    listed = shared.listed(newest)
    parts = parts_of(data, live) if live else []
    return listed.manifest, _switch(data, listed, parts, shared)


def _is_current(data: Path, newest: int) -> bool:
    live = read_manifest(data)
    if live is None:
        return not newest
    return live.generation == newest and is_copy(data)


def _refuse_to_lose(data: Path, live: Manifest | None, newest: int, server: Server) -> None:
    """Raise `IndexMismatch` where the server's state would replace what only this machine has."""
    if live is None or (is_copy(data) and live.generation < newest):
        return
    if newest and not is_copy(data):
        raise ForeignIndex(
            f"Unter `{data}` liegt ein eigener Index, und auf {server.url} liegt ein anderer.",
            hint="Einen leeren Datenordner angeben; die Dokumente des eigenen dort neu einlesen.",
        )
    raise IndexMismatch(
        f"Auf {server.url} gilt Generation {newest}, unter `{data}` schon {live.generation}.",
        hint="Mit `bildungslotse verify --repair` den Server aus diesem Datenordner füllen.",
    )


def _switch(data: Path, listed: Listed, parts: Sequence[Part], shared: SharedIndex) -> list[Part]:
    """List what the server lists, forget what was removed there, switch, and return the parts."""
    holder(data)
    new = _list_parts(data, listed, parts, shared, series=1)
    removed = {one.id for one in listed.removed}
    if removed.intersection(entry.document.id for part in parts for entry in part.segment.entries):
        forget_all_but(data, listed.manifest.embedder, texts_of(new))
    take_over(data, listed.removed)
    switch_to(data, listed.manifest)
    return new


def _list_parts(
    data: Path, listed: Listed, parts: Sequence[Part], shared: SharedIndex, *, series: int
) -> list[Part]:
    """Write the list of a generation of what is here and what is fetched; return its parts."""
    number, saved = listed.manifest.generation, count(1)

    def save(segment: Segment, _: Sequence[Entry]) -> Part:
        return save_part(data, f"{number:06d}-{series}{next(saved):04d}", segment)

    here = {entry.version for part in parts for entry in part.entries}
    missing = [version for version in listed.versions if version not in here]
    fetched = [save(one, one.entries) for one in shared.fetch(listed.manifest, missing)]
    removed = {one.id for one in listed.removed}
    ordered = _in_order(listed.versions, [*parts, *fetched])
    new = without(merged(data, ordered, save), lambda entry: entry.document.id in removed, save)
    write_generation(data, Generation(listed.manifest, tuple(map(share_of, new))))
    return new


def _in_order(versions: Sequence[str], parts: Sequence[Part]) -> list[Part]:
    """Return these documents in this order: runs of neighbours of one segment stay together."""
    where = {
        entry.version: (part, place)
        for part in parts
        for place, entry in enumerate(part.segment.entries)
    }
    runs: list[tuple[Part, list[int]]] = []
    for part, place in map(where.__getitem__, versions):
        if runs and runs[-1][0].name == part.name and runs[-1][1][-1] < place:
            runs[-1][1].append(place)
        else:
            runs.append((part, [place]))
    return [
        Part(part.name, part.segment, tuple(part.segment.entries[place] for place in places))
        for part, places in runs
    ]

"""Takes documents out of everything under the data directory, and looks whether they are gone."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from corpus.faults import reached
from corpus.following import catch_up
from corpus.generation import Part, parts_of, save_part, texts_of
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest
from corpus.merging import without
from corpus.originals import clear_originals
from corpus.receipt import Receipt, needles_of, search, write_receipt
from corpus.records import IndexedDocument
from corpus.segment import Entry, Segment
from corpus.server import Server
from corpus.shared import SharedIndex
from corpus.tombstones import Tombstone, mark_finished, note_removal, read_tombstones
from corpus.upkeep import clear_away, empty_store, make_live
from corpus.vector_cache import forget_all_but


def remove_documents(
    data: Path, documents: Sequence[IndexedDocument], server: Server | None = None
) -> Receipt:
    """Remove documents for good and return the proof; needs no model.

    Also the generation before is given up: `undo` must not bring a removed document back.
    """
    with write_lock(data):
        catch_up(data, server)
        ids = {one.id for one in documents}
        parts = _live_parts(data)
        needles = needles_of(parts, ids)
        note_removal(data, [(one.id, one.origin) for one in documents])
        live = read_manifest(data)
        finish_removals(data, server)
        receipt = search(data, sorted(ids), needles)
        if server and live:
            gone = [entry for part in parts for entry in part.entries if entry.document.id in ids]
            rows = SharedIndex(server, data).still_there(live, gone)
            receipt = replace(receipt, rows_on_server=rows)
        write_receipt(data, receipt)
        return receipt


def finish_removals(data: Path, server: Server | None = None) -> None:
    """Carry out what was noted; does nothing where all is done. Needs the write lock.

    Every step can be repeated, so a crash in between costs time and nothing else.
    """
    wanted = [one for one in read_tombstones(data) if one.origin]
    live = read_manifest(data)
    if not wanted:
        return
    if live is not None:
        _leave_out(data, live, wanted, server)
        forget_all_but(data, live.embedder, texts_of(_live_parts(data)))
    reached("removal-cache")
    _delete_files(data, wanted)
    reached("removal-originals")
    if server is None:
        empty_store(data)
    clear_away(data, server=server)
    reached("removal-vectors")
    mark_finished(data)


def _leave_out(
    data: Path, live: Manifest, wanted: Sequence[Tombstone], server: Server | None
) -> None:
    """Switch to a generation whose segments hold nothing of the documents, and to no other."""
    number = live.generation + 1
    saved = count(1)

    def save(segment: Segment, _: Sequence[Entry]) -> Part:
        return save_part(data, f"{number:06d}-{next(saved):04d}", segment)

    parts = without(_live_parts(data), lambda entry: _is_wanted(entry, wanted), save)
    documents = [entry.document for part in parts for entry in part.entries]
    manifest = replace(
        live,
        generation=number,
        previous=0,
        documents=len(documents),
        passages=sum(one.passages for one in documents),
    )
    known = {entry.version for part in parts for entry in part.entries}
    make_live(data, manifest, parts, known=known, server=server, is_renewed=True)


def _is_wanted(entry: Entry, wanted: Sequence[Tombstone]) -> bool:
    """Whether this is a document to be removed, or another version of it."""
    document = entry.document
    return any(document.id == one.id or document.origin == one.origin for one in wanted)


def _delete_files(data: Path, wanted: Sequence[Tombstone]) -> None:
    """Delete copies of originals that no document of the index has, and pages fetched for it."""
    needed = {entry.document.id for part in _live_parts(data) for entry in part.entries}
    clear_originals(data, needed)
    for one in wanted:
        origin = Path(one.origin)
        if origin.is_relative_to(data.resolve() / "catalogue"):
            shutil.rmtree(origin.parent, ignore_errors=True)  # with the version that waits
        elif origin.is_relative_to(data.resolve()):
            origin.unlink(missing_ok=True)


def _live_parts(data: Path) -> list[Part]:
    live = read_manifest(data)
    return parts_of(data, live) if live else []

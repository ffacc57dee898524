"""Takes documents out of everything under the data directory, and looks whether they are gone."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.faults import reached
from corpus.generation import Generation, Part, parts_of, segment_folder, share_of, write_generation
from corpus.lock import write_lock
from corpus.manifest import Manifest, read_manifest, switch_to
from corpus.originals import clear_originals
from corpus.receipt import Receipt, needles_of, search, write_receipt
from corpus.records import IndexedDocument
from corpus.segment import Entry, Segment
from corpus.tombstones import Tombstone, mark_finished, note_removal, read_tombstones
from corpus.upkeep import clear_away, empty_store
from corpus.vector_cache import forget_all_but


def remove_documents(data: Path, documents: Sequence[IndexedDocument]) -> Receipt:
    """Remove documents for good and return the proof; needs no model.

    Also the generation before is given up: `undo` must not bring a removed document back.
    """
    with write_lock(data):
        ids = {one.id for one in documents}
        parts = _live_parts(data)
        needles = needles_of(parts, ids)
        note_removal(data, [(one.id, one.origin) for one in documents])
        finish_removals(data)
        receipt = search(data, sorted(ids), needles)
        write_receipt(data, receipt)
        return receipt


def finish_removals(data: Path) -> None:
    """Carry out what was noted; does nothing where all is done. Needs the write lock.

    Every step can be repeated, so a crash in between costs time and nothing else.
    """
    wanted = [one for one in read_tombstones(data) if one.origin]
    live = read_manifest(data)
    if not wanted:
        return
    if live is not None:
        _leave_out(data, live, wanted)
        forget_all_but(data, live.embedder, _texts(_live_parts(data)))
    reached("removal-cache")
    _delete_files(data, wanted)
    reached("removal-originals")
    empty_store(data)
    clear_away(data)
    reached("removal-vectors")
    mark_finished(data)


def _leave_out(data: Path, live: Manifest, wanted: Sequence[Tombstone]) -> None:
    """Switch to a generation whose segments hold nothing of the documents, and to no other."""
    number = live.generation + 1
    parts: list[Part] = []
    for part in _live_parts(data):
        kept = tuple(entry for entry in part.entries if not _is_wanted(entry, wanted))
        if kept and any(_is_wanted(entry, wanted) for entry in part.segment.entries):
            name = f"{number:06d}-{len(parts) + 1:04d}"
            Segment.merged([(part.segment, kept)]).save(segment_folder(data, name))
            saved = Segment.load(segment_folder(data, name))
            part = Part(name, saved, saved.entries)
        if kept:
            parts.append(part)
    documents = [entry.document for part in parts for entry in part.entries]
    manifest = replace(
        live,
        generation=number,
        previous=0,
        documents=len(documents),
        passages=sum(one.passages for one in documents),
    )
    write_generation(data, Generation(manifest, tuple(map(share_of, parts))))
    switch_to(data, manifest)


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


def _texts(parts: Sequence[Part]) -> Iterator[str]:
    """Yield every text of the index that was embedded."""
    for part in parts:
        for entry in part.entries:
            for passage in part.passages(entry):
                yield passage.text
                yield from (passage.text[start:end] for start, end in passage.sentences)

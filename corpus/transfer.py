"""Documents of segments into rows on a server, and rows into segments on another machine.

A row is a passage: its vector, its text, the vectors of its sentences as bytes. The first row of a
document holds the document too, with a checksum of all that stands beside the vectors.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256

import numpy as np

from corpus.errors import UserFacingError
from corpus.generation import UNREADABLE, Part
from corpus.lexical import searchable_text
from corpus.postings import Postings
from corpus.records import passage_from_json
from corpus.segment import (
    Entry,
    Segment,
    entry_from_json,
    entry_to_json,
    renumbered,
    rows_of,
    starts_of,
)
from corpus.store import Record, VectorStore

AT_ONCE = 1_024  # passages put or fetched together
DOCUMENTS = 200  # documents looked up in one call


class Incomplete(UserFacingError):
    """What the server lists is not all there."""


def incomplete(what: str) -> Incomplete:
    """Say in German what is missing or damaged on the server."""
    return Incomplete(
        f"Auf dem Chroma-Server fehlt {what}, oder es ist beschädigt.",
        hint="Auf einem Rechner mit unversehrtem Index `bildungslotse verify --repair` ausführen.",
    )


def runs(parts: Iterable[Part], known: AbstractSet[str]) -> Iterator[tuple[Part, list[Entry]]]:
    """Yield the documents whose version is new, some hundred passages together."""
    for part in parts:
        new = [entry for entry in part.entries if entry.version not in known]
        for run in _batches(new):
            yield part, run


def put(store: VectorStore, segment: Segment, entries: Sequence[Entry]) -> None:
    """Store documents of a segment; what is there already stays as it is."""
    names = [name for entry in entries for name in entry.vector_ids]
    records = [one for entry in entries for one in _records(segment, entry)]
    store.add(names, segment.vectors[rows_of(entries)], records)


def fetch(store: VectorStore, dimension: int, versions: Sequence[str]) -> Iterator[Segment]:
    """Yield segments with these documents, in this order; `Incomplete` where one is not whole."""
    entries = (entry for some in _groups(versions) for entry in _entries(store, some))
    for run in _batches(entries):
        yield _segment(store, dimension, run)


def delete(store: VectorStore, versions: Sequence[str]) -> None:
    """Delete documents, of which some rows may be gone already."""
    for some in _groups(versions):
        there = store.known([_first(version) for version in some])
        entries = list(_entries(store, [one for one in some if _first(one) in there]))
        # The first row knows how many there are, so it goes last.
        store.delete([name for one in entries for name in one.vector_ids[1:]])
        store.delete([name for one in entries for name in one.vector_ids[:1]])


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    run: list[Entry] = []
    for entry in entries:
        run.append(entry)
        if sum(one.end - one.start for one in run) >= AT_ONCE:
            yield run
            run = []
    if run:
        yield run


def _groups(versions: Sequence[str]) -> Iterator[Sequence[str]]:
    return (versions[at : at + DOCUMENTS] for at in range(0, len(versions), DOCUMENTS))


def _first(version: str) -> str:
    return f"{version}:0"


def _entries(store: VectorStore, versions: Sequence[str]) -> Iterator[Entry]:
    try:
        for record in store.records([_first(version) for version in versions]):
            yield entry_from_json(record["entry"])
    except UNREADABLE as error:
        raise incomplete("ein Dokument") from error


def _segment(store: VectorStore, dimension: int, entries: Sequence[Entry]) -> Segment:
    names = [name for entry in entries for name in entry.vector_ids]
    try:
        records, vectors = store.records(names), store.vectors(names)
        lines = [record["line"].encode() for record in records]
        units = [b64decode(record["units"]) for record in records]
        unit_vectors = np.frombuffer(b"".join(units), np.float16).reshape(-1, dimension)
        sums = [record["sum"] for record in records if "sum" in record]
        passages = [passage_from_json(line) for line in lines]
    except UNREADABLE as error:
        raise incomplete("eine Passage") from error
    width = dimension * np.dtype(np.float16).itemsize
    segment = Segment(
        entries=renumbered(entries),
        lines=np.frombuffer(b"".join(lines), np.uint8),
        line_starts=starts_of(map(len, lines)),
        vectors=vectors,
        units=unit_vectors,
        unit_starts=starts_of(len(one) // width for one in units),
        postings=Postings.of(map(searchable_text, passages)),
    )
    for entry, expected in zip(segment.entries, sums, strict=True):
        if _sum_of(segment, entry) != expected:
            raise incomplete(f"etwas von `{entry.document.name}`")
    return segment


def _records(segment: Segment, entry: Entry) -> Iterator[Record]:
    document = {"entry": entry_to_json(entry), "sum": _sum_of(segment, entry)}
    for row in range(entry.start, entry.end):
        yield {
            "line": _line(segment, row).decode("ascii"),
            "units": b64encode(_units(segment, row)).decode("ascii"),
            **(document if row == entry.start else {}),
        }


def _sum_of(segment: Segment, entry: Entry) -> str:
    digest = sha256()
    for row in range(entry.start, entry.end):
        digest.update(_line(segment, row) + _units(segment, row))
    return digest.hexdigest()


def _line(segment: Segment, row: int) -> bytes:
    return segment.lines[slice(*segment.line_starts[row : row + 2])].tobytes()


def _units(segment: Segment, row: int) -> bytes:
    return segment.units[slice(*segment.unit_starts[row : row + 2])].tobytes()

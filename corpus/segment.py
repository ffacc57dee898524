"""A segment: some documents with everything the index knows of them, written once, never changed.

Passages, vectors, postings and what the documents teach lie side by side in plain arrays, so that
opening a segment costs nothing and merging segments means joining arrays: nothing is embedded or
analysed a second time.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.documents import Passage
from corpus.durable import private_folder, sync_folder, write_whole
from corpus.embedder import Vectors
from corpus.faults import reached
from corpus.learned import Learned, learned_from_json, learned_to_json
from corpus.postings import Postings, Rows, load_array
from corpus.records import (
    IndexedDocument,
    document_from_json,
    document_to_json,
    passage_from_json,
)

SEAL = "segment.json"  # written last: names every file with its checksum
_ARRAYS = ("lines", "line_starts", "vectors", "units", "unit_starts")


class DamagedSegment(ValueError):
    """A file of a segment is not what was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a segment. Its rows are `start` to `end`.

    `version` is a hash of all that was put in; `peaks` are the cosines of the everyday questions
    (see `corpus.calibration`) to the nearest of its units.
    """

    version: str
    document: IndexedDocument
    learned: Learned
    peaks: tuple[float, ...]
    start: int
    end: int

    @property
    def vector_ids(self) -> list[str]:
        """The names of its passages' vectors in the store."""
        return [f"{self.version}:{number}" for number in range(self.end - self.start)]


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows are passages. `lines` are their records as bytes, `units` all their sentences' vectors.

    Row i has `lines[line_starts[i]:line_starts[i+1]]` and `units[unit_starts[i]:unit_starts[i+1]]`.
    """

    entries: tuple[Entry, ...]
    lines: NDArray[np.uint8]
    line_starts: NDArray[np.int64]
    vectors: Vectors
    units: NDArray[np.float16]
    unit_starts: NDArray[np.int64]
    postings: Postings

    @classmethod
    def load(cls, folder: Path, entries: tuple[Entry, ...] | None = None) -> "Segment":
        """Open a saved segment memory-mapped; its `entries` are read unless they are given."""
        if entries is None:
            rows = (folder / "documents.jsonl").read_text().splitlines()
            entries = tuple(map(entry_from_json, rows))
        arrays = {name: load_array(folder / f"{name}.npy") for name in _ARRAYS}
        return cls(entries, postings=Postings.load(folder), **arrays)

    @classmethod
    def merged(cls, parts: Sequence[tuple["Segment", Sequence[Entry]]]) -> "Segment":
        """Join the chosen documents of several segments, in this order."""
        slices = [(part, slice(one.start, one.end)) for part, chosen in parts for one in chosen]
        line_runs = [_run(part.line_starts, rows) for part, rows in slices]
        unit_runs = [_run(part.unit_starts, rows) for part, rows in slices]
        postings = Postings.merged(
            [(part.postings, part.mask_of(chosen)) for part, chosen in parts]
        )
        return cls(
            entries=renumbered(one for _, chosen in parts for one in chosen),
            lines=np.concatenate(
                [part.lines[run] for (part, _), run in zip(slices, line_runs, strict=True)]
            ),
            line_starts=starts_of(
                np.concatenate([np.diff(part.line_starts)[rows] for part, rows in slices])
            ),
            vectors=np.concatenate([part.vectors[rows] for part, rows in slices]),
            units=np.concatenate(
                [part.units[run] for (part, _), run in zip(slices, unit_runs, strict=True)]
            ),
            unit_starts=starts_of(
                np.concatenate([np.diff(part.unit_starts)[rows] for part, rows in slices])
            ),
            postings=postings,
        )

    def __len__(self) -> int:
        return len(self.vectors)

    def save(self, folder: Path) -> None:
        """Write the segment; without its seal it does not count."""
        private_folder(folder)
        rows = "".join(entry_to_json(entry) + "\n" for entry in self.entries)
        (folder / "documents.jsonl").write_text(rows, "ascii")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        self.postings.save(folder)
        files = sorted(path for path in folder.iterdir() if path.name != SEAL)
        seal = {path.name: _synced(path) for path in files}
        reached("segment-files")
        write_whole(folder / SEAL, json.dumps(seal).encode())
        sync_folder(folder.parent)
        reached("segment")

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Read the passages of these rows."""
        return [
            passage_from_json(
                self.lines[self.line_starts[row] : self.line_starts[row + 1]].tobytes()
            )
            for row in rows
        ]

    def unit_vectors(self, row: int) -> Vectors:
        """Return the vectors of the sentences of one passage."""
        found = self.units[self.unit_starts[row] : self.unit_starts[row + 1]]
        return np.asarray(found, np.float32)

    def mask_of(self, chosen: Iterable[Entry]) -> NDArray[np.bool_]:
        """Tell for each row whether it belongs to one of these documents."""
        mask = np.zeros(len(self), bool)
        for entry in chosen:
            mask[entry.start : entry.end] = True
        return mask


def check_seal(folder: Path) -> None:
    """Compare every file of a segment with its checksum; a `DamagedSegment` names the first bad."""
    try:
        seal = json.loads((folder / SEAL).read_text())
        for name, expected in seal.items():
            if _digest(folder / name) != expected:
                raise DamagedSegment(f"{folder.name}/{name}")
    except (OSError, ValueError, AttributeError) as error:
        if isinstance(error, DamagedSegment):
            raise
        raise DamagedSegment(f"{folder.name}: {error}") from error


def relabel(folder: Path, change: Callable[[IndexedDocument], IndexedDocument]) -> None:
    """Change what a segment says of its documents; raises what reading a damaged one raises.

    The versions stay: the vectors in the store are known by them.
    """
    path = folder / "documents.jsonl"
    entries = [entry_from_json(line) for line in path.read_text().splitlines()]
    changed = [replace(entry, document=change(entry.document)) for entry in entries]
    seal = json.loads((folder / SEAL).read_text())
    path.write_text("".join(entry_to_json(entry) + "\n" for entry in changed), "ascii")
    write_whole(folder / SEAL, json.dumps({**seal, path.name: _synced(path)}).encode())


def rows_of(entries: Iterable[Entry]) -> Rows:
    """Return the rows of these documents of one segment."""
    ranges = [np.arange(entry.start, entry.end) for entry in entries]
    return np.concatenate([np.zeros(0, np.intp), *ranges])


def entry_to_json(entry: Entry) -> str:
    """Write a document of a segment as one line."""
    return json.dumps(
        {
            "version": entry.version,
            "document": document_to_json(entry.document),
            "learned": learned_to_json(entry.learned),
            "peaks": entry.peaks,
            "start": entry.start,
            "end": entry.end,
        }
    )


def entry_from_json(text: str) -> Entry:
    """Read what `entry_to_json` wrote; anything else is a `DamagedSegment`."""
    match json.loads(text):
        case {
            "version": str(version),
            "document": str(document),
            "learned": str(learned),
            "peaks": list(peaks),
            "start": int(start),
            "end": int(end),
        }:
            return Entry(
                version,
                document_from_json(document),
                learned_from_json(learned),
                tuple(map(float, peaks)),
                start,
                end,
            )
    raise DamagedSegment("documents.jsonl")


def renumbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return these documents as one after the other in a segment of their own."""
    found: list[Entry] = []
    for one in entries:
        start = found[-1].end if found else 0
        end = start + one.end - one.start
        found.append(Entry(one.version, one.document, one.learned, one.peaks, start, end))
    return tuple(found)


def _run(starts: NDArray[np.int64], rows: slice) -> slice:
    return slice(int(starts[rows.start]), int(starts[rows.stop]))


def starts_of(lengths: Iterable[int]) -> NDArray[np.int64]:
    """Return where each of some runs begins that lie one after the other, and where all end."""
    return np.cumsum([0, *lengths], dtype=np.int64)


def _synced(path: Path) -> str:
    """Make a written file durable and private; return its checksum."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        path.chmod(0o600)
        return file_digest(file, "sha256").hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()

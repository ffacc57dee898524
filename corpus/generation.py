"""A generation: which documents of which segments are in the index, as one small file."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.documents import Passage
from corpus.durable import write_whole
from corpus.faults import reached
from corpus.manifest import IndexMismatch, Manifest, index_folder
from corpus.segment import SEAL, Entry, Segment

KEPT = ("write.lock", "switch.lock", "holder")
DAMAGED = "Mit `bildungslotse verify --repair` aus Originalen und Cache neu aufbauen lassen."
# What reading damaged or missing files of an index raises.
UNREADABLE = (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError)


@dataclass(frozen=True, slots=True)
class Share:
    """What one segment gives to a generation: the documents at these places, in order."""

    segment: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """A manifest and the shares it stands for, in the order of their rows."""

    manifest: Manifest
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, opened, and the documents of it that count."""

    name: str
    segment: Segment
    entries: tuple[Entry, ...]

    def passages(self, entry: Entry) -> list[Passage]:
        """Read the passages of one of its documents."""
        return self.segment.passages(range(entry.start, entry.end))


def reopened(data: Path, part: Part) -> Part:
    """Open the segment of a part anew: the memory that is read through it goes with it."""
    folder = segment_folder(data, part.name)
    return replace(part, segment=Segment.load(folder, part.segment.entries))


def share_of(part: Part) -> Share:
    """Return what has to be noted to open a part again."""
    place = {entry.version: number for number, entry in enumerate(part.segment.entries)}
    return Share(part.name, tuple(place[entry.version] for entry in part.entries))


def read_generation(data: Path, number: int) -> Generation:
    """Read the list of a generation; raises one of `UNREADABLE` where it is damaged."""
    row = json.loads(_file(data, number).read_text("utf-8"))
    shares = [Share(each["segment"], tuple(each["places"])) for each in row["shares"]]
    return Generation(Manifest(**row["manifest"]), tuple(shares))


def write_generation(data: Path, generation: Generation) -> None:
    """Keep the list of a generation; it is not live by that."""
    content = json.dumps(asdict(generation)).encode()
    write_whole(_file(data, generation.manifest.generation), content)
    reached("generation")


def open_parts(data: Path, shares: Iterable[Share], known: Iterable[Part] = ()) -> list[Part]:
    """Open the segments of a generation, but for those that `known` parts have open already.

    Reading what a segment says of its documents takes a while where there are thousands of them.
    Raises one of `UNREADABLE` where a segment is damaged.
    """
    opened = {part.name: part.segment for part in known}
    parts = []
    for share in shares:
        name = share.segment
        if name not in opened:
            if not (segment_folder(data, name) / SEAL).exists():
                raise FileNotFoundError(segment_folder(data, name) / SEAL)
            opened[name] = Segment.load(segment_folder(data, name))
        entries = tuple(opened[name].entries[place] for place in share.places)
        parts.append(Part(name, opened[name], entries))
    return parts


def parts_of(data: Path, manifest: Manifest, known: Iterable[Part] = ()) -> list[Part]:
    """Open one generation as `open_parts` does; a damaged one is an error with a way out."""
    try:
        return open_parts(data, read_generation(data, manifest.generation).shares, known)
    except UNREADABLE as error:
        raise IndexMismatch(f"Der Index unter `{data}` ist beschädigt.", hint=DAMAGED) from error


def save_part(data: Path, name: str, segment: Segment) -> Part:
    """Write a segment and open what was written, so that memory is given back."""
    folder = segment_folder(data, name)
    segment.save(folder)
    saved = Segment.load(folder, segment.entries)
    return Part(name, saved, saved.entries)


def texts_of(parts: Sequence[Part]) -> Iterator[str]:
    """Yield every text of these parts that was embedded."""
    for part in parts:
        for entry in part.entries:
            for passage in part.passages(entry):
                yield passage.text
                yield from passage.unit_texts


def segment_folder(data: Path, name: str) -> Path:
    """Where a segment lies."""
    return index_folder(data) / "segments" / name


def kept_generations(data: Path, live: Manifest | None) -> list[Generation]:
    """Return the live generation and the one before, as far as they can be read."""
    kept = []
    for number in (live.generation, live.previous) if live else ():
        try:
            kept.append(read_generation(data, number))
        except UNREADABLE:
            continue
    return kept


def stale_paths(data: Path, kept: Sequence[Generation]) -> list[Path]:
    """Return all that belongs to no kept generation: what is old and what a crash left."""
    numbers = {_file(data, one.manifest.generation).name for one in kept}
    segments = {share.segment for one in kept for share in one.shares}
    lists = [one for one in index_folder(data).glob("gen-*.json") if one.name not in numbers]
    folders = [one for one in segment_folder(data, "").glob("*") if one.name not in segments]
    return [*lists, *folders, *index_folder(data).glob("*.new")]


def discard_index(data: Path) -> None:
    """Delete all of an index but its lock and the name it has on a server."""
    for path in index_folder(data).iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in KEPT:
            path.unlink()


def delete(paths: Iterable[Path]) -> None:
    """Delete files and folders."""
    for path in paths:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _file(data: Path, number: int) -> Path:
    return index_folder(data) / f"gen-{number:06d}.json"

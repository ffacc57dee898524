"""The proof of a removal: what was looked for in which files, and how often it was found."""

import json
import mmap
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.durable import private_folder, write_whole
from corpus.generation import Part

FOLDER = "receipts"
_MOST = 8  # passages of a document that are looked for: its longest
_LEFT_OUT = ("models",)  # unpacked from the installation, never written with documents


@dataclass(frozen=True, slots=True)
class Receipt:
    """`documents` are ids: a receipt says nothing of what was removed.

    `looked_for` counts the byte strings searched for: passages as text and as it stands in JSON,
    and their vectors as numbers of 32 and 16 bits. `found` names files that hold one of them.
    """

    removed: str
    documents: tuple[str, ...]
    looked_for: int
    files: int
    bytes: int
    places: tuple[str, ...]
    found: tuple[str, ...]
    rows_on_server: int | None = None  # of these documents; None without a server


def needles_of(parts: Sequence[Part], ids: AbstractSet[str]) -> frozenset[bytes]:
    """Return what would betray these documents: in no other document of the index."""
    mine: dict[bytes, bytes] = {}
    others: set[bytes] = set()
    for part in parts:
        for entry in part.entries:
            if entry.document.id in ids:
                mine |= _passages(part, entry.start, entry.end)
            else:
                others |= _passages(part, entry.start, entry.end).keys()
    longest = sorted(mine.keys() - others, key=len, reverse=True)[: _MOST * len(ids)]
    found: set[bytes] = set()
    for text in longest:
        vector = np.frombuffer(mine[text], np.float32)
        escaped = json.dumps(text.decode())[1:-1].encode()
        found |= {text, escaped, vector.tobytes(), vector.astype(np.float16).tobytes()}
    return frozenset(found)


def search(data: Path, documents: Sequence[str], needles: AbstractSet[bytes]) -> Receipt:
    """Look through every file under the data directory."""
    files = [path for path in sorted(data.rglob("*")) if _is_searched(path.relative_to(data), path)]
    places = dict.fromkeys(path.relative_to(data).parts[0] for path in files)
    return Receipt(
        removed=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=tuple(documents),
        looked_for=len(needles),
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
        places=tuple(places),
        found=tuple(str(path.relative_to(data)) for path in _holding(files, needles)),
    )


def write_receipt(data: Path, receipt: Receipt) -> None:
    """Keep a receipt."""
    name = f"{receipt.removed.replace(':', '')}-{receipt.documents[0]}.json"
    content = json.dumps(asdict(receipt), indent=1).encode()
    write_whole(private_folder(data / FOLDER) / name, content)


def _passages(part: Part, start: int, end: int) -> dict[bytes, bytes]:
    """Return the texts of these rows with their vectors."""
    passages = part.segment.passages(range(start, end))
    vectors = part.segment.vectors[start:end]
    pairs = zip(passages, vectors, strict=True)
    return {passage.text.encode(): vector.tobytes() for passage, vector in pairs}


def _is_searched(relative: Path, path: Path) -> bool:
    return path.is_file() and relative.parts[0] not in _LEFT_OUT


def _holding(files: Sequence[Path], needles: AbstractSet[bytes]) -> Iterator[Path]:
    for path in files:
        if not path.stat().st_size:
            continue
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            if any(content.find(needle) >= 0 for needle in needles):
                yield path

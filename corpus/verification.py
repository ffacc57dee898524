"""The self-check of a data directory: `python -m corpus.verification ORDNER` prints what is wrong.

It runs in a process of its own (`verify`), because a damaged graph file can end the process that
opens it, Chroma's engine included. One JSON object a line, then `null` when all was looked at.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from corpus.errors import UserFacingError
from corpus.generation import (
    UNREADABLE,
    Part,
    kept_generations,
    open_parts,
    read_generation,
    segment_folder,
)
from corpus.index import chroma_folder
from corpus.inventory import read_inventory
from corpus.manifest import Manifest, read_manifest
from corpus.originals import is_content_of, original
from corpus.segment import check_seal
from corpus.server import Server
from corpus.shared import SharedIndex
from corpus.store import StoreError, VectorStore, connect
from corpus.store_seal import broken_parts, is_sealed

SAMPLES = 64  # vectors that are looked up and found again
_EXACT = 1e-5
_AMONG = 10  # a vector is found when it is among so many nearest
_PATIENCE = 600  # seconds for a check; a process that hangs is damage too

Place = Literal["index", "store", "original", "vectors"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something damaged: `index` has to be built anew, `store` filled anew from the segments.

    `vectors` are whole but of an earlier version: everything has to be embedded anew.
    """

    place: Place
    text: str  # German


def verify(data: Path, server: Server | None = None) -> tuple[Finding, ...]:
    """Check a data directory in a process of its own; nothing found means all is well.

    With a `server` there are no graph files here, and its rows are checked from this process.
    """
    if server is not None:
        return tuple(check(data, server))
    command = [sys.executable, "-m", "corpus.verification", str(data)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        return (Finding("store", "Der Vektorspeicher antwortet nicht."),)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    findings = tuple(Finding(**line) for line in lines if line)
    if lines[-1:] != [None]:
        return (*findings, Finding("store", "Der Vektorspeicher lässt sich nicht öffnen."))
    return findings


def check(data: Path, server: Server | None = None) -> Iterator[Finding]:
    """Yield what is wrong; may end the process where the vectors lie in files."""
    try:
        live = read_manifest(data)
    except UserFacingError as error:
        yield Finding("index", error.message)
        return
    if live is None:
        if read_inventory(data):
            yield Finding("index", "Der Index fehlt, obwohl Dokumente aufgenommen sind.")
        return
    if live.is_outdated:
        yield Finding("vectors", "Der Index stammt von einer früheren Version und gilt nicht mehr.")
    damaged = list(_damaged_segments(data, live))
    yield from damaged
    if damaged:
        return
    parts = open_parts(data, read_generation(data, live.generation).shares)
    yield from _wrong_counts(live, parts)
    yield from _damaged_originals(data, parts)
    if server is None:
        yield from _damaged_store(data, live, parts)
    else:
        yield from _damaged_server(SharedIndex(server, data), live, parts)


def _damaged_segments(data: Path, live: Manifest) -> Iterator[Finding]:
    try:
        shares = read_generation(data, live.generation).shares
    except UNREADABLE:
        yield Finding("index", f"Die Liste der Generation {live.generation} ist nicht lesbar.")
        return
    for name in dict.fromkeys(share.segment for share in shares):
        try:
            check_seal(segment_folder(data, name))
        except ValueError as error:
            yield Finding("index", f"Beschädigt: {error}")


def _wrong_counts(live: Manifest, parts: Sequence[Part]) -> Iterator[Finding]:
    entries = [entry for part in parts for entry in part.entries]
    passages = sum(entry.end - entry.start for entry in entries)
    if (len(entries), passages) != (live.documents, live.passages):
        yield Finding(
            "index",
            f"Verzeichnet sind {live.documents} Dokumente mit {live.passages} Passagen, "
            f"vorhanden {len(entries)} mit {passages}.",
        )


def _damaged_originals(data: Path, parts: Sequence[Part]) -> Iterator[Finding]:
    for entry in (entry for part in parts for entry in part.entries):
        path = original(data, entry.document.id)
        if path is not None and not is_content_of(entry.document.id, path):
            yield Finding("original", f"Die Kopie von `{entry.document.name}` ist beschädigt.")


def _damaged_store(data: Path, live: Manifest, parts: Sequence[Part]) -> Iterator[Finding]:
    if not is_sealed(chroma_folder(data)):
        yield Finding("store", "Eine Änderung am Vektorspeicher kam nicht zu ihrem Ende.")
        return
    try:
        if broken := broken_parts(chroma_folder(data)):  # told before Chroma opens them
            yield Finding("store", f"Im Vektorspeicher beschädigt: {', '.join(broken)}")
            return
        store = VectorStore(connect(chroma_folder(data)), live.collection)
        needed = _needed(data, live)
        if len(store) != needed:
            yield Finding("store", f"Der Vektorspeicher hat {len(store)} statt {needed} Vektoren.")
            return
        yield from _wrong_vectors(store, parts)
    except (StoreError, *UNREADABLE) as error:
        yield Finding("store", f"Der Vektorspeicher ist beschädigt: {error}")


def _needed(data: Path, live: Manifest) -> int:
    """Count the vectors of all generations that are kept in the same collection."""
    kept = [
        one for one in kept_generations(data, live) if one.manifest.collection == live.collection
    ]
    parts = open_parts(data, dict.fromkeys(share for one in kept for share in one.shares))
    sizes = {entry.version: entry.end - entry.start for part in parts for entry in part.entries}
    return sum(sizes.values())


def _damaged_server(
    shared: SharedIndex, live: Manifest, parts: Sequence[Part]
) -> Iterator[Finding]:
    newest = shared.newest()
    if newest > live.generation:
        return  # this copy is behind and will follow
    if newest != live.generation:
        yield Finding("store", f"Auf dem Server gilt Generation {newest}, hier {live.generation}.")
        return
    if wanting := shared.wanting(live, parts):
        yield Finding("store", f"Auf dem Server fehlen {wanting} von {live.passages} Vektoren.")
        return
    yield from _wrong_vectors(shared.vectors(live), parts)


def _wrong_vectors(store: VectorStore, parts: Sequence[Part]) -> Iterator[Finding]:
    every = [
        (name, part.segment.vectors[entry.start + number])
        for part in parts
        for entry in part.entries
        for number, name in enumerate(entry.vector_ids)
    ]
    samples = every[:: max(1, len(every) // SAMPLES)]
    found = 0
    for name, vector in samples:
        if not np.allclose(store.vectors([name])[0], vector, atol=_EXACT):
            yield Finding("store", "Im Vektorspeicher stehen andere Vektoren als im Index.")
            return
        found += name in store.nearest(vector, _AMONG)
    if found < len(samples) / 2:  # the search is approximate: a few misses are no damage
        yield Finding("store", "Der Vektorspeicher findet nicht, was er enthält.")


if __name__ == "__main__":
    for finding in check(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(asdict(finding)) + "\n")
        sys.stdout.flush()
    sys.stdout.write("null\n")

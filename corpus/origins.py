"""Where documents come from, when that is a folder of ours, which another machine has elsewhere."""

from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from corpus.generation import UNREADABLE, kept_generations, segment_folder
from corpus.inventory import read_inventory, write_inventory
from corpus.manifest import read_manifest
from corpus.records import IndexedDocument
from corpus.segment import relabel


def library_folder() -> Path:
    """Where the starter documents lie."""
    return Path(str(files("corpus"))) / "library"


def homes(data: Path) -> tuple[str, str]:
    """Return our folders that documents may come from: the data directory and the library."""
    return str(data.resolve()), str(library_folder().resolve())


def move_origins(data: Path, before: Iterable[str], after: Iterable[str]) -> None:
    """Change the origins of documents under the folders `before` to those `after`.

    The files of the index are written again: nobody may be reading them.
    """
    moves = [pair for pair in zip(before, after, strict=True) if len(set(pair)) == 2]

    def moved(document: IndexedDocument) -> IndexedDocument:
        for old, new in moves:
            if Path(document.origin).is_relative_to(old):
                inside = Path(document.origin).relative_to(old)
                return replace(document, origin=str(Path(new) / inside))
        return document

    if not moves:
        return
    kept = kept_generations(data, read_manifest(data))
    for name in {share.segment for one in kept for share in one.shares}:
        try:
            relabel(segment_folder(data, name), moved)
        except UNREADABLE:  # it was damaged before; `verify` says so
            continue
    write_inventory(data, map(moved, read_inventory(data)))

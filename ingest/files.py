"""Paths in; the files under them out, with what could not be seen."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserFacingError

# What programs leave behind in folders: locks of open Office files, thumbnails, views.
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_OFFICE_LOCK = "~$"


@dataclass(frozen=True, slots=True)
class Listing:
    """The files under some paths, in a stable order."""

    files: tuple[Path, ...]
    closed: tuple[Path, ...] = ()  # folders that could not be opened: what lies there is unknown
    links: tuple[Path, ...] = ()  # that lead out of their folder and are not followed


def find_files(paths: Iterable[Path], *, data: Path | None = None) -> list[Path]:
    """List the files under `paths`; a `UserFacingError` for one that does not exist."""
    return list(list_files(paths, data=data).files)


def list_files(paths: Iterable[Path], *, data: Path | None = None) -> Listing:
    """List the files under `paths`, hidden ones left out; a missing path is a `UserFacingError`.

    `data` is the data directory, which is left out where it lies in one of the folders.
    """
    files: dict[Path, None] = {}
    closed: list[Path] = []
    links: list[Path] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path, closed, data):
                if file.is_symlink() and not file.resolve().is_relative_to(path.resolve()):
                    links.append(file)
                elif file.is_file():
                    files[file] = None
        elif path.is_file():
            files[path] = None
        else:
            raise UserFacingError(
                f"`{path}` gibt es nicht.", hint="Pfad prüfen; erlaubt sind Dateien und Ordner."
            )
    return Listing(tuple(files), tuple(closed), tuple(links))


def _walk(folder: Path, closed: list[Path], data: Path | None) -> Iterator[Path]:
    """Yield files in the order of their paths; folders that refuse are collected in `closed`."""
    found: list[Path] = []
    ours = data.resolve() if data else None
    for place, folders, names in os.walk(
        folder, onerror=lambda error: closed.append(Path(error.filename))
    ):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and Path(place, name).resolve() != ours
        ]
        found += [Path(place, name) for name in names if not _is_litter(name)]
    return iter(sorted(found))


def _is_litter(name: str) -> bool:
    return name.startswith((".", _OFFICE_LOCK)) or name.lower() in _LITTER

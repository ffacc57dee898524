"""Paths in; the files under them out, with what could not be seen."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserFacingError

# What programs leave behind in folders: locks of open Office files, thumbnails, views.
_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_OFFICE_LOCK = "~$"
# What belongs to a page that a browser saved: "Seite.html" and "Seite-Dateien".
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_OF_A_PAGE = ("-Dateien", "_files")
_LEADS_AWAY = "Die Verknüpfung führt aus dem Ordner hinaus oder ins Leere."


@dataclass(frozen=True, slots=True)
class Listing:
    """The files under some paths, in a stable order."""

    files: tuple[Path, ...]
    closed: tuple[Path, ...] = ()  # folders that could not be opened: what lies there is unknown
    links: tuple[Path, ...] = ()  # that lead out of their folder or nowhere, and are not followed

    @property
    def left_out(self) -> Iterator[tuple[Path, str, str]]:
        """What could not be seen: where, a German sentence that says why, and the next step."""
        for place in self.closed:
            yield place, "Der Ordner lässt sich nicht öffnen.", "Rechte prüfen."
        for place in self.links:
            yield place, _LEADS_AWAY, "Die Datei oder den Ordner selbst hineinlegen."


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
                if file.is_symlink() and _leads_away(file, path):
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
        saved = {Path(name).stem for name in names if Path(name).suffix.lower() in _PAGES}
        parts = {f"{stem}{ending}" for stem in saved for ending in _OF_A_PAGE}
        folders[:] = [
            name
            for name in folders
            if not (name.startswith(".") or name in parts or Path(place, name).resolve() == ours)
        ]
        found += [Path(place, name) for name in names if not _is_litter(name)]
        found += [one for name in folders if (one := Path(place, name)).is_symlink()]
    return iter(sorted(found))


def _leads_away(link: Path, folder: Path) -> bool:
    try:
        return not link.resolve(strict=True).is_relative_to(folder.resolve())
    except OSError:  # its target is not there
        return True


def _is_litter(name: str) -> bool:
    return name.startswith((".", _OFFICE_LOCK)) or name.lower() in _LITTER

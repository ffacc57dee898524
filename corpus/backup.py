"""A data directory into one file.

The file is a plain tar: a label first, then every file, last the checksums of all of them. Chroma's
files stay out, they are filled again from the segments; so does what the installation brings along.
"""

import json
import os
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO

from corpus import manifest
from corpus.durable import for_owner, sync_folder
from corpus.errors import Unavailable, UserFacingError
from corpus.following import catch_up
from corpus.generation import kept_generations, stale_paths
from corpus.lock import write_lock
from corpus.origins import homes
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.removal import finish_removals
from corpus.server import Server
from corpus.upkeep import clear_away
from corpus.vector_cache import CACHE_FILE

FORMAT = 1  # raised when an older program can no longer read a backup
LABEL = "bildungslotse-backup.json"
CHECKSUMS = "bildungslotse-checksums.json"
# Made again by the program, or on their way and not yet taken in.
_LEFT_OUT = (
    "models",
    "eingang",
    "index/chroma",
    "index/write.lock",
    "index/holder",  # what this data directory, and no copy of it, is called on a server
    "feedback.lock",
    "access/users.lock",
    f"cache/{CACHE_FILE}-journal",
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a backup says of itself: its format, that of the index, `origins.homes`, when."""

    format: int
    index: int
    homes: tuple[str, str]
    files: int
    created: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a backup holds."""

    files: int
    bytes: int


def back_up(
    data: Path,
    file: Path,
    progress: ShowProgress = show_nothing,
    server: Server | None = None,
) -> Extent:
    """Write a backup of a data directory into a new file.

    Holds the writer's lock, so that all of it is of one generation; readers are not disturbed.
    """
    _refuse_place(data, file)
    if manifest.read_manifest(data) is None:
        raise UserFacingError(
            f"Unter `{data}` gibt es noch keinen Index, also nichts zu sichern.",
            hint="Mit `--data` den Datenordner angeben.",
        )
    temporary = file.with_name(f"{file.name}.new")
    try:
        with write_lock(data), TemporaryDirectory(dir=file.parent) as scratch:
            _settle(data, server)
            with open(temporary, "wb", opener=for_owner) as stream:
                extent = _write(data, stream, Path(scratch), progress)
                stream.flush()
                os.fsync(stream.fileno())
        os.replace(temporary, file)
        sync_folder(file.parent)
    except OSError as error:
        raise UserFacingError(
            f"Die Sicherung `{file}` lässt sich nicht schreiben ({error.strerror or error}).",
            hint="Ordner, Schreibrechte und freien Platz prüfen.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return extent


def belongs(name: str) -> bool:
    """Whether a file of a data directory, by its path in it, belongs into a backup."""
    return not any(PurePosixPath(name).is_relative_to(one) for one in _LEFT_OUT)


def _refuse_place(data: Path, file: Path) -> None:
    if file.resolve().is_relative_to(data.resolve()):
        raise UserFacingError(
            f"Die Sicherung `{file}` läge im gesicherten Ordner.",
            hint="Einen Pfad außerhalb des Datenordners angeben.",
        )
    if file.exists():
        raise UserFacingError(
            f"`{file}` gibt es schon.",
            hint="Einen neuen Namen angeben, etwa mit dem Datum, oder die Datei löschen.",
        )


def _settle(data: Path, server: Server | None) -> None:
    """Finish what a crash left: a document that was removed must not come into a backup."""
    with suppress(Unavailable):  # what is here can be saved without the server
        catch_up(data, server)
    finish_removals(data, server)
    live = manifest.read_manifest(data)
    if stale_paths(data, kept_generations(data, live)):
        clear_away(data, server=server)


def _write(data: Path, stream: BinaryIO, scratch: Path, progress: ShowProgress) -> Extent:
    names = list(_names(data))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    label = Label(FORMAT, manifest.FORMAT, homes(data), len(names), now)
    stage = Stage("Dateien sichern", "Dateien", len(names), progress)
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        sums = {LABEL: _add(archive, LABEL, BytesIO(json.dumps(asdict(label)).encode()))}
        for name in names:
            with _opened(data / name, scratch) as source:
                sums[name] = _add(archive, name, source)
            stage.advance()
        _add(archive, CHECKSUMS, BytesIO(json.dumps(sums).encode()))
    return Extent(len(names), stream.tell())


def _names(data: Path) -> Iterator[str]:
    """Yield the files to be saved; a folder that is a link would be left out unseen."""
    for folder, folders, files in os.walk(data):
        at = Path(folder).relative_to(data)
        folders[:] = sorted(one for one in folders if belongs((at / one).as_posix()))
        _refuse_links(data / at / one for one in folders)
        yield from filter(belongs, sorted((at / one).as_posix() for one in files))


def _refuse_links(folders: Iterable[Path]) -> None:
    for folder in folders:
        if folder.is_symlink():
            raise UserFacingError(
                f"`{folder}` ist eine Verknüpfung auf einen anderen Ordner.",
                hint="Den Ordner selbst an diese Stelle legen oder einhängen.",
            )


def _opened(path: Path, scratch: Path) -> BinaryIO:
    """Open a file; of the database that others may be writing to, a copy."""
    if path.name != CACHE_FILE:
        return path.open("rb")
    copy = scratch / path.name
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.DatabaseError:  # damaged; it is a cache, an empty one is as good
        return BytesIO()
    return copy.open("rb")


def _add(archive: tarfile.TarFile, name: str, source: BinaryIO) -> str:
    """Add what can be read from `source` now and return its checksum."""
    entry = tarfile.TarInfo(name)
    entry.size = source.seek(0, os.SEEK_END)
    entry.mode = 0o600
    source.seek(0)
    counted = _Summed(source)
    archive.addfile(entry, counted)
    return counted.sum.hexdigest()


class _Summed:
    """A file that is read from, with the checksum of what was read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.sum = sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Read the next bytes."""
        content = self._source.read(size)
        self.sum.update(content)
        return content

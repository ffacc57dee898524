"""A backup into an empty data directory: all of it, as it was, or nothing."""

import json
import os
import shutil
import tarfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from pydantic import TypeAdapter

from corpus import manifest
from corpus.backup import CHECKSUMS, FORMAT, LABEL, Label, belongs
from corpus.durable import for_owner, private_folder, sync_folder
from corpus.errors import UserFacingError
from corpus.generation import UNREADABLE
from corpus.origins import homes, move_origins
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.upkeep import refill_store

_MOST_LISTED = 2**28  # bytes of label or checksums: some two million files
_BLOCK = 2**20
_LABEL = TypeAdapter(Label)


class BadBackup(UserFacingError):
    """The file is no backup, not a whole one, or holds what does not belong into one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back; `created` is when the backup was made."""

    files: int
    created: str


def restore(data: Path, file: Path, progress: ShowProgress = show_nothing) -> Restored:
    """Unpack a backup into a missing or empty data directory.

    Nothing counts before all of it is unpacked and every checksum has been compared. An index of
    another version is brought back as it is; `verify` says so then.
    """
    _refuse_filled(data)
    try:
        private_folder(data)
        with TemporaryDirectory(prefix="restore-", dir=data) as scratch:
            unpacked = Path(scratch)
            files, label = _unpack(file, unpacked, progress)
            if label.index in manifest.READABLE:
                move_origins(unpacked, label.homes, homes(data))
            # The index comes last: without it nothing counts.
            for path in sorted(unpacked.iterdir(), key=lambda one: one.name == "index"):
                os.replace(path, data / path.name)
                sync_folder(data)
    except OSError as error:
        raise UserFacingError(
            f"`{file}` lässt sich nicht nach `{data}` zurückspielen ({error.strerror or error}).",
            hint="Pfade, Rechte und freien Platz prüfen.",
        ) from error
    if label.index in manifest.READABLE:
        with suppress(UserFacingError, *UNREADABLE):  # was damaged when saved; `verify` says so
            refill_store(data)
    return Restored(files, label.created)


def _refuse_filled(data: Path) -> None:
    if data.exists() and any(data.iterdir()):
        raise UserFacingError(
            f"Der Ordner `{data}` ist nicht leer; nichts wurde verändert.",
            hint="Mit `--data` einen neuen Ordner angeben oder den alten vorher umbenennen.",
        )


def _unpack(file: Path, folder: Path, progress: ShowProgress) -> tuple[int, Label]:
    """Unpack into an empty folder; return how many files it were, and the label."""
    try:
        with tarfile.open(file, "r:") as archive:
            label, sums = _label(file, archive)
            _refuse_too_large(file, folder)
            listed: dict[str, str] = {}
            stage = Stage("Dateien zurückspielen", "Dateien", label.files, progress)
            for member in iter(archive.next, None):
                if listed or member.name in sums or not _is_ours(member):
                    raise BadBackup(
                        f"`{file}` enthält `{member.name}`, was in keine Sicherung gehört.",
                        hint="Nur Dateien zurückspielen, die `bildungslotse backup` schrieb.",
                    )
                content = archive.extractfile(member)
                assert content is not None
                if member.name == CHECKSUMS:
                    listed = json.loads(content.read(_MOST_LISTED))
                else:
                    sums[member.name] = _written(content, folder / member.name)
                    stage.advance()
    except (tarfile.TarError, ValueError, KeyError, TypeError, EOFError) as error:
        raise _not_whole(file) from error
    if sums != listed:
        raise _not_whole(file)
    return len(sums) - 1, label


def _label(file: Path, archive: tarfile.TarFile) -> tuple[Label, dict[str, str]]:
    """Read what comes first; a foreign file is noticed before anything is written."""
    first = archive.next()
    if first is None or first.name != LABEL or not _is_ours(first):
        raise BadBackup(
            f"`{file}` ist keine Sicherung.",
            hint="Eine Datei angeben, die `bildungslotse backup` schrieb.",
        )
    content = archive.extractfile(first)
    assert content is not None
    text = content.read(_MOST_LISTED)
    if (found := json.loads(text)["format"]) != FORMAT:
        raise BadBackup(
            f"`{file}` hat das Format {found}, erwartet wird {FORMAT}.",
            hint="Mit der Version des Bildungslotsen zurückspielen, die sie schrieb.",
        )
    return _LABEL.validate_json(text), {LABEL: sha256(text).hexdigest()}


def _is_ours(member: tarfile.TarInfo) -> bool:
    """Whether this is a plain file that stays inside: no link, no device, no file with holes."""
    name = PurePosixPath(member.name)
    is_plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
    is_inside = not name.is_absolute() and ".." not in name.parts
    return is_plain and is_inside and not {"\\", ":"} & set(member.name) and belongs(member.name)


def _refuse_too_large(file: Path, folder: Path) -> None:
    needed, free = file.stat().st_size, shutil.disk_usage(folder).free
    if needed > free:
        raise UserFacingError(
            f"Für `{file}` sind {needed} Bytes nötig, frei sind {free}.",
            hint="Platz schaffen oder mit `--data` einen anderen Ort angeben.",
        )


def _written(content: IO[bytes], path: Path) -> str:
    """Write a file that is not there yet; return its checksum."""
    private_folder(path.parent)
    digest = sha256()
    with open(path, "xb", opener=for_owner) as file:
        while block := content.read(_BLOCK):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _not_whole(file: Path) -> BadBackup:
    return BadBackup(
        f"`{file}` ist keine vollständige Sicherung oder wurde verändert.",
        hint="Eine andere Sicherung verwenden.",
    )

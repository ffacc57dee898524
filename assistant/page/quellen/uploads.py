"""A form with files to files in a folder of their own, under names that can do no harm."""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from corpus.audiences import INTERNAL, PUBLIC, Readership
from corpus.errors import UserFacingError
from corpus.file_names import safe_name

FIELD = "dateien"
AUDIENCE_FIELD = "leserkreis"
MOST_FILES = 20
MEGABYTE = 2**20
MOST_BYTES = 50 * MEGABYTE  # of one file, as the readers have it
MOST_TOGETHER = 200 * MEGABYTE
MOST_WAITING = 1000 * MEGABYTE  # of all files whose jobs have not ended


class BadUpload(UserFacingError):
    """Files that are not taken in the way they were sent."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Files where they lie now, and who may read what they become."""

    files: Sequence[Path]
    audience: str


def audiences_for(readership: Readership) -> Sequence[str]:
    """Return the audiences that a person may give a file, the one for the house first.

    Without users there is nobody to keep anything from, and so nothing to choose.
    """
    if readership.reads_all:
        return ()
    return (INTERNAL, PUBLIC, *sorted(readership.groups - {INTERNAL, PUBLIC}))


async def receive(request: Request, folder: Path, audiences: Sequence[str]) -> Upload:
    """Write the files of a form into a new folder under `folder` and return where they lie.

    What is too much is refused before it is read, as far as the sender says how much it is. One of
    `audiences` is meant, the first where the form does not say; everyone where there is none.
    """
    _check_size(request, await run_in_threadpool(_waiting, folder))
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    except HTTPException as error:
        raise _too_many() from error
    files = [one for one in form.getlist(FIELD) if isinstance(one, UploadFile) and one.filename]
    if not files:
        raise BadUpload(
            "Es ist keine Datei ausgewählt.", hint="Bitte mindestens eine Datei auswählen."
        )
    for file in files:
        if (file.size or 0) > MOST_BYTES:
            raise BadUpload(
                f"„{safe_name(file.filename or '')}“ ist größer als {MOST_BYTES // MEGABYTE} MB.",
                hint="Bitte die Datei in Teile zerlegen. Es wurde keine Datei aufgenommen.",
            )
    audience = form.get(AUDIENCE_FIELD) or (*audiences, PUBLIC)[0]
    if audience not in (audiences or (PUBLIC,)):
        raise BadUpload(
            "Diesen Leserkreis können Sie nicht bestimmen.",
            hint="Bitte einen der angebotenen Leserkreise wählen.",
        )
    return Upload(await run_in_threadpool(_stored, files, folder), str(audience))


def distinct(names: Sequence[str]) -> list[str]:
    """Give names that come more than once a number, so that no file takes another one's place."""
    taken: set[str] = set()
    found = []
    for name in names:
        path, number, free = Path(name), 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{path.stem} ({number}){path.suffix}"
        taken.add(free.casefold())
        found.append(free)
    return found


def _waiting(folder: Path) -> int:
    """Return how many bytes wait under a folder; what vanishes meanwhile does not count."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _check_size(request: Request, waiting: int) -> None:
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise BadUpload(
            "Die Größe der Dateien ist nicht angegeben.", hint="Bitte einen Browser verwenden."
        )
    if int(length) > MOST_TOGETHER:
        raise BadUpload(
            f"Die Dateien sind zusammen größer als {MOST_TOGETHER // MEGABYTE} MB.",
            hint="Bitte in mehreren Schritten aufnehmen.",
        )
    if waiting + int(length) > MOST_WAITING:
        raise BadUpload(
            "Es warten schon zu viele Dateien darauf, aufgenommen zu werden.",
            hint="Bitte später noch einmal versuchen. Es wurde keine Datei aufgenommen.",
        )


def _too_many() -> BadUpload:
    return BadUpload(
        f"Das sind mehr als {MOST_FILES} Dateien, oder die Übertragung ist abgebrochen.",
        hint=f"Bitte höchstens {MOST_FILES} Dateien auf einmal aufnehmen.",
    )


def _stored(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    names = distinct([safe_name(file.filename or "") for file in files])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = Path(tempfile.mkdtemp(dir=folder))
        paths = [own / name for name in names]
        for file, path in zip(files, paths, strict=True):
            with path.open("xb") as target:
                shutil.copyfileobj(file.file, target)
    except OSError as error:
        raise BadUpload(
            f"Die Dateien lassen sich unter `{folder}` nicht ablegen ({error.strerror}).",
            hint="Schreibrechte und freien Platz prüfen, dann noch einmal versuchen.",
        ) from error
    return paths

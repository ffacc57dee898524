"""The files that documents were read from: a copy of each, found by the id of its document.

They serve to show a page as it looked, to hand the file out, and to build the index anew.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from hashlib import file_digest
from pathlib import Path

from corpus.documents import ID_LENGTH
from corpus.durable import for_owner, private_folder, sync_folder
from corpus.errors import UserFacingError
from corpus.faults import reached

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")  # may come out of an address: never a way out of here
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def originals_folder(data: Path) -> Path:
    """Where the copies lie under the data directory."""
    return data / "originals"


def keep_original(data: Path, document_id: str, file: Path) -> Path:
    """Keep a copy of the file a document was read from and return where it lies.

    The id stands for the content: what is already kept under it is left as it is. Only the owner
    can read the copy, and a crash leaves the whole of it or nothing.
    """
    kept = original(data, document_id)
    return kept or _copies(data, [(document_id, file)])[0]


def keep_originals(data: Path, files: Sequence[tuple[str, Path]]) -> None:
    """Keep copies of many files, each with the id of its document, as `keep_original` does."""
    kept = {path.stem for path in _whole(originals_folder(data).glob("*"))}
    _copies(data, [(document_id, file) for document_id, file in files if document_id not in kept])


def original(data: Path, document_id: str) -> Path | None:
    """Return the copy of a document's file, or None where none is kept."""
    if not _ID.fullmatch(document_id):
        return None
    return next(_whole(_named(data, document_id)), None)


def is_content_of(document_id: str, file: Path) -> bool:
    """Whether a file is the one that a document was read from."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()[:ID_LENGTH] == document_id


def renew_original(data: Path, document_id: str, origin: Path) -> None:
    """Replace a damaged copy by the file itself, or drop it where that has changed or is gone."""
    copy = original(data, document_id)
    if copy is None or is_content_of(document_id, copy):
        return
    copy.unlink()
    if origin.is_file() and is_content_of(document_id, origin):
        keep_original(data, document_id, origin)


def clear_originals(data: Path, needed: AbstractSet[str]) -> None:
    """Delete the copies that belong to none of these documents."""
    for path in originals_folder(data).glob("*"):
        if path.name.partition(".")[0] not in needed:
            path.unlink()


def _copies(data: Path, files: Sequence[tuple[str, Path]]) -> list[Path]:
    """Copy files and return where; a ValueError for what can be the id of no document."""
    copies = [_copy(originals_folder(data), document_id, file) for document_id, file in files]
    if copies:
        sync_folder(originals_folder(data))
    return copies


def _copy(folder: Path, document_id: str, file: Path) -> Path:
    if not _ID.fullmatch(document_id):
        raise ValueError(f"no document can have the id {document_id!r}")
    path = folder / (document_id + _safe_suffix(file))
    temporary = folder / f"{path.name}.new"
    try:
        private_folder(folder)
        with file.open("rb") as source, open(temporary, "wb", opener=for_owner) as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(temporary, path)
        reached("original")
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserFacingError(
            f"Von `{file}` lässt sich unter `{folder}` keine Kopie ablegen ({error.strerror}).",
            hint="Schreibrechte und freien Platz prüfen, dann den Befehl wiederholen.",
        ) from error
    return path


def _whole(paths: Iterable[Path]) -> Iterator[Path]:
    """Leave out what a crash left unfinished."""
    return (path for path in paths if path.suffix != ".new")


def _named(data: Path, document_id: str) -> Iterator[Path]:
    folder = originals_folder(data)
    yield from (path for path in (folder / document_id,) if path.is_file())
    yield from sorted(folder.glob(f"{document_id}.*"))


def _safe_suffix(file: Path) -> str:
    suffix = file.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) and suffix != ".new" else ""

"""One writer for each data directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.durable import private_folder
from corpus.errors import UserFacingError
from corpus.manifest import index_folder


class IndexLocked(UserFacingError):
    """Another process writes to this index."""


@contextmanager
def write_lock(data: Path) -> Iterator[None]:
    """Hold the one writer's lock of a data directory; a process that dies gives it back."""
    folder = index_folder(data)
    lock = FileLock(folder / "write.lock", timeout=0)
    try:
        private_folder(folder)
        lock.acquire()
    except Timeout as error:
        raise IndexLocked(
            f"In `{data}` ändert gerade ein anderer Vorgang den Index.",
            hint="Warten, bis er fertig ist, dann den Befehl wiederholen.",
        ) from error
    except OSError as error:
        raise UserFacingError(
            f"In den Ordner `{data}` kann nicht geschrieben werden ({error.strerror}).",
            hint="Schreibrechte und freien Platz prüfen oder mit `--data` einen anderen wählen.",
        ) from error
    try:
        yield
    finally:
        lock.release()

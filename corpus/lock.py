"""One writer for each data directory, and one at a time who may switch what is live in it.

Whoever writes may embed for hours. A copy of an index on a server follows meanwhile: what was
removed elsewhere must not stay until this machine is done.
"""

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
    """Hold both locks of a data directory; a process that dies gives them back.

    Raises `IndexLocked` while another process writes.
    """
    with writer_lock(data), switch_lock(data):
        yield


@contextmanager
def writer_lock(data: Path) -> Iterator[None]:
    """Hold the one writer's lock: no other begins, and nothing it has put down is deleted.

    Raises `IndexLocked` while another process writes.
    """
    with _held(data, "write.lock", timeout=0):
        yield


@contextmanager
def switch_lock(data: Path) -> Iterator[None]:
    """Hold the lock that is needed to switch what is live; whoever has it is waited for."""
    with _held(data, "switch.lock", timeout=-1):
        yield


@contextmanager
def _held(data: Path, name: str, *, timeout: float) -> Iterator[None]:
    folder = index_folder(data)
    lock = FileLock(folder / name, timeout=timeout)
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

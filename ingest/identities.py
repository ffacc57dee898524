"""Files in, hashes of their contents out; what has not been touched is not read again."""

import hashlib
import time
from pathlib import Path

from corpus.documents import ID_LENGTH
from ingest.notebook import Notebook

_SETTLED_NS = 2_000_000_000  # file systems count in steps; a younger file may change unnoticed


class Identities:
    """The identity of a file is what names its document: a prefix of the SHA-256 of its bytes.

    It is noted with size, times and inode of the file. Unlike the time of modification, the time
    of change cannot be set by a program, so a file whose state is the same has the same bytes.
    """

    def __init__(self, data: Path, *, check_content: bool = False) -> None:
        """Use what is noted under `data`; with `check_content` read every file anyway."""
        self._notebook = Notebook(data, "files")
        self._check_content = check_content

    def of(self, path: Path) -> str:
        """Return the identity of a file; raises OSError where it cannot be read."""
        origin, state = str(path.resolve()), _state(path)
        identity, *noted = self._notebook.get(origin) or [""]
        if noted == state and isinstance(identity, str) and not self._check_content:
            return identity
        with path.open("rb") as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest()[:ID_LENGTH]
        if state == _state(path) and max(state[1:3]) < time.time_ns() - _SETTLED_NS:
            self._notebook.note(origin, [identity, *state])
        return identity

    def save(self) -> None:
        """Note what was found for the next time."""
        self._notebook.save()


def _state(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]

"""Files in, hashes of their contents out; what has not been touched is not read again."""

import hashlib
import json
import os
import time
from pathlib import Path

from corpus.documents import ID_LENGTH

_FILE = "files.json"
_SETTLED_NS = 2_000_000_000  # file systems count in steps; a younger file may change unnoticed

_State = list[int]  # size, times of the last change of content and of anything, number on the disk


class Identities:
    """The identity of a file is what names its document: a prefix of the SHA-256 of its bytes.

    It is remembered with size, times and inode of the file. Unlike the time of modification, the
    time of change cannot be set by a program, so a file whose state is the same has the same bytes.
    """

    def __init__(self, data: Path, *, check_content: bool = False) -> None:
        """Use what is remembered under `data`; with `check_content` read every file anyway."""
        self._path = data / "cache" / _FILE
        self._remembered = {} if check_content else _load(self._path)
        self._is_changed = check_content

    def of(self, path: Path) -> str:
        """Return the identity of a file; raises OSError where it cannot be read."""
        origin, state = str(path.resolve()), _state(path)
        known = self._remembered.get(origin)
        if known is not None and known[1] == state:
            return known[0]
        with path.open("rb") as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest()[:ID_LENGTH]
        if state == _state(path) and max(state[1:3]) < time.time_ns() - _SETTLED_NS:
            self._remembered[origin] = (identity, state)
            self._is_changed = True
        return identity

    def save(self) -> None:
        """Remember for the next time; where that is not possible it is only slower."""
        if not self._is_changed:
            return
        temporary = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(self._remembered), "utf-8")
            os.replace(temporary, self._path)
            self._is_changed = False
        except OSError:
            temporary.unlink(missing_ok=True)


def _state(path: Path) -> _State:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]


def _load(path: Path) -> dict[str, tuple[str, _State]]:
    """Return what was saved; nothing where that is not readable."""
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {origin: (str(identity), list(state)) for origin, (identity, state) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

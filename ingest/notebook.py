"""What one run notes down for the next; losing it costs time and nothing else."""

import hashlib
import json
from pathlib import Path
from typing import Any

from corpus.durable import private_folder, write_whole

_ORIGIN_DIGITS = 20


class Notebook:
    """One JSON file under `cache/`: a row of plain values for each origin.

    Origins stand in it as hashes: whoever removes a document need not look for its name here.
    """

    def __init__(self, data: Path, name: str) -> None:
        """Open the notebook `name` of a data directory; a damaged one counts as empty."""
        self._path = data / "cache" / f"{name}.json"
        self._rows = _load(self._path)
        self._is_changed = False

    def get(self, origin: str) -> list[Any]:
        """Return the row of an origin; empty where there is none."""
        return self._rows.get(_key(origin), [])

    def note(self, origin: str, row: list[Any]) -> None:
        """Keep a row; an empty one drops what was there."""
        if row == self.get(origin):
            return
        self._rows[_key(origin)] = row
        if not row:
            del self._rows[_key(origin)]
        self._is_changed = True

    def save(self) -> None:
        """Write what has changed; where that is not possible the next run is only slower."""
        if not self._is_changed:
            return
        try:
            private_folder(self._path.parent)
            write_whole(self._path, json.dumps(self._rows).encode())
        except OSError:
            return
        self._is_changed = False


def _key(origin: str) -> str:
    return hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:_ORIGIN_DIGITS]


def _load(path: Path) -> dict[str, list[Any]]:
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(rows, dict) or not all(isinstance(row, list) for row in rows.values()):
        return {}
    return rows

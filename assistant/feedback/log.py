"""The file that feedback is kept in: one JSON object a line, for the owner's eyes only."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from assistant.feedback.entry import Entry
from corpus.errors import UserFacingError

MOST = 10_000  # entries; a flood must not fill the disk
_ENTRY = TypeAdapter(Entry)


class FeedbackLog:
    """Feedback under one data directory; entries are added, and taken out only by their ids."""

    def __init__(self, data: Path) -> None:
        self._path = data / "feedback.jsonl"
        self._lock = FileLock(data / "feedback.lock", mode=0o600)

    def add(self, entry: Entry) -> None:
        """Append an entry; a full file is a `UserFacingError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            if len(self.entries()) >= MOST:
                raise UserFacingError(
                    f"Es sind schon {MOST} Rückmeldungen gespeichert.",
                    hint="Mit `bildungslotse feedback` auswerten und löschen.",
                )
            with open(self._path, "a+b", opener=_for_owner) as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - 1))
                if file.read(1) not in (b"", b"\n"):
                    file.write(b"\n")  # a crash cut the last line off
                file.write(_line(entry).encode())

    def entries(self) -> list[Entry]:
        """Return all entries, oldest first; a line that was cut off by a crash is left out."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [entry for line in lines if (entry := _read(line)) is not None]

    def delete(self, ids: Sequence[str]) -> int:
        """Take entries out for good and return how many there were."""
        with self._lock:
            entries = self.entries()
            kept = [entry for entry in entries if entry.id not in ids]
            self._replace(kept)
        return len(entries) - len(kept)

    def delete_all(self) -> int:
        """Empty the file and return how many entries there were."""
        with self._lock:
            count = len(self.entries())
            self._path.unlink(missing_ok=True)
        return count

    def _replace(self, entries: Sequence[Entry]) -> None:
        temporary = self._path.with_suffix(".new")
        with open(temporary, "w", encoding="utf-8", opener=_for_owner) as file:
            file.writelines(map(_line, entries))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._path)


def _line(entry: Entry) -> str:
    kept = asdict(entry)
    if entry.question is None:
        kept = {
            key: value for key, value in kept.items() if key not in ("question", "text", "names")
        }
    return json.dumps(kept, ensure_ascii=False) + "\n"


def _read(line: str) -> Entry | None:
    try:
        return _ENTRY.validate_json(line)
    except ValidationError:
        return None


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)

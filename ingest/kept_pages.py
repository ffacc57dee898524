"""Pages of the catalogue as they were fetched: for each the version in use and one that waits.

catalogue/q1/page.json, Förderrichtlinie.html        in use, as the index knows it
catalogue/q1/neu/page.json, Förderrichtlinie.html    fetched, not applied yet
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from corpus.documents import Source
from corpus.durable import private_folder, write_whole
from corpus.records import source_from_json, source_to_json

_RECORD = "page.json"
_WAITING = "neu"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One version of a page; `source` is what the catalogue says about it."""

    url: str
    file: str  # name of the file with its content
    fetched: date
    text: str  # hash of its text: most changes of a page's bytes change nothing to read
    etag: str = ""
    last_modified: str = ""
    source: Source = field(default_factory=Source)


class KeptPages:
    """The folder of kept pages under a data directory; entries are known by their id."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "catalogue"

    def ids(self) -> list[str]:
        """Return the ids of all pages that have a version in use."""
        names = sorted(path.parent.name for path in self._folder.glob(f"*/{_RECORD}"))
        return [name for name in names if self.used(name)]

    def claims(self) -> dict[str, Source]:
        """Return what the catalogue says about each page in use, by origin."""
        return {
            self.origin(entry): page.source for entry in self.ids() if (page := self.used(entry))
        }

    def used(self, entry: str) -> KeptPage | None:
        """Return the version in use, or None where there is none."""
        return _read(self._folder / entry)

    def waiting(self, entry: str) -> KeptPage | None:
        """Return the version that was fetched and not applied yet, or None."""
        return _read(self._folder / entry / _WAITING)

    def origin(self, entry: str) -> str:
        """Return how the index knows the version in use; a KeyError where there is none."""
        page = self.used(entry)
        if page is None:
            raise KeyError(entry)
        return str((self._folder / entry / page.file).resolve())

    def path(self, entry: str, page: KeptPage, *, is_waiting: bool = False) -> Path:
        """Return where the content of a version lies."""
        folder = self._folder / entry
        return (folder / _WAITING if is_waiting else folder) / page.file

    def wait(self, entry: str, page: KeptPage, content: bytes) -> Path:
        """Keep a fetched version until it is accepted, in place of one that waits already."""
        self.forget_waiting(entry)
        folder = self._folder / entry / _WAITING
        private_folder(folder)
        (folder / page.file).write_bytes(content)
        _write(folder, page)
        return folder / page.file

    def forget_waiting(self, entry: str) -> None:
        """Drop the version that waits, if one does."""
        shutil.rmtree(self._folder / entry / _WAITING, ignore_errors=True)

    def accept(self, entry: str) -> None:
        """Put the waiting version in the place of the one in use.

        After a crash in between the record is the old one and the page is fetched again.
        """
        folder, page, before = self._folder / entry, self.waiting(entry), self.used(entry)
        if page is None:
            return
        os.replace(folder / _WAITING / page.file, folder / page.file)
        _write(folder, page)
        if before is not None and before.file != page.file:
            (folder / before.file).unlink(missing_ok=True)
        self.forget_waiting(entry)

    def state(self, entry: str, source: Source) -> None:
        """Change what is said about the version in use."""
        if page := self.used(entry):
            _write(self._folder / entry, replace(page, source=source))

    def know(self, entry: str, page: KeptPage) -> None:
        """Note by what the version in use is known now; its content and all else stays."""
        if used := self.used(entry):
            known = replace(used, etag=page.etag, last_modified=page.last_modified)
            _write(self._folder / entry, known)

    def drop(self, entry: str) -> None:
        """Delete all that is kept of a page."""
        shutil.rmtree(self._folder / entry, ignore_errors=True)


def _read(folder: Path) -> KeptPage | None:
    """Return the version in a folder; one that is damaged or without content counts as none."""
    try:
        row = json.loads((folder / _RECORD).read_text("utf-8"))
        page = KeptPage(
            **{
                **row,
                "fetched": date.fromisoformat(row["fetched"]),
                "source": source_from_json(json.dumps(row["source"])),
            }
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return page if (folder / page.file).is_file() else None


def _write(folder: Path, page: KeptPage) -> None:
    row = {**asdict(page), "source": json.loads(source_to_json(page.source))}
    write_whole(folder / _RECORD, json.dumps(row, default=date.isoformat).encode())

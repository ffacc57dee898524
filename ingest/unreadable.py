"""Files that could not be read last time, so that a comparison need not offer them as new."""

from pathlib import Path

from ingest.notebook import Notebook
from ingest.reading import Reading


class Unreadable:
    """For each origin the content that was tried, and what was in the way."""

    def __init__(self, data: Path) -> None:
        self._notebook = Notebook(data, "unreadable")

    def remember(self, origin: str, identity: str, reading: Reading) -> None:
        """Keep the verdict on this content; not the message, which may quote it."""
        self._notebook.note(origin, [identity, str(reading.verdict), reading.advice])

    def forget(self, origin: str) -> None:
        """Drop what is known of a file that can be read now."""
        self._notebook.note(origin, [])

    def reason(self, origin: str, identity: str) -> tuple[str, str] | None:
        """Return verdict and advice where this very content could not be read."""
        tried, *rest = self._notebook.get(origin) or [""]
        return (str(rest[0]), str(rest[1])) if tried == identity and len(rest) == 2 else None

    def save(self) -> None:
        """Keep it for the next time."""
        self._notebook.save()

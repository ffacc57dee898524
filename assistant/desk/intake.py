"""What the desk needs from whoever changes the index; made in `commands`, which knows `ingest`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.desk.jobs import Reports
from corpus.progress import ShowProgress


class Intake(Protocol):
    """Takes files into the index."""

    def take_in(self, files: Sequence[Path], audience: str, progress: ShowProgress) -> Reports:
        """Yield one report for each file, in order; only `audience` may read them.

        Closed before its end, or ended by an error out of `progress`, nothing has changed.
        """
        ...

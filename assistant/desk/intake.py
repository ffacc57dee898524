"""What the desk needs from whoever changes the index; made in `commands`, which knows `ingest`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.desk.jobs import Reports


class Intake(Protocol):
    """Takes files into the index."""

    def take_in(self, files: Sequence[Path]) -> Reports:
        """Yield one report for each file, in order; closed before its end, nothing has changed."""
        ...

"""What the desk needs from whoever compares places with the index; made in `commands`."""

from collections.abc import Sequence
from typing import Protocol

from assistant.desk.jobs import Reports
from corpus.audiences import Readership
from corpus.progress import ShowProgress
from corpus.sync_plan import SyncPlan

CATALOGUE = "katalog"  # the place that is no folder: the official pages of the catalogue


class Sync(Protocol):
    """Compares folders and official pages with the index, and makes the difference true."""

    def places(self, readership: Readership) -> Sequence[str]:
        """Return the folders of which this reader may see everything, and `CATALOGUE`.

        Without a place there is nothing to compare; what is not allowed is no place.
        """
        ...

    def compare(
        self, places: Sequence[str], readership: Readership, progress: ShowProgress
    ) -> SyncPlan:
        """Say what would change; nothing is changed.

        Raises `UserFacingError` where a name would be shown that this reader may not see.
        """
        ...

    def apply(self, plan: SyncPlan, progress: ShowProgress, *, allow_deletions: bool) -> Reports:
        """Make a plan true and yield a report for each document that it touches.

        Closed before its end, or ended by an error out of `progress`, nothing has changed.
        """
        ...

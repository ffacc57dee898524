"""Folders and official pages on the page, compared by the same way as on the command line."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant.desk.jobs import Reports
from assistant.desk.syncing import CATALOGUE
from commands.wiring import catalogue_of, fetcher_for
from corpus.audiences import Readership, audiences_of
from corpus.documents import Source
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.progress import ShowProgress, show_nothing
from corpus.settings import Settings
from corpus.sync_plan import SyncPlan
from ingest.sync import apply, plan_folders, plan_pages


class DeskSync:
    """Implements `assistant.desk.syncing.Sync` for the places that the settings name."""

    def __init__(self, settings: Settings, embedder: Callable[[], Embedder]) -> None:
        self._settings = settings
        self._embedder = embedder

    def places(self, readership: Readership) -> Sequence[str]:
        """Return the places whose names and documents this reader may see, all of them."""
        folders = [
            str(folder)
            for folder in map(Path.resolve, self._settings.sync_folders)
            if all(map(readership.may_read, self._audiences(folder)))
        ]
        return [*folders, *([CATALOGUE] if self._settings.sync_web else [])]

    def compare(
        self,
        places: Sequence[str],
        readership: Readership,
        progress: ShowProgress = show_nothing,
    ) -> SyncPlan:
        """Say what would change in the index."""
        plan = compare(
            [Path(place) for place in places if place != CATALOGUE],
            self._settings,
            with_catalogue=CATALOGUE in places,
            progress=progress,
        )
        rules = self._settings.audiences
        for item in (*plan.new, *plan.changed, *plan.gone):
            if not readership.may_read(audiences_of(item.source, item.origin, rules)):
                raise UserFacingError(
                    "In einem der Ordner liegt etwas, das Sie nicht lesen dürfen.",
                    hint="Bitte jemanden abgleichen lassen, der es darf.",
                )
        return plan

    def apply(
        self,
        plan: SyncPlan,
        progress: ShowProgress = show_nothing,
        *,
        allow_deletions: bool = False,
    ) -> Reports:
        """Make a plan true."""
        yield from apply(
            plan,
            self._settings,
            self._embedder(),
            allow_deletions=allow_deletions,
            progress=progress,
        )

    def _audiences(self, folder: Path) -> Iterable[frozenset[str]]:
        """Yield the audiences of a folder, of those inside it, and of all that came from it."""
        rules = self._settings.audiences
        inside = [Path(one).expanduser().resolve() for one in rules]
        for place in (folder, *(one for one in inside if one.is_relative_to(folder))):
            yield audiences_of(Source(), str(place / "datei"), rules)
        for one in live_documents(self._settings.data):
            if Path(one.origin).is_relative_to(folder):
                yield audiences_of(one.source, one.origin, rules)


def compare(
    folders: Sequence[Path],
    settings: Settings,
    *,
    with_catalogue: bool = False,
    check_content: bool = False,
    progress: ShowProgress = show_nothing,
) -> SyncPlan:
    """Compare folders and, where that is wanted and allowed, the official pages with the index."""
    plan = plan_folders(folders, settings, check_content=check_content, progress=progress)
    if with_catalogue:
        entries = catalogue_of(settings)
        fetch = fetcher_for(entries).fetch
        plan = plan.joined(plan_pages(entries, settings, fetch, progress=progress))
    return plan

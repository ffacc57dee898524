"""A plan becomes true: pages are put in use, files read, the index switched once."""

from collections.abc import Iterator
from pathlib import Path

from corpus.documents import IngestReport
from corpus.embedder import Embedder
from corpus.progress import ShowProgress, show_nothing
from corpus.settings import Settings
from corpus.sync_plan import Item, SyncPlan
from ingest.kept_pages import KeptPages
from ingest.pipeline import IngestRun
from ingest.sync.loss import DeletionRefused


def apply(
    plan: SyncPlan,
    settings: Settings,
    embedder: Embedder,
    *,
    allow_deletions: bool = False,
    progress: ShowProgress = show_nothing,
) -> Iterator[IngestReport]:
    """Make a plan true and yield a report for each document that it touches.

    Readers see all of it at once, at the end; a run that is cut off before leaves the index as it
    was, and a new plan goes on from there. What has changed since the plan was made counts as it
    is now. Raises `DeletionRefused` where the plan is guarded and `allow_deletions` is not given.
    """
    if plan.guard and not allow_deletions:
        raise DeletionRefused(
            f"{plan.guard} Nichts wurde geändert.",
            hint="Ist das gewollt: denselben Befehl mit `--allow-deletions` wiederholen.",
        )
    pages = KeptPages(settings.data)
    gone = [item.origin for item in plan.gone if item.entry or not Path(item.origin).exists()]
    touched = [*plan.new, *plan.changed, *(one.lost for one in plan.problems if one.lost)]
    origins = []
    for item in touched:
        before = item.origin
        origins.append(_in_use(item, pages) if item.entry else before)
        gone += [before] if before != origins[-1] else []
    paths = [path for path in map(Path, origins) if path.is_file()]
    yield from IngestRun(paths, settings=settings, embedder=embedder, gone=gone, progress=progress)
    for item in plan.gone:
        if item.entry:
            pages.drop(item.entry)


def _in_use(item: Item, pages: KeptPages) -> str:
    """Put a page's newest version in use, with what is said about it; return its origin."""
    pages.accept(item.entry)
    pages.state(item.entry, item.source)
    return pages.origin(item.entry)

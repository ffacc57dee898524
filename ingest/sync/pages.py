"""The catalogue of official pages against the index: asked, read, compared by their text."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from corpus.documents import Document, Source, Verdict
from corpus.file_names import safe_name
from corpus.index import live_documents
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.settings import Settings
from corpus.sync_plan import Item, Problem, SyncPlan
from ingest.cage import Cage
from ingest.catalogue import CatalogueEntry
from ingest.identities import Identities
from ingest.kept_pages import KeptPage, KeptPages
from ingest.sync.fetching import Fetched, FetchProblem, Trouble
from ingest.sync.loss import guard_against_loss

_STAYS = "Die letzte Fassung bleibt."


class Fetch(Protocol):
    """What `Fetcher.fetch` does."""

    def __call__(self, url: str, *, etag: str, last_modified: str) -> Fetched | None:
        """Return a page, None for the version already known; raise `FetchProblem`."""


def plan_pages(
    catalogue: Sequence[CatalogueEntry],
    settings: Settings,
    fetch: Fetch,
    *,
    today: date | None = None,
    progress: ShowProgress = show_nothing,
) -> SyncPlan:
    """Ask for every page of the catalogue and compare; the index is not changed.

    What was fetched is kept until the plan is applied or a newer one made, so that nothing is
    fetched twice. Pages that the catalogue no longer names are gone.
    """
    stage = Stage("Seiten abrufen", "Seiten", len(catalogue), progress)
    with Cage(ocr=settings.ocr) as cage:
        pages = _Pages(settings, fetch, cage, today or date.today())
        plan = SyncPlan()
        for entry in catalogue:
            plan = plan.joined(pages.plan(entry))
            stage.advance()
        return plan.joined(pages.without({entry.id for entry in catalogue}))


class _Pages:
    def __init__(self, settings: Settings, fetch: Fetch, cage: Cage, today: date) -> None:
        self._kept = KeptPages(settings.data)
        self._indexed = {document.id for document in live_documents(settings.data)}
        self._identities = Identities(settings.data)
        self._fetch = fetch
        self._cage = cage
        self._today = today

    def plan(self, entry: CatalogueEntry) -> SyncPlan:
        """Compare one entry."""
        try:
            self._ask(entry)
        except FetchProblem as problem:
            return SyncPlan(problems=(self._problem(entry, problem),))
        used, waiting = self._kept.used(entry.id), self._kept.waiting(entry.id)
        newest = waiting or used
        if newest is None:
            return SyncPlan()
        item = self._item(entry, _claims(entry, newest.source.as_of))
        if used is None or not self._is_indexed(item):
            return SyncPlan(new=(item,))
        if waiting or item.source != used.source:
            return SyncPlan(changed=(item,))
        return SyncPlan(unchanged=(item,))

    def without(self, listed: set[str]) -> SyncPlan:
        """Return what is kept of entries that the catalogue does not list any more."""
        ids = self._kept.ids()
        lost = [entry for entry in ids if entry not in listed]
        items = []
        for entry in lost:
            page = self._kept.used(entry)
            name = page.source.title if page else entry
            items.append(Item(name, self._kept.origin(entry), entry))
        return SyncPlan(
            gone=tuple(items), guard=guard_against_loss("dem Katalog", len(lost), len(ids))
        )

    def _ask(self, entry: CatalogueEntry) -> None:
        """Fetch a page; a version with another text waits from then on."""
        used = self._kept.used(entry.id)
        known = self._kept.waiting(entry.id) or used
        if known is not None and known.url != entry.url:
            known = None
        fetched = self._fetch(
            entry.url,
            etag=known.etag if known else "",
            last_modified=known.last_modified if known else "",
        )
        if fetched is None:
            return
        page = KeptPage(
            url=entry.url,
            file=safe_name(f"{entry.source.title.replace('/', '-')}{fetched.suffix}"),
            fetched=self._today,
            text="",
            etag=fetched.etag,
            last_modified=fetched.last_modified,
        )
        document = self._read(entry, page, fetched.content)
        page = replace(
            page,
            text=_text_hash(document),
            source=_claims(entry, None if document.source.as_of else self._today),
        )
        if used and page.text == used.text and page.file == used.file:
            self._kept.forget_waiting(entry.id)
            self._kept.know(entry.id, page)
        else:
            self._kept.wait(entry.id, page, fetched.content)

    def _read(self, entry: CatalogueEntry, page: KeptPage, content: bytes) -> Document:
        """Read a fetched version in the cage; what cannot be read is a `FetchProblem`."""
        path = self._kept.wait(entry.id, page, content)
        reading = self._cage.read(path)
        if reading.verdict is not Verdict.OK or reading.document is None:
            self._kept.forget_waiting(entry.id)
            raise FetchProblem(f"Die Seite ist nicht lesbar ({reading.verdict}).")
        return reading.document

    def _problem(self, entry: CatalogueEntry, problem: FetchProblem) -> Problem:
        used = self._kept.used(entry.id)
        if problem.trouble is Trouble.LOST:
            self._kept.forget_waiting(entry.id)
        if used is None:
            return Problem(entry.source.title, str(problem), f"Adresse prüfen: {entry.url}")
        message = f"{problem} {_STAYS}"
        if problem.trouble is not Trouble.LOST:
            return Problem(entry.source.title, message)
        since = used.source.gone_since
        if since:
            return Problem(
                entry.source.title, f"{message} Gekennzeichnet seit dem {since:%d.%m.%Y}."
            )
        lost = self._item(entry, replace(used.source, gone_since=self._today))
        return Problem(entry.source.title, f"{message} Sie wird gekennzeichnet.", lost=lost)

    def _is_indexed(self, item: Item) -> bool:
        """Tell whether the version in use has arrived in the index, under whatever name."""
        return self._identities.of(Path(item.origin)) in self._indexed

    def _item(self, entry: CatalogueEntry, source: Source) -> Item:
        used = self._kept.used(entry.id)
        origin = self._kept.origin(entry.id) if used else ""
        return Item(entry.source.title, origin, entry.id, source)


def _claims(entry: CatalogueEntry, as_of: date | None) -> Source:
    """Return what the catalogue says; a page without a date of its own is of the day it came."""
    return replace(entry.source, url=entry.url, as_of=entry.source.as_of or as_of)


def _text_hash(document: Document) -> str:
    text = "\n".join([document.title, *(page.text for page in document.pages)])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

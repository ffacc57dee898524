"""Folders against the index: what came, what changed, what is no longer there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.records import IndexedDocument
from corpus.settings import Settings
from corpus.sync_plan import Item, Problem, SyncPlan
from corpus.tombstones import read_tombstones
from ingest.comparison import Compared, Standing, compare
from ingest.files import list_files
from ingest.identities import Identities
from ingest.sync.loss import guard_against_loss
from ingest.unreadable import Unreadable

Documents = Mapping[str, IndexedDocument]  # by origin


def plan_folders(
    folders: Iterable[Path],
    settings: Settings,
    *,
    check_content: bool = False,
    progress: ShowProgress = show_nothing,
) -> SyncPlan:
    """Compare each folder with the documents that came from it; nothing is changed.

    A folder that cannot be reached is no empty folder: what came from it goes only after a word.
    Raises `UserFacingError` for what is no folder.
    """
    documents = {document.origin: document for document in live_documents(settings.data)}
    removed = {stone.id: stone.removed for stone in read_tombstones(settings.data)}
    identities = Identities(settings.data, check_content=check_content)
    plan = SyncPlan()
    for folder in dict.fromkeys(path.resolve() for path in folders):
        if folder.is_dir():
            place = _Folder(folder, documents, Unreadable(settings.data), removed)
            plan = plan.joined(place.plan(settings.data, identities, progress))
        else:
            plan = plan.joined(_unreachable(folder, documents))
    return plan


def _unreachable(folder: Path, documents: Documents) -> SyncPlan:
    if folder.exists():
        raise UserFacingError(f"`{folder}` ist kein Ordner.", hint="Den Ordner darüber angeben.")
    lost = [origin for origin in sorted(documents) if Path(origin).is_relative_to(folder)]
    if not lost:
        raise UserFacingError(f"`{folder}` gibt es nicht.", hint="Pfad prüfen.")
    return SyncPlan(
        gone=tuple(Item(_name(Path(origin), folder), origin) for origin in lost),
        guard=f"Der Ordner `{folder}` ist nicht erreichbar.",
    )


@dataclass(frozen=True, slots=True)
class _Folder:
    folder: Path
    documents: Documents  # of the whole index
    unreadable: Unreadable
    removed: Mapping[str, str]  # identity → ISO day

    def plan(self, data: Path, identities: Identities, progress: ShowProgress) -> SyncPlan:
        listing = list_files([self.folder], data=data)
        ours = {one for one in self.documents if Path(one).is_relative_to(self.folder)}
        there = {str(file.resolve()) for file in listing.files}
        hidden = {one for one in ours if any(map(Path(one).is_relative_to, listing.closed))}
        gone = sorted(ours - there - hidden)
        stage = Stage("Dateien vergleichen", "Dateien", len(listing.files), progress)

        def identify(path: Path) -> str:
            stage.advance()
            return identities.of(path)

        # A file that was renamed finds its content free, for the old name is about to go.
        staying = {one: self.documents[one] for one in self.documents.keys() - set(gone)}
        compared = compare(listing.files, staying, identify, claims={})
        problems = [
            Problem(self._name(place), why, advice) for place, why, advice in listing.left_out
        ]
        return SyncPlan(
            new=self._items(compared, Standing.NEW),
            changed=self._items(compared, Standing.CHANGED),
            gone=tuple(Item(self._name(Path(origin)), origin) for origin in gone),
            unchanged=self._items(compared, Standing.SAME),
            problems=(*problems, *filter(None, map(self._problem, compared))),
            guard=guard_against_loss(f"`{self.folder}`", len(gone), len(ours)),
        )

    def _items(self, compared: Sequence[Compared], standing: Standing) -> tuple[Item, ...]:
        return tuple(
            Item(self._name(one.path), one.origin)
            for one in compared
            if self._standing(one) is standing and not self._problem(one)
        )

    def _standing(self, one: Compared) -> Standing:
        """Count a file that became a copy of another one as changed, any other copy not."""
        if one.standing is not Standing.COPY:
            return one.standing
        return Standing.CHANGED if one.origin in self.documents else Standing.SAME

    def _problem(self, one: Compared) -> Problem | None:
        name = self._name(one.path)
        if one.standing is Standing.CLOSED:
            message = f"Die Datei lässt sich nicht öffnen ({one.problem})."
            return Problem(name, message, "Rechte prüfen.")
        if one.standing not in (Standing.NEW, Standing.CHANGED):
            return None
        if day := self.removed.get(one.identity):
            message = f"Das Dokument wurde am {date.fromisoformat(day):%d.%m.%Y} entfernt."
            return Problem(name, message, f"Wieder aufnehmen: `bildungslotse ingest {name}`.")
        reason = self.unreadable.reason(one.origin, one.identity)
        if reason is None:
            return None
        message = f"Die Datei war beim letzten Mal nicht lesbar ({reason[0]}) und ist dieselbe."
        return Problem(name, message, reason[1])

    def _name(self, path: Path) -> str:
        return _name(path, self.folder)


def _name(path: Path, folder: Path) -> str:
    """Return a file's place in its folder, without half characters, which cannot be shown."""
    place = path.relative_to(folder) if path.is_relative_to(folder) else path
    return place.as_posix().encode("utf-8", "replace").decode("utf-8")

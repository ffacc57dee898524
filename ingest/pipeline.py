"""Paths to passages in a new generation of the index, with one report for each file."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.build import build_generation, write_lock
from corpus.documents import ID_LENGTH, Document, IngestReport, IngestStatus, Passage
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import Index, IndexedDocument, check_embedder, read_documents
from corpus.manifest import IndexMismatch, Manifest, generation_folder, read_manifest
from corpus.settings import Settings
from ingest.readers import UnreadableDocument, read
from ingest.splitter import split

NO_TEXT = (
    "Kein Text gefunden (leer oder gescannt), deshalb nicht durchsuchbar. "
    "Mit Texterkennung (OCR) neu speichern."
)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How a run ended: files by status, and the size of the index now."""

    added: int
    replaced: int
    unchanged: int
    empty: int
    failed: int
    documents: int
    passages: int
    seconds: float


class IngestRun:
    """One run over some files; iterate over it for the reports, then read `summary`.

    With `rebuild`, documents already indexed are read again where their file is still there, and
    every passage is embedded with the model that is set now.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        *,
        settings: Settings,
        embedder: Embedder,
        rebuild: bool = False,
        progress: Progress = lambda stage, done, total: None,
    ) -> None:
        self._files = find_files(paths)
        self._settings = settings
        self._embedder = embedder
        self._rebuild = rebuild
        self._progress = progress
        self._entries: dict[str, tuple[IndexedDocument, list[Passage]]] = {}
        self._done: set[str] = set()  # origins taken in by this run
        self._counts: dict[str, int] = {}
        self._started = time.perf_counter()

    def __iter__(self) -> Iterator[IngestReport]:
        with write_lock(self._settings.data):
            manifest = read_manifest(self._settings.data)
            if manifest:
                self._check(manifest)
                self._entries = existing_documents(self._settings.data, manifest)
            todo = self._todo()
            for number, path in enumerate(todo, 1):
                self._progress("Dateien lesen", number, len(todo))
                report = self._take_in(path)
                self._counts[report.status] = self._counts.get(report.status, 0) + 1
                yield report
            if self._rebuild or self._counts.keys() & {"added", "replaced"}:
                self._build()

    @property
    def summary(self) -> IngestSummary:
        """The result, once the run has been iterated over."""
        statuses = ("added", "replaced", "unchanged", "empty", "failed")
        return IngestSummary(
            **{status: self._counts.get(status, 0) for status in statuses},
            documents=len(self._entries),
            passages=sum(len(passages) for _, passages in self._entries.values()),
            seconds=round(time.perf_counter() - self._started, 3),
        )

    def _check(self, manifest: Manifest) -> None:
        if self._rebuild:
            return
        check_embedder(manifest, self._embedder)
        if manifest.passage_tokens != self._settings.passage_tokens:
            raise IndexMismatch(
                f"Der Index hat Passagen von {manifest.passage_tokens} Tokens, "
                f"eingestellt sind {self._settings.passage_tokens}.",
                hint="Einstellung zurücknehmen oder `bildungslotse ingest --rebuild` ausführen.",
            )

    def _todo(self) -> list[Path]:
        if not self._rebuild:
            return self._files
        known = [path for path in map(Path, self._entries) if path.is_file()]
        return list(dict.fromkeys([*(path.resolve() for path in self._files), *known]))

    def _take_in(self, path: Path) -> IngestReport:
        """Read and split one file; every problem of the file ends in its report."""
        started = time.perf_counter()
        origin = str(path.resolve())
        try:
            twin = self._same_content(path)
            if twin is not None:
                return self._as_twin(path, origin, twin, started)
            document = read(path)
            if document.is_empty:
                return IngestReport(path.name, "empty", len(document.pages), message=NO_TEXT)
            passages = split(document, self._embedder.count_tokens, self._settings.passage_tokens)
        except UnreadableDocument as error:
            return IngestReport(path.name, "failed", message=str(error))
        except OSError as error:
            return IngestReport(path.name, "failed", message=f"Nicht lesbar: {error.strerror}.")
        status: IngestStatus = "replaced" if origin in self._entries else "added"
        indexed = _indexed(document, origin, len(passages))
        self._entries[origin] = (indexed, passages)
        self._done.add(origin)
        return _report(path.name, status, indexed, started)

    def _as_twin(
        self, path: Path, origin: str, twin: IndexedDocument, started: float
    ) -> IngestReport:
        """Keep content once; a file that became a copy of another one loses its old passages."""
        is_changed = twin.origin != origin and self._entries.pop(origin, None) is not None
        return _report(path.name, "replaced" if is_changed else "unchanged", twin, started)

    def _same_content(self, path: Path) -> IndexedDocument | None:
        with path.open("rb") as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest()[:ID_LENGTH]
        for document, _ in self._entries.values():
            # On a rebuild, what an earlier run took in is read again, what this one did is not.
            if document.id == identity and (not self._rebuild or document.origin in self._done):
                return document
        return None

    def _build(self) -> None:
        build_generation(
            self._settings.data,
            [document for document, _ in self._entries.values()],
            [passage for _, passages in self._entries.values() for passage in passages],
            embedder=self._embedder,
            passage_tokens=self._settings.passage_tokens,
            progress=lambda done, total: self._progress("Passagen einbetten", done, total),
        )


def find_files(paths: Iterable[Path]) -> list[Path]:
    """List the files under `paths` in a stable order; hidden files are left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_file():
            found[path] = None
        elif path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if file.is_file() and not hidden:
                    found[file] = None
        else:
            raise UserFacingError(
                f"`{path}` gibt es nicht.", hint="Pfad prüfen; erlaubt sind Dateien und Ordner."
            )
    return list(found)


def library_folder() -> Path:
    """Where the starter documents lie."""
    return Path(str(files("corpus"))) / "library"


def has_library(data: Path) -> bool:
    """Tell whether the live index holds starter documents, which then follow every update."""
    manifest = read_manifest(data)
    if manifest is None:
        return False
    documents = read_documents(generation_folder(data, manifest.generation))
    return any(Path(document.origin).parent == library_folder() for document in documents)


def existing_documents(
    data: Path, manifest: Manifest
) -> dict[str, tuple[IndexedDocument, list[Passage]]]:
    """Return the documents of a generation with their passages, by origin."""
    index = Index.pinned(data, manifest)
    passages: dict[str, list[Passage]] = {document.id: [] for document in index.documents}
    for passage in index.passages(range(len(index))):
        passages[passage.document_id].append(passage)
    return {document.origin: (document, passages[document.id]) for document in index.documents}


def _indexed(document: Document, origin: str, passages: int) -> IndexedDocument:
    return IndexedDocument(
        id=document.id,
        origin=origin,
        name=document.name,
        title=document.title,
        language=document.language,
        pages=len(document.pages),
        passages=passages,
        source=document.source,
    )


def _report(
    name: str, status: IngestStatus, document: IndexedDocument, started: float
) -> IngestReport:
    seconds = round(time.perf_counter() - started, 3)
    return IngestReport(name, status, document.pages, document.passages, seconds)

"""Paths to passages in a new generation of the index, with one report for each file."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.documents import ID_LENGTH, Document, IngestReport, IngestStatus, Verdict
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.records import IndexedDocument
from corpus.settings import Settings
from corpus.writer import IndexWriter
from ingest.cage import Cage
from ingest.readers.errors import damaged
from ingest.reading import Reading, failed
from ingest.splitter import split

KEPT = "Die zuletzt lesbare Fassung bleibt im Index."


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
        progress: ShowProgress = show_nothing,
    ) -> None:
        self._files = find_files(paths)
        self._settings = settings
        self._embedder = embedder
        self._rebuild = rebuild
        self._progress = progress
        self._done: set[str] = set()  # origins taken in by this run
        self._counts: dict[str, int] = {}
        self._documents: tuple[IndexedDocument, ...] = ()
        self._started = time.perf_counter()

    def __iter__(self) -> Iterator[IngestReport]:
        embedding = Stage("Passagen einbetten", "Passagen", 0, self._progress)
        with (
            IndexWriter.open(
                self._settings.data,
                embedder=self._embedder,
                passage_tokens=self._settings.passage_tokens,
                rebuild=self._rebuild,
                progress=embedding.reach,
            ) as writer,
            Cage(ocr=self._settings.ocr) as cage,
        ):
            todo = self._todo(writer)
            stage = Stage("Dateien lesen", "Dateien", len(todo), self._progress)
            for path in todo:
                report = self._take_in(path, writer, cage)
                stage.advance()
                self._counts[report.status] = self._counts.get(report.status, 0) + 1
                yield report
            if writer.has_changes:
                writer.commit()
            self._documents = tuple(writer.documents.values())

    @property
    def summary(self) -> IngestSummary:
        """The result, once the run has been iterated over."""
        statuses = ("added", "replaced", "unchanged", "empty", "failed")
        return IngestSummary(
            **{status: self._counts.get(status, 0) for status in statuses},
            documents=len(self._documents),
            passages=sum(document.passages for document in self._documents),
            seconds=round(time.perf_counter() - self._started, 3),
        )

    def _todo(self, writer: IndexWriter) -> list[Path]:
        if not self._rebuild:
            return self._files
        known = [path for path in map(Path, writer.documents) if path.is_file()]
        return list(dict.fromkeys([*(path.resolve() for path in self._files), *known]))

    def _take_in(self, path: Path, writer: IndexWriter, cage: Cage) -> IngestReport:
        """Read and split one file; every problem of the file ends in its report."""
        started = time.perf_counter()
        origin = str(path.resolve())
        try:
            twin = self._same_content(path, writer)
        except OSError as error:
            reading = failed(path, damaged(path.name, error.strerror or ""))
            return _left_out(reading, is_known=origin in writer.documents)
        if twin is not None:
            return _as_twin(path, origin, twin, writer, started)
        reading = cage.read(path)
        document = reading.document
        if reading.verdict is not Verdict.OK or document is None:
            return _left_out(reading, is_known=origin in writer.documents)
        passages = split(document, self._embedder.count_tokens, self._settings.passage_tokens)
        status: IngestStatus = "replaced" if origin in writer.documents else "added"
        indexed = _indexed(document, origin, len(passages))
        writer.put(indexed, passages, original=path)
        self._done.add(origin)
        return _report(path.name, status, indexed, started, reading)

    def _same_content(self, path: Path, writer: IndexWriter) -> IndexedDocument | None:
        with path.open("rb") as file:
            identity = hashlib.file_digest(file, "sha256").hexdigest()[:ID_LENGTH]
        for document in writer.documents.values():
            # On a rebuild, what an earlier run took in is read again, what this one did is not.
            if document.id == identity and (not self._rebuild or document.origin in self._done):
                return document
        return None


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
    return any(
        Path(document.origin).parent == library_folder() for document in live_documents(data)
    )


def _as_twin(
    path: Path, origin: str, twin: IndexedDocument, writer: IndexWriter, started: float
) -> IngestReport:
    """Keep content once; a file that became a copy of another one loses its old passages."""
    is_changed = twin.origin != origin and origin in writer.documents
    if is_changed:
        writer.remove(origin)
    return _report(path.name, "replaced" if is_changed else "unchanged", twin, started)


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
        health=document.health,
    )


def _left_out(reading: Reading, *, is_known: bool) -> IngestReport:
    """Report a file without text; what an earlier run read from it stays, and is said."""
    return IngestReport(
        reading.name,
        "empty" if reading.verdict is Verdict.EMPTY else "failed",
        len(reading.document.pages) if reading.document else 0,
        message=f"{reading.message} {KEPT if is_known else ''}".rstrip(),
        verdict=reading.verdict,
        advice=reading.advice,
    )


def _report(
    name: str,
    status: IngestStatus,
    document: IndexedDocument,
    started: float,
    reading: Reading | None = None,
) -> IngestReport:
    seconds = round(time.perf_counter() - started, 3)
    message, advice = (reading.message, reading.advice) if reading else ("", "")
    return IngestReport(
        name, status, document.pages, document.passages, seconds, message, advice=advice
    )

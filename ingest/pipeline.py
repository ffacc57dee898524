"""Paths to passages in a new generation of the index, with one report for each file."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.audiences import audiences_of
from corpus.cores import usable_cores
from corpus.documents import Document, IngestReport, IngestStatus, Passage, Verdict
from corpus.embedder import Embedder
from corpus.index import live_documents
from corpus.origins import library_folder
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.records import IndexedDocument
from corpus.server import server_of
from corpus.settings import Settings
from corpus.writer import WAITING, IndexWriter
from ingest.cage import Cage, OnPage
from ingest.claims import stated
from ingest.comparison import Compared, Standing, compare
from ingest.files import find_files
from ingest.holdings import Holdings
from ingest.identities import Identities
from ingest.kept_pages import KeptPages
from ingest.read_ahead import ReadAhead
from ingest.readers.errors import damaged, storable_name
from ingest.reading import Reading, failed
from ingest.splitter import split
from ingest.unreadable import Unreadable

RENEWAL = "Alles neu einbetten, wie diese Version es tut"
KEPT = "Die zuletzt lesbare Fassung bleibt im Index."
CLOSED = "Sein Inhalt stand auch anderen offen; ab jetzt lesen ihn nur noch die hier Berechtigten."
ELSEWHERE = "Derselbe Inhalt steht schon mit einem anderen Leserkreis im Bestand, und der gilt."
ELSEWHERE_ADVICE = "Ändern kann ihn, wer das Dokument lesen darf: entfernen und neu aufnehmen."
_LONG_SCAN = 3  # pages
_MOST_READERS = 8  # each may take a gigabyte


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


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file read and split, ready to be put into the index; `seconds` is what that took."""

    reading: Reading
    passages: Sequence[Passage]
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
        gone: Iterable[str] = (),
        rebuild: bool = False,
        check_content: bool = False,
        progress: ShowProgress = show_nothing,
    ) -> None:
        """Take in the files under `paths`, and take out the documents of the origins `gone`.

        With `check_content` files are read to see whether they changed, also where size and time
        say that they did not.
        """
        self._files = find_files(paths, data=settings.data)
        self._settings = settings
        self._embedder = embedder
        self._gone = tuple(gone)
        self._rebuild = rebuild
        self._progress = progress
        self._identities = Identities(settings.data, check_content=check_content)
        self._unreadable = Unreadable(settings.data)
        self._claims = KeptPages(settings.data).claims()
        self._counts: dict[str, int] = {}
        self._documents: tuple[IndexedDocument, ...] = ()
        self._started = time.perf_counter()

    def __iter__(self) -> Iterator[IngestReport]:
        with IndexWriter.open(
            self._settings.data,
            embedder=self._embedder,
            passage_tokens=self._settings.passage_tokens,
            rebuild=self._rebuild,
            progress=lambda done, total: embedding.reach(done, total),
            server=server_of(self._settings),
        ) as writer:
            name = RENEWAL if writer.is_outdated else "Passagen einbetten"
            embedding = Stage(name, "Passagen", 0, self._progress)
            if writer.is_outdated:  # said at once: it may take as long as the first time
                embedding.reach(0, sum(one.passages for one in writer.documents.values()))
            for report in self._reports(Holdings(writer)):
                self._counts[report.status] = self._counts.get(report.status, 0) + 1
                yield report
            if writer.has_changes:
                writer.commit()
            self._documents = tuple(writer.documents.values())
        self._unreadable.save()

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

    def _reports(self, holdings: Holdings) -> Iterator[IngestReport]:
        """Yield what becomes of each document that is gone and of each file, in this order."""
        for origin in self._gone:
            if document := holdings.get(origin):
                holdings.remove(origin)
                yield _report(document, "removed")
        compared = self._compared(holdings)
        stage = Stage("Dateien lesen", "Dateien", len(compared), self._progress)
        reading = (one for one in compared if one.standing in (Standing.NEW, Standing.CHANGED))
        # The cage is left first and ends its processes, so that no thread is waited for.
        with (
            ReadAhead(
                reading,
                lambda one: self._prepare(one, cage),
                workers=self._workers,
                most=WAITING,  # so the next batch is there when one is embedded
                weigh=lambda prepared: len(prepared.passages) or 1,
            ) as done,
            Cage(ocr=self._settings.ocr) as cage,
        ):
            for one in compared:
                if one.standing in (Standing.NEW, Standing.CHANGED):
                    report = self._put(one, next(done), holdings)
                else:
                    report = self._kept(one, cage, holdings)
                stage.advance()
                yield report

    def _compared(self, holdings: Holdings) -> list[Compared]:
        known = holdings.documents
        paths = list(self._files)
        if self._rebuild:
            paths += [path for path in map(Path, known) if path.is_file()]
        stage = Stage("Dateien vergleichen", "Dateien", len(paths), self._progress)

        def identify(path: Path) -> str:
            stage.advance()
            return self._identities.of(path)

        try:
            return compare(paths, known, identify, claims=self._claims, again=self._rebuild)
        finally:
            self._identities.save()

    @property
    def _workers(self) -> int:
        return min(self._settings.threads or usable_cores(), _MOST_READERS)

    def _prepare(self, one: Compared, cage: Cage) -> _Prepared:
        """Read and split one file; every problem of the file ends in its reading."""
        started = time.perf_counter()
        reading = cage.read(one.path, self._scan_progress(one.path))
        passages: Sequence[Passage] = ()
        if reading.verdict is Verdict.OK and reading.document is not None:
            source = stated(reading.document.source, self._claims.get(one.origin))
            document = replace(reading.document, source=source)
            passages = split(document, self._embedder.count_tokens, self._settings.passage_tokens)
            reading = replace(reading, document=document)
        return _Prepared(reading, passages, time.perf_counter() - started)

    def _scan_progress(self, path: Path) -> OnPage:
        """Tell the pages of a long scan one by one: each takes seconds."""
        name = f"Texterkennung in {storable_name(path)}"
        stage = Stage(name, "Seiten", 0, self._progress, one="Seite")

        def reach(done: int, pages: int) -> None:
            if pages >= _LONG_SCAN:
                stage.reach(done, pages)

        return reach

    def _put(self, one: Compared, prepared: _Prepared, holdings: Holdings) -> IngestReport:
        reading = prepared.reading
        before = holdings.get(one.origin)
        if reading.verdict is not Verdict.OK or reading.document is None:
            self._unreadable.remember(one.origin, one.identity, reading)
            return _left_out(reading, is_known=before is not None)
        self._unreadable.forget(one.origin)
        indexed = _indexed(reading.document, one.origin, len(prepared.passages))
        holdings.put(indexed, prepared.passages, original=one.path)
        report = _report(indexed, "replaced" if before else "added", prepared.seconds)
        return replace(report, message=reading.message, advice=reading.advice)

    def _kept(self, one: Compared, cage: Cage, holdings: Holdings) -> IngestReport:
        """Report a file that does not have to be read, because its content is there already."""
        mine, holder = holdings.get(one.origin), holdings.with_content(one.identity)
        if one.standing is Standing.CLOSED:
            reading = failed(one.path, damaged(one.path.name, one.problem))
            return _left_out(reading, is_known=mine is not None)
        if holder is None:  # the file of the same content turned out to be unreadable
            return self._put(one, self._prepare(one, cage), holdings)
        if mine == holder:
            return _report(holder, "unchanged")
        return self._copied(one, holder, cage, holdings)

    def _copied(
        self, one: Compared, holder: IndexedDocument, cage: Cage, holdings: Holdings
    ) -> IngestReport:
        """Report a file whose content another file brought in; of two audiences the closer counts.

        Otherwise a copy that is meant for few would stay open to many, and nobody would notice.
        """
        now, wanted = (
            audiences_of(holder.source, origin, self._settings.audiences)
            for origin in (holder.origin, one.origin)
        )
        if now < wanted:
            return replace(self._put(one, self._prepare(one, cage), holdings), message=CLOSED)
        same = f"Derselbe Inhalt wie `{holder.name}`."
        report = replace(_report(holder, "unchanged"), name=one.path.name, message=same)
        if now != wanted:
            report = replace(report, message=ELSEWHERE, advice=ELSEWHERE_ADVICE)
        if holdings.get(one.origin) is None:
            return report
        holdings.remove(one.origin)  # it has become a copy of another file
        return replace(report, status="replaced")


def has_library(data: Path) -> bool:
    """Tell whether the live index holds starter documents, which then follow every update."""
    return any(
        Path(document.origin).parent == library_folder() for document in live_documents(data)
    )


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


def _report(document: IndexedDocument, status: IngestStatus, seconds: float = 0) -> IngestReport:
    return IngestReport(document.name, status, document.pages, document.passages, round(seconds, 3))

"""A damaged index, built anew from the kept originals; vectors come out of the cache."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import Verdict
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.generation import discard_index
from corpus.inventory import read_inventory
from corpus.lock import write_lock
from corpus.originals import original
from corpus.progress import ShowProgress, Stage, show_nothing
from corpus.records import IndexedDocument
from corpus.server import server_of
from corpus.settings import Settings
from corpus.writer import IndexWriter
from ingest.cage import Cage
from ingest.splitter import split


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of one document; `reason` is German and empty where it is back."""

    document: IndexedDocument
    reason: str = ""


def rebuild_index(
    settings: Settings, embedder: Embedder, progress: ShowProgress = show_nothing
) -> Iterator[Recovered]:
    """Build the index anew and yield what becomes of each document.

    The damaged files go first, so that this can be repeated after an interruption; the list of
    documents stays until the new index is live. Raises `UserFacingError`, with nothing touched,
    where there is no such list, as beside an index of an older version.
    """
    documents = read_inventory(settings.data)
    if not documents:
        raise UserFacingError(
            f"Der Index unter `{settings.data}` lässt sich nicht neu aufbauen: "
            "Die Liste seiner Dokumente fehlt oder ist leer. Es wurde nichts verändert.",
            hint="Ordner `index` darin beiseitelegen und die Dokumente neu einlesen.",
        )
    with write_lock(settings.data):
        discard_index(settings.data)
    stage = Stage("Index neu aufbauen", "Dokumente", len(documents), progress)
    with (
        IndexWriter.open(
            settings.data,
            embedder=embedder,
            passage_tokens=settings.passage_tokens,
            server=server_of(settings),
        ) as writer,
        Cage(ocr=settings.ocr) as cage,
    ):
        for document in documents:
            yield Recovered(document, _take_in(document, writer, cage, settings, embedder))
            stage.advance()
        writer.commit()


def _take_in(
    document: IndexedDocument,
    writer: IndexWriter,
    cage: Cage,
    settings: Settings,
    embedder: Embedder,
) -> str:
    """Read a document again as it was; return why not."""
    path = original(settings.data, document.id) or Path(document.origin)
    if not path.is_file():
        return "Weder eine Kopie noch die Datei selbst ist noch da."
    reading = cage.read(path)
    if reading.verdict is not Verdict.OK or reading.document is None:
        return f"{reading.verdict}. {reading.message}"
    read = replace(
        reading.document, name=document.name, title=document.title, source=document.source
    )
    passages = split(read, embedder.count_tokens, settings.passage_tokens)
    again = replace(
        document,
        id=read.id,
        passages=len(passages),
        pages=len(read.pages),
        health=read.health,
    )
    writer.put(again, passages, original=path)
    return ""

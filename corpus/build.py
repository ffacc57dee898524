"""Passages to a new generation of the index, built beside the live one and then switched to."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.calibration import background
from corpus.documents import Passage
from corpus.embedder import Embedder
from corpus.errors import UserFacingError
from corpus.index import IndexedDocument, chroma_folder, write_documents
from corpus.learned import write_learned
from corpus.lexical import LexicalIndex
from corpus.manifest import Manifest, generation_folder, index_folder, read_manifest, switch_to
from corpus.store import PassageStore, collections, drop

BATCH = 256  # passages embedded between two progress reports
Progress = Callable[[int, int], None]


class IndexLocked(UserFacingError):
    """Another process writes to this index."""


@contextmanager
def write_lock(data: Path) -> Iterator[None]:
    """Hold the one writer's lock of a data directory."""
    folder = index_folder(data)
    lock = FileLock(folder / "write.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise IndexLocked(
            f"In `{data}` liest gerade ein anderer Vorgang Dokumente ein.",
            hint="Warten, bis er fertig ist, dann den Befehl wiederholen.",
        ) from error
    except OSError as error:
        raise UserFacingError(
            f"In den Ordner `{data}` kann nicht geschrieben werden ({error.strerror}).",
            hint="Schreibrechte und freien Platz prüfen oder mit `--data` einen anderen wählen.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def build_generation(
    data: Path,
    documents: Sequence[IndexedDocument],
    passages: Sequence[Passage],
    *,
    embedder: Embedder,
    passage_tokens: int,
    progress: Progress = lambda done, total: None,
) -> Manifest:
    """Build and switch to a new generation; needs the write lock. Returns its manifest."""
    live = read_manifest(data)
    _clean_up(data, keep={live.generation} if live else set())
    manifest = Manifest.now(
        generation=live.generation + 1 if live else 1,
        embedder=embedder.name,
        dimension=embedder.dimension,
        passage_tokens=passage_tokens,
        documents=len(documents),
        passages=len(passages),
    )
    folder = generation_folder(data, manifest.generation)
    folder.mkdir(parents=True)
    write_documents(folder, documents)
    store = PassageStore.create(chroma_folder(data), manifest.collection)
    _write_vectors(folder, store, passages, embedder, progress)
    LexicalIndex.build(searchable_text(passage) for passage in passages).save(folder / "lexical")
    write_learned(folder, [passage.text for passage in passages])
    ids = [passage.id for passage in passages]
    (folder / "ids.json").write_text(json.dumps(ids), "utf-8")
    switch_to(data, manifest)
    return manifest


def searchable_text(passage: Passage) -> str:
    """Return what the lexical index sees: the words of title and headings help there."""
    return "\n".join((passage.title, *passage.heading_path, passage.text))


def _write_vectors(
    folder: Path,
    store: PassageStore,
    passages: Sequence[Passage],
    embedder: Embedder,
    progress: Progress,
) -> None:
    units = []
    starts = [0]
    for start in range(0, len(passages), BATCH):
        part = passages[start : start + BATCH]
        store.add(part, embedder.encode_document([passage.text for passage in part]))
        texts = [passage.text[a:b] for passage in part for a, b in passage.sentences]
        units.append(embedder.encode_document(texts).astype(np.float16))
        for passage in part:
            starts.append(starts[-1] + len(passage.sentences))
        progress(start + len(part), len(passages))
    empty = np.zeros((0, embedder.dimension), np.float16)
    vectors = np.concatenate([empty, *units])
    np.save(folder / "units.npy", vectors)
    (folder / "background").write_text(str(background(vectors, embedder)))
    np.save(folder / "unit_starts.npy", np.array(starts))


def _clean_up(data: Path, keep: set[int]) -> None:
    """Remove every generation but those to keep: older ones and what a crash left half built."""
    kept = {f"gen-{generation:06d}" for generation in keep}
    for folder in index_folder(data).glob("gen-*"):
        if folder.name not in kept:
            shutil.rmtree(folder)
    for name in collections(chroma_folder(data)):
        if name not in kept:
            drop(chroma_folder(data), name)

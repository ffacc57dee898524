"""One generation of the index, opened for reading: passages, vectors, terms and documents."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import content_stems
from corpus.documents import Health, Passage, Source
from corpus.embedder import Embedder, Vectors
from corpus.learned import Learned, read_learned
from corpus.lexical import LexicalIndex
from corpus.manifest import (
    IndexMismatch,
    Manifest,
    generation_folder,
    index_folder,
    read_manifest,
    require_manifest,
)
from corpus.store import MissingCollection, PassageStore, source_from_json, source_to_json

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index knows it. `origin` is the path it was read from."""

    id: str
    origin: str
    name: str
    title: str
    language: str
    pages: int
    passages: int
    source: Source
    health: Health = field(default_factory=Health)


class Index:
    """A pinned generation; rows count passages from 0 in the order they were added.

    `background` is how near an everyday question comes to the nearest unit of this corpus.
    """

    def __init__(self, data: Path, manifest: Manifest) -> None:
        folder = generation_folder(data, manifest.generation)
        self.manifest = manifest
        self.documents = read_documents(folder)
        self.lexical = LexicalIndex.load(folder / "lexical")
        self.learned = read_learned(folder)
        self._store = PassageStore(chroma_folder(data), manifest.collection)
        self._ids: list[str] = json.loads((folder / "ids.json").read_text("utf-8"))
        self._row = {passage_id: row for row, passage_id in enumerate(self._ids)}
        self._unit_vectors = np.load(folder / "units.npy", mmap_mode="r")
        self.background = float((folder / "background").read_text())
        starts = np.load(folder / "unit_starts.npy")
        self._unit_spans = np.column_stack([starts[:-1], starts[1:]])
        self._readable: frozenset[str] | None = None  # ids of documents; None: all

    @classmethod
    def open(cls, data: Path, embedder: Embedder) -> "Index":
        """Open the live generation; refuse one that another model built."""
        manifest = require_manifest(data)
        check_embedder(manifest, embedder)
        return cls.pinned(data, manifest)

    @classmethod
    def pinned(cls, data: Path, manifest: Manifest) -> "Index":
        """Open one generation, whatever built it; a damaged one is an error with a way out."""
        try:
            return cls(data, manifest)
        except (OSError, ValueError, KeyError, TypeError, MissingCollection) as error:
            raise IndexMismatch(
                f"Der Index unter `{data}` ist beschädigt.",
                hint="Den Ordner `index` darin löschen und die Dokumente neu einlesen.",
            ) from error

    def __len__(self) -> int:
        return len(self._ids)

    def nearest(
        self, vector: Vectors, k: int, *, within: AbstractSet[str] | None = None
    ) -> tuple[Rows, Vectors]:
        """Return the rows of the k nearest passages and their cosines, best first.

        `within` are ids of documents of this index; by default all.
        """
        found = self._store.nearest(vector, k, within=self._readable if within is None else within)
        rows = np.array([self._row[passage_id] for passage_id, _ in found], np.intp)
        return rows, np.array([cosine for _, cosine in found], np.float32)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages of these rows, in this order."""
        return self._store.get([self._ids[row] for row in rows])

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage, or None when it is not in this generation."""
        row = self.row(passage_id)
        return None if row is None else self.passages([row])[0]

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of one document, in its order."""
        prefix = f"{document_id}:"
        return self._store.get([one for one in self._ids if one.startswith(prefix)])

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """Return the passage vectors of these rows; shape (n, dimension)."""
        return self._store.vectors([self._ids[row] for row in rows])

    def unit_vectors(self, row: int) -> Vectors:
        """Return the vectors of a passage's sentences; shape (len(sentences), dimension)."""
        start, end = self._unit_spans[row]
        return np.asarray(self._unit_vectors[start:end], np.float32)

    def long_form_stems(self, short: str) -> frozenset[str]:
        """Return the rarest stem of the long form of an abbreviation, which is folded."""
        stems = content_stems(self.learned.short_forms.get(short, ""))
        return frozenset({max(stems, key=self.lexical.idf)} if stems else ())

    def rows_of(self, documents: AbstractSet[str]) -> Rows:
        """Return the rows of the passages of these documents, in order."""
        of = (passage_id.partition(":")[0] in documents for passage_id in self._ids)
        return np.flatnonzero(np.fromiter(of, bool, len(self._ids)))

    def part(
        self, rows: Rows, *, lexical: LexicalIndex, learned: Learned, background: float
    ) -> "Index":
        """Return an index of whole documents of this one; its rows count from 0 again."""
        one = copy(self)
        one._ids = [self._ids[row] for row in rows]
        one._row = {passage_id: row for row, passage_id in enumerate(one._ids)}
        one._unit_spans = self._unit_spans[rows]
        one._readable = frozenset(passage_id.partition(":")[0] for passage_id in one._ids)
        one.documents = tuple(each for each in self.documents if each.id in one._readable)
        one.manifest = replace(self.manifest, documents=len(one.documents), passages=len(one._ids))
        one.lexical, one.learned, one.background = lexical, learned, background
        return one

    def row(self, passage_id: str) -> int | None:
        """Return the row of a passage, or None when it is not in this generation."""
        return self._row.get(passage_id)


def chroma_folder(data: Path) -> Path:
    """Where Chroma keeps its files under the data directory."""
    return index_folder(data) / "chroma"


def check_embedder(manifest: Manifest, embedder: Embedder) -> None:
    """Refuse to mix vectors of two models."""
    if manifest.embedder != embedder.name:
        raise IndexMismatch(
            f"Der Index wurde mit dem Modell `{manifest.embedder}` gebaut, "
            f"eingestellt ist `{embedder.name}`.",
            hint="Mit `bildungslotse ingest --rebuild` alle Passagen neu einbetten.",
        )


def read_documents(folder: Path) -> tuple[IndexedDocument, ...]:
    """Read the list of documents of one generation."""
    lines = (folder / "documents.jsonl").read_text("utf-8").split("\n")
    return tuple(_document_from_json(json.loads(line)) for line in lines if line)


def live_documents(data: Path) -> tuple[IndexedDocument, ...]:
    """Return the documents of the live generation; none where nothing has been ingested yet."""
    manifest = read_manifest(data)
    return read_documents(generation_folder(data, manifest.generation)) if manifest else ()


def write_documents(folder: Path, documents: Iterable[IndexedDocument]) -> None:
    """Write the list of documents of one generation."""
    rows = [
        {**asdict(document), "source": source_to_json(document.source)} for document in documents
    ]
    text = "".join(json.dumps(row, default=date.isoformat) + "\n" for row in rows)
    (folder / "documents.jsonl").write_text(text, "utf-8")


def _document_from_json(row: dict[str, Any]) -> IndexedDocument:
    health = row.get("health", {})  # older indexes have none
    health = {
        key: tuple(value) if isinstance(value, list) else value for key, value in health.items()
    }
    health["dates"] = tuple(date.fromisoformat(day) for day in health.get("dates", ()))
    return IndexedDocument(
        **{**row, "source": source_from_json(row["source"]), "health": Health(**health)}
    )

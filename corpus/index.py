"""One generation of the index, opened for reading: passages, vectors, terms and documents."""

import logging
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from corpus.analysis import content_stems
from corpus.calibration import background
from corpus.documents import Passage
from corpus.embedder import Embedder, Vectors
from corpus.errors import Unavailable
from corpus.generation import Part, parts_of
from corpus.learned import together
from corpus.lexical import LexicalIndex
from corpus.manifest import (
    IndexMismatch,
    Manifest,
    index_folder,
    read_manifest,
    require_manifest,
)
from corpus.postings import Rows
from corpus.records import IndexedDocument
from corpus.segment import rows_of
from corpus.server import Server
from corpus.store import StoreError, VectorStore, connect, server_store
from corpus.tombstones import removed_on

SCANNED = 8_192  # vectors compared at once
logger = logging.getLogger(__name__)


class Index:
    """A pinned generation; rows count passages from 0 in the order they were added.

    `background` is how near an everyday question comes to the nearest unit of this corpus.
    """

    def __init__(self, data: Path, manifest: Manifest, server: Server | None = None) -> None:
        self.manifest = manifest
        self._data = data
        self._server = server
        self._store: VectorStore | None = None
        self._surplus = 0  # vectors in the store that belong to other generations
        self._arrange(parts_of(data, manifest), is_whole=True)

    @classmethod
    def open(cls, data: Path, embedder: Embedder, server: Server | None = None) -> "Index":
        """Open the live generation; refuse one whose vectors are not today's.

        With a `server` the vectors lie there; all else is a copy under `data`.
        """
        manifest = require_manifest(data)
        check_embedder(manifest, embedder)
        if manifest.is_outdated:
            raise IndexMismatch(
                f"Der Index unter `{data}` stammt von einer früheren Version, die anders "
                "einbettete.",
                hint="Mit `bildungslotse verify --repair` alle Passagen neu einbetten; auch das "
                "nächste `ingest` tut es.",
            )
        return cls(data, manifest, server)

    def restricted_to(self, documents: AbstractSet[str]) -> "Index":
        """Return an index of the documents with these ids; its rows count from 0 again.

        Not a filter over hits: word weights, abbreviations and the background are those of the
        chosen documents alone, as if no others had ever been taken in. Costs no embedding.
        """
        parts = [
            replace(
                part, entries=tuple(one for one in part.entries if one.document.id in documents)
            )
            for part in self._parts
        ]
        one = copy(self)
        one._arrange(parts, is_whole=False)
        one.manifest = replace(self.manifest, documents=len(one.documents), passages=len(one))
        return one

    def _arrange(self, parts: Sequence[Part], *, is_whole: bool) -> None:
        self._parts = [part for part in parts if part.entries]
        self._is_whole = is_whole
        self._local = [rows_of(part.entries) for part in self._parts]
        self._first = np.cumsum([0, *(len(rows) for rows in self._local)])
        entries = [entry for part in self._parts for entry in part.entries]
        self._starts = np.cumsum([0, *(entry.end - entry.start for entry in entries)])
        ends = self._starts.tolist()
        self._of_version = {
            one.version: start for one, start in zip(entries, ends[:-1], strict=True)
        }
        self._of_document = {
            one.document.id: range(start, end)
            for one, start, end in zip(entries, ends[:-1], ends[1:], strict=True)
        }
        self.documents = tuple(one.document for one in entries)
        self.lexical = LexicalIndex(
            [
                (part.segment.postings, rows)
                for part, rows in zip(self._parts, self._local, strict=True)
            ]
        )
        self.learned = together(one.learned for one in entries)
        self.background = background(one.peaks for one in entries)

    def __len__(self) -> int:
        return int(self._first[-1])

    def nearest(
        self, vector: Vectors, k: int, *, within: AbstractSet[str] | None = None
    ) -> tuple[Rows, Vectors]:
        """Return the rows of the k nearest passages and their cosines, best first.

        `within` are ids of documents of this index; by default all. Chroma finds candidates among
        all; in a part of the index, and where its search leaves one out, all vectors are compared.
        """
        candidates = None if within is None else self.rows_of(within)
        k = min(k, len(self) if candidates is None else len(candidates))
        rows = np.zeros(0, np.intp)
        if k and candidates is None and self._is_whole:
            rows = self._found(vector, k)
        if len(rows) < k:
            rows = self._scanned(vector, k, candidates)
        # Row by row, so that a cosine never depends on what else was found.
        cosines = np.einsum("ij,j->i", self.vectors(rows), vector)
        order = np.lexsort((rows, -cosines))[:k]
        return rows[order], cosines[order]

    def rows_of(self, documents: AbstractSet[str]) -> Rows:
        """Return the rows of the passages of these documents, in order."""
        ranges = [
            np.arange(rows.start, rows.stop)
            for document_id, rows in self._of_document.items()
            if document_id in documents
        ]
        return np.concatenate([np.zeros(0, np.intp), *ranges])

    def places_of(self, rows: Rows) -> Rows:
        """Return for each row the place of its document among `documents`."""
        return np.searchsorted(self._starts, rows, side="right") - 1

    def _found(self, vector: Vectors, k: int) -> Rows:
        """Ask Chroma, which may hold vectors of other generations too."""
        try:
            store = self._store  # another thread may give it up meanwhile
            if store is None:
                store = self._open_store()
                self._surplus = max(0, len(store) - len(self))
                self._store = store
            names = store.nearest(vector, k + min(self._surplus, k))
        except StoreError as error:
            logger.warning("Chroma cannot be asked, all vectors are compared: %s", error)
            return np.zeros(0, np.intp)
        except Unavailable:  # whoever follows the server says so, once
            self._store = None
            return np.zeros(0, np.intp)
        rows = []
        for version, _, number in (name.partition(":") for name in names):
            if (start := self._of_version.get(version)) is not None:
                rows.append(start + int(number))
        return np.array(rows, np.intp)

    def _open_store(self) -> VectorStore:
        if self._server is not None:
            return server_store(self._server, self.manifest.collection)
        return VectorStore(connect(chroma_folder(self._data)), self.manifest.collection)

    def _scanned(self, vector: Vectors, k: int, candidates: Rows | None) -> Rows:
        """Compare all vectors; return the rows of the k best and of those equal to the last."""
        cosines = np.empty(len(self), np.float32)
        for part, rows, first in zip(self._parts, self._local, self._first, strict=False):
            for start in range(0, len(rows), SCANNED):
                some = rows[start : start + SCANNED]
                place = slice(first + start, first + start + len(some))
                cosines[place] = part.segment.vectors[some] @ vector
        if candidates is not None:
            outside = np.ones(len(self), bool)
            outside[candidates] = False
            cosines[outside] = -np.inf
        least = np.partition(cosines, -k)[-k]
        return np.flatnonzero(cosines >= least)

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages of these rows, in this order."""
        return [part.segment.passages([local])[0] for part, local in map(self._place, rows)]

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage, or None when it is not in this generation."""
        row = self.row(passage_id)
        return None if row is None else self.passages([row])[0]

    def document(self, document_id: str) -> IndexedDocument | None:
        """Return one document, or None when it is not in this generation."""
        return next((one for one in self.documents if one.id == document_id), None)

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of one document, in its order."""
        return self.passages(self._of_document.get(document_id, ()))

    def vectors(self, rows: Iterable[int]) -> Vectors:
        """Return the passage vectors of these rows; shape (n, dimension)."""
        found = [part.segment.vectors[local] for part, local in map(self._place, rows)]
        return np.array(found, np.float32).reshape(-1, self.manifest.dimension)

    def unit_vectors(self, row: int) -> Vectors:
        """Return the vectors of a passage's sentences; shape (len(sentences), dimension)."""
        part, local = self._place(row)
        return part.segment.unit_vectors(local)

    def long_form_stems(self, short: str) -> frozenset[str]:
        """Return the rarest stem of the long form of an abbreviation, which is folded."""
        stems = content_stems(self.learned.short_forms.get(short, ""))
        return frozenset({max(stems, key=self.lexical.idf)} if stems else ())

    def row(self, passage_id: str) -> int | None:
        """Return the row of a passage, or None when it is not in this generation."""
        rows = self._of_document.get(passage_id.partition(":")[0], range(0))
        return next((row for row in rows if self.passages([row])[0].id == passage_id), None)

    def tombstone(self, document_id: str) -> date | None:
        """Return the day on which a document was removed, or None where it was not."""
        return removed_on(self._data, document_id)

    def _place(self, row: int) -> tuple[Part, int]:
        number = int(np.searchsorted(self._first, row, side="right")) - 1
        return self._parts[number], int(self._local[number][row - self._first[number]])


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
    if manifest.dimension != embedder.dimension:
        raise IndexMismatch(
            f"Vektoren des Index haben {manifest.dimension} Zahlen, die des Modells "
            f"`{embedder.name}` {embedder.dimension}.",
            hint="Das Modell von damals einsetzen oder mit `bildungslotse ingest --rebuild` alle "
            "Passagen neu einbetten.",
        )


def live_documents(data: Path) -> tuple[IndexedDocument, ...]:
    """Return the documents of the live generation; none where nothing has been ingested yet."""
    manifest = read_manifest(data)
    parts = parts_of(data, manifest) if manifest else ()
    return tuple(entry.document for part in parts for entry in part.entries)

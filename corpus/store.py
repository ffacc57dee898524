"""Passages and their vectors in Chroma, one collection for each generation.

The only file that knows chromadb. Chroma never embeds: vectors are always ours, queries too.
"""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import NotFoundError as MissingCollection

from corpus.documents import Passage, Source
from corpus.embedder import Vectors

__all__ = [
    "MissingCollection",
    "PassageStore",
    "collections",
    "drop",
    "source_from_json",
    "source_to_json",
]

BATCH = 2_000  # below Chroma's limit for one call (5,461)
_DATES = ("as_of", "valid_from", "valid_until")
_LISTS = ("lands", "themes")


@cache
def _client(folder: Path) -> ClientAPI:
    # Chroma keeps one system for each path in a process; a second client would share it anyway.
    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(
        str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )


class PassageStore:
    """One collection: passages by id, nearest passages by vector."""

    def __init__(self, folder: Path, collection: str) -> None:
        self._collection = _client(folder.resolve()).get_collection(
            collection, embedding_function=None
        )

    @classmethod
    def create(cls, folder: Path, collection: str) -> "PassageStore":
        """Make an empty collection; one of the same name left by a crash is replaced."""
        drop(folder, collection)
        _client(folder.resolve()).create_collection(
            collection,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 256}},
        )
        return cls(folder, collection)

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store new passages, row i of `vectors` belonging to passage i."""
        for start in range(0, len(passages), BATCH):
            part = passages[start : start + BATCH]
            self._collection.add(
                ids=[passage.id for passage in part],
                documents=[passage.text for passage in part],
                metadatas=[_metadata(passage) for passage in part],
                embeddings=vectors[start : start + BATCH],
            )

    def get(self, ids: Sequence[str]) -> list[Passage]:
        """Return the passages with these ids, in this order; an unknown id is a KeyError."""
        found: dict[str, Passage] = {}
        for start in range(0, len(ids), BATCH):
            rows = self._collection.get(
                ids=list(ids[start : start + BATCH]), include=["documents", "metadatas"]
            )
            columns = zip(
                rows["ids"], rows["documents"] or (), rows["metadatas"] or (), strict=True
            )
            for passage_id, text, metadata in columns:
                found[passage_id] = _passage(passage_id, text, metadata)
        return [found[passage_id] for passage_id in ids]

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of these ids, in this order."""
        rows = self._collection.get(ids=list(ids), include=["embeddings"])
        position = {passage_id: row for row, passage_id in enumerate(rows["ids"])}
        found = np.asarray(rows["embeddings"], np.float32)
        return found[[position[passage_id] for passage_id in ids]]

    def nearest(
        self, vector: Vectors, k: int, *, within: AbstractSet[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the ids of the k nearest passages with their cosine, best first.

        `within` are the ids of the documents in which to look; by default all.
        """
        count = self._collection.count()
        if not count:
            return []
        rows = self._collection.query(
            query_embeddings=vector[np.newaxis],
            n_results=min(k, count),
            include=["distances"],
            where=None if within is None else _lying_in(within),
        )
        distances = (rows["distances"] or [[]])[0]
        return [
            (passage_id, 1.0 - distance)
            for passage_id, distance in zip(rows["ids"][0], distances, strict=True)
        ]


def _lying_in(documents: Iterable[str]) -> dict[str, Any]:
    return {"document_id": {"$in": [*documents]}}


def drop(folder: Path, collection: str) -> None:
    """Delete a collection if it is there."""
    try:
        _client(folder.resolve()).delete_collection(collection)
    except MissingCollection:
        return


def collections(folder: Path) -> list[str]:
    """Return the names of all collections in `folder`."""
    return [collection.name for collection in _client(folder.resolve()).list_collections()]


def _metadata(passage: Passage) -> dict[str, Any]:
    return {
        "document_id": passage.document_id,
        "document_name": passage.document_name,
        "title": passage.title,
        "page": passage.page,
        "page_label": passage.page_label,
        "heading_path": json.dumps(passage.heading_path, ensure_ascii=False),
        "sentences": json.dumps(passage.sentences),
        "source": source_to_json(passage.source),
        "is_recognised": passage.is_recognised,
    }


def _passage(passage_id: str, text: str, row: Any) -> Passage:  # noqa: ANN401 (Chroma's metadata)
    return Passage(
        id=passage_id,
        document_id=row["document_id"],
        document_name=row["document_name"],
        title=row["title"],
        page=row["page"],
        page_label=row["page_label"],
        heading_path=tuple(json.loads(row["heading_path"])),
        text=text,
        sentences=tuple((start, end) for start, end in json.loads(row["sentences"])),
        source=source_from_json(row["source"]),
        is_recognised=row.get("is_recognised", False),
    )


def source_to_json(source: Source) -> str:
    """Write a source as JSON, dates in ISO form."""
    return json.dumps(asdict(source), ensure_ascii=False, default=date.isoformat)


def source_from_json(text: str) -> Source:
    """Read what `source_to_json` wrote."""
    values = json.loads(text)
    for name in _DATES:
        if values[name] is not None:
            values[name] = date.fromisoformat(values[name])
    for name in _LISTS:
        values[name] = tuple(values.get(name, ()))  # older indexes have none
    return Source(**values)

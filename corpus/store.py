"""The vectors of passages in Chroma, by their names; the only file that knows chromadb.

Chroma holds vectors and nothing else: what they mean lies in the segments, from which a damaged or
lost store is filled again. It never embeds: vectors are always ours, queries too.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError as StoreError
from chromadb.errors import NotFoundError

from corpus.durable import private_folder
from corpus.embedder import Vectors

__all__ = ["StoreError", "VectorStore", "connect", "keep_collections"]

BATCH = 2_000  # below Chroma's limit for one call (5,461)
_opening = threading.Lock()


def connect(folder: Path) -> ClientAPI:
    """Open the files under `folder`.

    Each client gets an engine of its own: one that was opened before another process wrote would
    go on answering from what it had read then.
    """
    private_folder(folder)
    with _opening:
        SharedSystemClient.clear_system_cache()
        return chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )


class VectorStore:
    """One collection: vectors by name, nearest names by vector. Names are never given twice."""

    def __init__(self, client: ClientAPI, name: str) -> None:
        """Open the collection, or make it where there is none."""
        self._collection = client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 256}},
        )

    def __len__(self) -> int:
        return self._collection.count()

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors; a name that is there already keeps the vector it has."""
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            self._collection.add(ids=list(ids[part]), embeddings=np.asarray(vectors[part]))

    def delete(self, ids: Sequence[str]) -> None:
        """Take vectors out; unknown names are passed over."""
        for start in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[start : start + BATCH]))

    def ids(self) -> Iterator[str]:
        """Yield all names."""
        for start in range(0, len(self), BATCH):
            yield from self._collection.get(include=[], limit=BATCH, offset=start)["ids"]

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of these names, in this order; an unknown one is a KeyError."""
        rows = self._collection.get(ids=list(ids), include=["embeddings"])
        place = {name: row for row, name in enumerate(rows["ids"])}
        return np.asarray(rows["embeddings"], np.float32)[[place[name] for name in ids]]

    def nearest(self, vector: Vectors, k: int) -> list[str]:
        """Return the names of the k nearest vectors, or a few less: the search is approximate."""
        if not (count := len(self)):
            return []
        rows = self._collection.query(
            query_embeddings=vector[np.newaxis], n_results=min(k, count), include=[]
        )
        return list(rows["ids"][0])


def keep_collections(client: ClientAPI, names: Iterable[str]) -> None:
    """Delete every collection but these."""
    kept = set(names)
    for collection in client.list_collections():
        if collection.name not in kept:
            try:
                client.delete_collection(collection.name)
            except NotFoundError:
                continue

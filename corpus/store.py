"""The vectors of passages in Chroma, by their names: in files of this machine or on a server.

Embedded, Chroma holds vectors and nothing else: what they mean lies in the segments, from which a
damaged or lost store is filled again. On a server each vector has its record beside it, so that
other machines can make the same segments of it. It never embeds: vectors are always ours.

Chroma is imported where it is opened, for that takes longer than most commands.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import numpy as np

from corpus.durable import private_folder
from corpus.embedder import Vectors
from corpus.server import Server

if TYPE_CHECKING:
    from chromadb.api import ClientAPI as ClientAPI  # `corpus.upkeep` hands it on
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import GetResult, Where
    from chromadb.config import System

BATCH = 2_000  # below Chroma's limit for one call (5,461)
ADDED = 500  # vectors in one call; with more, Chroma holds half as much memory again
RECORDS = 250  # rows with records in one call: some 5 MB, where a server takes 40
OWN = "bildungslotse-"  # how collections on a server begin; others there are not ours
_opening = threading.Lock()
T = TypeVar("T")
Record = Mapping[str, Any]  # of strings and whole numbers


class StoreError(Exception):
    """The engine of the store cannot do what it was asked."""


def load_engine() -> None:
    """Import Chroma, which takes a second of a core; whoever has time can do it beforehand."""
    import chromadb  # noqa: F401


def connect(folder: Path) -> "ClientAPI":
    """Open the files under `folder`, for as long as the client is used; may be a `StoreError`."""
    with _told():
        client, _ = _open(folder)
    return client


@contextmanager
def opened(folder: Path) -> "Iterator[ClientAPI]":
    """Open the files under `folder` and give back the engine, with its graph, in the end."""
    with _told():
        client, engine = _open(folder)
        try:
            yield client
        finally:
            engine.stop()


@contextmanager
def _told() -> Iterator[None]:
    """Raise what the engine raises as a `StoreError`."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise StoreError(str(error)) from error


def _open(folder: Path) -> "tuple[ClientAPI, System]":
    """Open files with an engine of their own.

    One that was opened before another process wrote would go on answering from what it had read
    then. The engine is asked for at once: Chroma's own `close` stops whichever has this folder by
    then, which may be a reader's.
    """
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings as ChromaSettings

    private_folder(folder)
    with _opening:
        SharedSystemClient.clear_system_cache()
        client = chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )
        return client, cast(SharedSystemClient, client)._system


def _at_once(work: Callable[[], T]) -> T:
    with _told():
        return work()


class VectorStore:
    """One collection: vectors by name, nearest names by vector. Names are never given twice."""

    def __init__(
        self,
        client: "ClientAPI",
        name: str,
        run: Callable[[Callable[[], Any]], Any] = _at_once,
    ) -> None:
        """Open the collection, or make it where there is none; `run` carries out every call."""
        self._run = run
        self._collection: Collection = run(
            lambda: client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={
                    "hnsw": {"space": "cosine", "ef_construction": 100, "ef_search": 256}
                },
            )
        )

    def __len__(self) -> int:
        return int(self._run(self._collection.count))

    def add(
        self, ids: Sequence[str], vectors: Vectors, records: Sequence[Record] | None = None
    ) -> None:
        """Store vectors; a name that is there already keeps the vector and record it has."""
        size = RECORDS if records else ADDED
        for start in range(0, len(ids), size):
            part = slice(start, start + size)
            given: dict[str, Any] = {
                "ids": list(ids[part]),
                "embeddings": np.asarray(vectors[part]),
                "metadatas": list(records[part]) if records else None,
            }
            self._run(partial(self._collection.add, **given))

    def change(self, name: str, record: Record) -> None:
        """Set some keys of a record; an unknown name is passed over."""
        self._run(lambda: self._collection.update(ids=[name], metadatas=[record]))

    def delete(self, ids: Sequence[str]) -> None:
        """Take vectors out; unknown names are passed over."""
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            self._run(partial(self._collection.delete, ids=part))

    def ids(self) -> Iterator[str]:
        """Yield all names."""
        for start in range(0, len(self), BATCH):
            yield from self._get(limit=BATCH, offset=start)["ids"]

    def known(self, ids: Sequence[str]) -> set[str]:
        """Return those of the names that are there."""
        parts = (list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))
        return {name for part in parts for name in self._get(ids=part)["ids"]}

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors of these names, in this order; an unknown one is a KeyError."""
        rows = self._get("embeddings", ids=list(ids))
        place = {name: row for row, name in enumerate(rows["ids"])}
        return np.asarray(rows["embeddings"], np.float32)[[place[name] for name in ids]]

    def records(self, ids: Sequence[str]) -> list[Record]:
        """Return the records of these names, in this order; an unknown one is a KeyError."""
        found: dict[str, Record] = {}
        for start in range(0, len(ids), RECORDS):
            rows = self._get("metadatas", ids=list(ids[start : start + RECORDS]))
            found |= _by_name(rows)
        return [found[name] for name in ids]

    def all_records(self) -> dict[str, Record]:
        """Return every record of a small collection by its name."""
        return _by_name(self._get("metadatas"))

    def names_where(self, **values: str) -> list[str]:
        """Return the names in a small collection whose records have these values."""
        return list(self._get(where=dict(values))["ids"])

    def nearest(self, vector: Vectors, k: int) -> list[str]:
        """Return the names of the k nearest vectors, or a few less: the search is approximate."""
        if not (count := len(self)):
            return []
        rows = self._run(
            lambda: self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=min(k, count), include=[]
            )
        )
        return list(rows["ids"][0])

    def _get(
        self,
        *include: Literal["embeddings", "metadatas"],
        ids: list[str] | None = None,
        where: "Where | None" = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> "GetResult":
        found: GetResult = self._run(
            partial(
                self._collection.get,
                ids=ids,
                where=where,
                limit=limit,
                offset=offset,
                include=list(include),
            )
        )
        return found


def _by_name(rows: "GetResult") -> dict[str, Record]:
    return dict(zip(rows["ids"], rows["metadatas"] or (), strict=True))


def server_store(server: Server, name: str, *, is_patient: bool = False) -> VectorStore:
    """Open a collection on a server; `Unavailable` where that does not answer.

    A patient one waits for a server that is being restarted: for changes, which can be repeated.
    """

    def run(work: Callable[[], T]) -> T:
        if is_patient:
            return server.patiently(lambda: server.run(work))
        return server.run(work)

    client = server.patiently(server.client) if is_patient else server.client()
    return VectorStore(client, OWN + name, run)


def keep_collections(client: "ClientAPI", is_kept: Callable[[str], bool]) -> None:
    """Delete every collection of whose name `is_kept` is not true."""
    from chromadb.errors import NotFoundError

    for collection in client.list_collections():
        if not is_kept(collection.name):
            try:
                client.delete_collection(collection.name)
            except NotFoundError:
                continue

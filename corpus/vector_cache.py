"""An embedder in; the same embedder that never embeds the same passage twice out.

The vectors lie in one SQLite file under the data folder, keyed by the hash of model and text. It
is a cache: deleting it costs time and nothing else.
"""

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.cross_encoder import CrossEncoder
from corpus.embedder import Embedder, Vectors
from corpus.errors import UserFacingError

logger = logging.getLogger(__name__)

CACHE_FILE = "vectors.sqlite"
SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
STORED = np.dtype("<f2")  # half the space of float32; measured: no hit changes its rank
KEYS_PER_QUERY = 500
TEXTS_PER_COMMIT = 256  # a kill can cost these, and as many that are being written
PROBE = "Wer darf einen Antrag stellen?"  # its vector tells a model from another of that name
SAME = 0.99  # cosine; precision and hardware move a vector by less
BUSY_SECONDS = 30.0  # another process may be writing


class VectorCache:
    """Wraps an `Embedder` and is one itself; safe for several threads and processes."""

    def __init__(self, embedder: Embedder, data: Path) -> None:
        """Keep the vectors of `embedder` under `data`; nothing is opened before the first use."""
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._path = data / "cache" / CACHE_FILE
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def encode_query(self, texts: list[str]) -> Vectors:
        """Embed questions; they pass through, for they rarely come twice."""
        return self._embedder.encode_query(texts)

    def encode_document(self, texts: list[str]) -> Vectors:
        """Look passages up and embed those that are new, each text once.

        Texts of about one length go together, the longest first: then no core waits for another
        that has the long ones, and a model that pads its batches pads little.
        """
        keys = [self._key(text) for text in texts]
        known = self._read(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        by_length = sorted(missing, key=lambda key: len(missing[key]), reverse=True)
        # Written aside: the encoder need not wait for the disk.
        with ThreadPoolExecutor(1, thread_name_prefix="cache") as aside:
            writing = []
            for part in _parts(by_length, TEXTS_PER_COMMIT):
                vectors = self._embedder.encode_document([missing[key] for key in part])
                blobs = [vector.astype(STORED).tobytes() for vector in vectors]
                writing.append(aside.submit(self._write, part, blobs))
                known.update(zip(part, blobs, strict=True))
        for one in writing:
            one.result()
        return self._vectors([known[key] for key in keys])

    def count_tokens(self, text: str) -> int:
        """Count the tokens the model sees for `text`, its prefix included."""
        return self._embedder.count_tokens(text)

    def log_odds(self, question: str, passage: str) -> float | None:
        """Ask the embedder whether a passage answers a question; None where it cannot tell."""
        embedder = self._embedder
        return embedder.log_odds(question, passage) if isinstance(embedder, CrossEncoder) else None

    def recognise(self) -> None:
        """Raise `UserFacingError` where the model gives other vectors than under this name before.

        For models that this machine cannot look into.
        """
        (known,) = self.encode_document([PROBE])
        (fresh,) = self._embedder.encode_document([PROBE])
        if known @ fresh < SAME:
            raise UserFacingError(
                f"Hinter dem Namen `{self.name}` antwortet ein anderes Modell als bisher.",
                hint=f"Das bisherige Modell einsetzen, oder `{self._path}` löschen und mit "
                "`bildungslotse ingest --rebuild` alle Passagen neu einbetten.",
            )

    def close(self) -> None:
        """Close the file; a later use opens it again."""
        with self._lock:
            self._close()

    def _vectors(self, blobs: list[bytes]) -> Vectors:
        """Unpack; new vectors go the same way, so that a text has one vector, cached or not."""
        stored: NDArray[np.float16] = np.frombuffer(b"".join(blobs), STORED)
        vectors = stored.astype(np.float32).reshape(-1, self.dimension)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _key(self, text: str) -> bytes:
        return _key(self.name, text)

    def _read(self, keys: list[bytes]) -> dict[bytes, bytes]:
        size = STORED.itemsize * self.dimension
        rows: list[tuple[bytes, bytes]] = []
        with self._lock:
            try:
                for part in _parts(list(dict.fromkeys(keys)), KEYS_PER_QUERY):
                    marks = ",".join("?" * len(part))
                    query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"
                    rows += self._open().execute(query, part).fetchall()
            except sqlite3.OperationalError as error:
                logger.warning("%s cannot be read: %s", self._path, error)
            except sqlite3.DatabaseError as error:
                self._discard(error)
        return {key: blob for key, blob in rows if len(blob) == size}

    def _write(self, keys: list[bytes], blobs: list[bytes]) -> None:
        with self._lock:
            try:
                with self._open() as transaction:
                    rows = zip(keys, blobs, strict=True)
                    transaction.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            except sqlite3.OperationalError as error:
                logger.warning("%s cannot be written: %s", self._path, error)
            except sqlite3.DatabaseError as error:
                self._discard(error)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(
                    self._path, timeout=BUSY_SECONDS, check_same_thread=False
                )
            except (OSError, sqlite3.OperationalError) as error:
                raise UserFacingError(
                    f"Der Zwischenspeicher `{self._path}` lässt sich nicht anlegen: {error}.",
                    hint="Schreibrechte und freien Platz prüfen oder mit `--data` einen anderen "
                    "Ordner wählen.",
                ) from error
            self._connection.execute(SCHEMA)
        return self._connection

    def _discard(self, error: sqlite3.DatabaseError) -> None:
        """Delete the damaged file; the next use makes a new one."""
        logger.warning("%s is damaged and made anew: %s", self._path, error)
        self._close()
        for suffix in ("", "-journal"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def forget_all_but(data: Path, model: str, texts: Iterable[str]) -> None:
    """Keep the vectors of these texts alone, and leave no trace of the others in the file."""
    path = data / "cache" / CACHE_FILE
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as cache:
        cache.execute("PRAGMA secure_delete = ON")
        cache.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY) WITHOUT ROWID")
        keys = ((_key(model, text),) for text in chain([PROBE], texts))
        cache.executemany("INSERT OR IGNORE INTO kept VALUES (?)", keys)
        cache.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM kept)")
        cache.execute("VACUUM")


def _key(model: str, text: str) -> bytes:
    # The length keeps any two pairs of name and text apart.
    name, content = model.encode(), text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(b"%d:%b%b" % (len(name), name, content)).digest()


def _parts(keys: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))

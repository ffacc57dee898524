"""Documents and their passages in; a segment out, described while its texts are embedded."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike, NDArray

from corpus.calibration import embed_everyday, peaks
from corpus.documents import Passage
from corpus.embedder import Embedder, Vectors
from corpus.learned import Learned, learn
from corpus.lexical import searchable_text
from corpus.postings import Postings
from corpus.records import IndexedDocument, passage_to_json
from corpus.segment import Entry, Segment, starts_of

_EMBEDDED = 4_096  # texts handed over at once: bounds the memory for a document of any length


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that is to be embedded; `version` is as in `Entry`, `original` its file."""

    version: str
    document: IndexedDocument
    passages: Sequence[Passage]
    original: Path | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What can be said of some documents without their vectors; `learned` has one for each."""

    lines: list[bytes]
    postings: Postings
    learned: list[Learned]


class SegmentBuilder:
    """Makes segments with one embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._everyday: Vectors | None = None

    def build(self, waiting: Sequence[Waiting]) -> Segment:
        """Embed documents and describe them; on more than one core both happen at once."""
        passages = [passage for one in waiting for passage in one.passages]
        units = [text for passage in passages for text in passage.unit_texts]
        unit_starts = starts_of(len(passage.sentences) for passage in passages)
        # The embedding stays on this thread: whoever interrupts it waits for the words alone.
        with ThreadPoolExecutor(1, thread_name_prefix="words") as aside:
            describing = aside.submit(_words, waiting)
            calibrating = aside.submit(self._load_everyday)
            vectors = self._vectors([passage.text for passage in passages], np.float32)
            unit_vectors = self._vectors(units, np.float16)
        words, everyday = describing.result(), calibrating.result()
        return Segment(
            entries=_entries(waiting, words.learned, unit_vectors, unit_starts, everyday),
            lines=np.frombuffer(b"".join(words.lines), np.uint8),
            line_starts=starts_of(map(len, words.lines)),
            vectors=vectors,
            units=unit_vectors,
            unit_starts=unit_starts,
            postings=words.postings,
        )

    def _vectors(self, texts: list[str], kind: DTypeLike) -> NDArray:  # type: ignore[type-arg]
        vectors = np.empty((len(texts), self._embedder.dimension), kind)
        for start in range(0, len(texts), _EMBEDDED):
            some = slice(start, start + _EMBEDDED)
            vectors[some] = self._embedder.encode_document(texts[some])
        return vectors

    def _load_everyday(self) -> Vectors:
        if self._everyday is None:
            self._everyday = embed_everyday(self._embedder)
        return self._everyday


def _entries(
    waiting: Sequence[Waiting],
    learned: Sequence[Learned],
    units: NDArray[np.float16],
    unit_starts: NDArray[np.int64],
    everyday: Vectors,
) -> tuple[Entry, ...]:
    entries = []
    start = 0
    for one, taught in zip(waiting, learned, strict=True):
        end = start + len(one.passages)
        found = peaks(units[unit_starts[start] : unit_starts[end]], everyday)
        entries.append(Entry(one.version, one.document, taught, found, start, end))
        start = end
    return tuple(entries)


def _words(waiting: Sequence[Waiting]) -> _Words:
    passages = [passage for one in waiting for passage in one.passages]
    return _Words(
        lines=[passage_to_json(passage).encode() for passage in passages],
        postings=Postings.of(map(searchable_text, passages)),
        learned=[learn([passage.text for passage in one.passages]) for one in waiting],
    )

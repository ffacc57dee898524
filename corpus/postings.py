"""How often each search term stands in each text of a segment; arrays only, merged as arrays.

Terms are known by a 64-bit hash: two of a million terms share one with a chance of 1 in 10^7.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import terms

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]
_FIELDS = ("keys", "starts", "rows", "counts", "lengths")
_MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class Postings:
    """Term i stands in `rows[starts[i]:starts[i+1]]`, ascending, as often as `counts` says.

    `keys` are the terms' hashes, ascending; `lengths` is the number of terms of each text.
    """

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Postings":
        """Count the terms of texts; row i is text i."""
        counters = [Counter(terms(text)) for text in texts]
        keys = _array(map(term_key, chain.from_iterable(counters)), np.uint64)
        often = _array(chain.from_iterable(one.values() for one in counters), np.int64)
        counts = np.minimum(often, _MOST).astype(np.uint16)
        rows = np.repeat(np.arange(len(counters), dtype=np.int32), [len(one) for one in counters])
        order = np.lexsort((rows, keys))
        distinct, first = np.unique(keys[order], return_index=True)
        starts = np.append(first, len(keys)).astype(np.int64)
        lengths = _array((one.total() for one in counters), np.int32)
        return cls(distinct, starts, rows[order], counts[order], lengths)

    @classmethod
    def merged(cls, parts: Sequence[tuple["Postings", Mask]]) -> "Postings":
        """Return the postings of the kept texts of all parts, one part after the other."""
        kept = [part._only(mask) for part, mask in parts]
        keys: NDArray[np.uint64] = np.unique(np.concatenate([part.keys for part in kept]))
        sizes = np.zeros(len(keys), np.int64)
        places = [np.searchsorted(keys, part.keys) for part in kept]
        for part, place in zip(kept, places, strict=True):
            sizes[place] += np.diff(part.starts)
        starts = np.append(0, np.cumsum(sizes))
        rows, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint16)
        free, offset = starts[:-1].copy(), 0
        for part, place in zip(kept, places, strict=True):
            number = np.diff(part.starts)
            target = np.repeat(free[place] - part.starts[:-1], number) + np.arange(len(part.rows))
            rows[target], counts[target] = part.rows + offset, part.counts
            free[place] += number
            offset += len(part.lengths)
        lengths = np.concatenate([part.lengths for part in kept])
        return cls(keys, starts, rows, counts, lengths)

    @classmethod
    def load(cls, folder: Path) -> "Postings":
        """Open saved postings memory-mapped."""
        arrays = {name: load_array(folder / f"terms-{name}.npy") for name in _FIELDS}
        return cls(**arrays)

    def save(self, folder: Path) -> None:
        """Write one file for each array."""
        for name in _FIELDS:
            np.save(folder / f"terms-{name}.npy", getattr(self, name))

    def find(self, key: int) -> slice:
        """Return where the postings of a term lie; an empty slice for an unknown one."""
        place = int(np.searchsorted(self.keys, np.uint64(key)))
        if place == len(self.keys) or int(self.keys[place]) != key:
            return slice(0, 0)
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def _only(self, mask: Mask) -> "Postings":
        """Return the postings of the texts that `mask` keeps, counted anew from 0."""
        if mask.all():
            return self
        kept = mask[self.rows]
        sums = np.append(0, np.cumsum(kept))[self.starts]
        holds = np.diff(sums) > 0
        row = (np.cumsum(mask) - 1).astype(np.int32)
        return Postings(
            np.asarray(self.keys)[holds],
            np.append(sums[:-1][holds], sums[-1]),
            row[self.rows[kept]],
            self.counts[kept],
            self.lengths[mask],
        )


# numpy reads the head of a file with `ast`, which in Python 3.11 counts its depth for all threads
# together: two at once can end in a SystemError.
_loading = threading.Lock()


@lru_cache(maxsize=100_000)
def term_key(term: str) -> int:
    """Return the hash under which a term is kept."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def load_array(path: Path) -> NDArray:  # type: ignore[type-arg]  # of whatever type was saved
    """Open a saved array memory-mapped; nothing in it is ever unpickled."""
    with _loading:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(array) if not array.size else array


def _array(values: Iterable[int], kind: type[np.generic]) -> NDArray:  # type: ignore[type-arg]
    return np.fromiter(values, kind)

"""The unpacked default model run by ONNX Runtime in 8 bits: the fast path, free of torch."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.bundled_model import (
    CROSS_ENCODER_FILE,
    FAST_NAME,
    GRAPH_FILE,
    MAX_TOKENS,
    PROMPTS,
    TOKENIZER_FILE,
)
from corpus.cores import usable_cores
from corpus.embeddable import embeddable
from corpus.onnx_runtime import Graph

END_OF_TEXT = 2  # the id of </s>
MOST_OF_QUESTION, MOST_OF_BOTH = 60, 192  # tokens that the cross-encoder reads
PART = 4  # texts that a thread takes at once; what the last one takes, the others wait for


class OnnxEmbedder:
    """An `Embedder` that is a `CrossEncoder` as well; safe for many threads.

    Texts over 512 tokens are cut there. Many documents are spread over `threads` cores.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load the model folder; `threads` is for documents, 0 means all cores."""
        self.name = FAST_NAME
        self._threads = threads or usable_cores()
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._encoder = Graph(folder / GRAPH_FILE)
        self.dimension = self._encoder.width
        # An older folder whose wheel is gone has none.
        reading = folder / CROSS_ENCODER_FILE
        self._reading = reading if reading.is_file() else None
        self._cross_encoder: Graph | None = None
        self._lock = threading.Lock()

    def encode_query(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed questions one after the other on the calling thread."""
        return self._encode(PROMPTS["query"], texts)

    def encode_document(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed passages on all the cores that the setting allows."""
        parts = [texts[start : start + PART] for start in range(0, len(texts), PART)]
        workers = min(self._threads, len(parts))
        encode = partial(self._encode, PROMPTS["document"])
        if workers < 2:
            return encode(texts)
        with ThreadPoolExecutor(workers, thread_name_prefix="embed") as pool:
            return np.concatenate(list(pool.map(encode, parts)))

    def count_tokens(self, text: str) -> int:
        """Count the tokens of `text` as a passage, prefix included, before anything is cut."""
        return len(_token_ids(self._tokenizer, PROMPTS["document"] + text))

    def log_odds(self, question: str, passage: str) -> float | None:
        """Read both in one run; see `CrossEncoder`."""
        if self._reading is None:
            return None
        with self._lock:  # the first in doubt loads the graph, and only once
            if self._cross_encoder is None:
                self._cross_encoder = Graph(self._reading)
        return float(self._cross_encoder.run(joined(self._tokenizer, question, passage))[0])

    def _encode(self, prompt: str, texts: list[str]) -> NDArray[np.float32]:
        rows = [_token_ids(self._tokenizer, prompt + embeddable(text)) for text in texts]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for vector, ids in zip(vectors, rows, strict=True):
            vector[:] = self._encoder.run(_cut(ids, MAX_TOKENS))
        return vectors


def joined(tokenizer: Tokenizer, question: str, passage: str) -> list[int]:
    """Return the token ids of both as the cross-encoder reads them, cut at 192."""
    asked = _token_ids(tokenizer, PROMPTS["query"] + embeddable(question))[:MOST_OF_QUESTION]
    read = _token_ids(tokenizer, PROMPTS["document"] + embeddable(passage))[1:]
    return _cut(asked + read, MOST_OF_BOTH)


def _token_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    ids: list[int] = tokenizer.encode(text).ids
    return ids


def _cut(ids: list[int], most: int) -> list[int]:
    return ids if len(ids) <= most else [*ids[: most - 1], END_OF_TEXT]

"""The unpacked default model run by ONNX Runtime in 8 bits: the fast path, free of torch."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (  # type: ignore[import-untyped]
    Fail,
    InvalidGraph,
)
from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as NotInThisBuild
from tokenizers import Tokenizer

from corpus.bundled_model import FAST_NAME, GRAPH_FILE, MAX_TOKENS, PROMPTS, TOKENIZER_FILE
from corpus.cores import usable_cores
from corpus.embeddable import embeddable

END_OF_TEXT = 2  # the id of </s>
LOG_ERRORS_ONLY = 3
PART = 4  # texts that a thread takes at once; what the last one takes, the others wait for


class UnusableRuntime(ImportError):
    """ONNX Runtime is installed, but this build or this processor cannot run the graph."""


class OnnxEmbedder:
    """One text per run, so that a vector depends on its text alone; safe for many threads.

    Texts over 512 tokens are cut there. Many documents are spread over `threads` cores, a run
    itself never uses more than one: nothing spins, and a question does not wait for a batch.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Load the model folder; `threads` is for documents, 0 means all cores."""
        self.name = FAST_NAME
        self._threads = threads or usable_cores()
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._session = _load_graph(folder / GRAPH_FILE)
        self.dimension: int = self._session.get_outputs()[0].shape[1]

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
        return len(self._token_ids(PROMPTS["document"] + text))

    def _encode(self, prompt: str, texts: list[str]) -> NDArray[np.float32]:
        rows = [self._token_ids(prompt + embeddable(text)) for text in texts]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for vector, ids in zip(vectors, rows, strict=True):
            if len(ids) > MAX_TOKENS:
                ids = [*ids[: MAX_TOKENS - 1], END_OF_TEXT]
            vector[:] = self._session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
        return vectors

    def _token_ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids


def _load_graph(path: Path) -> onnxruntime.InferenceSession:
    try:
        return onnxruntime.InferenceSession(path, _options(), providers=["CPUExecutionProvider"])
    except (Fail, InvalidGraph, NotInThisBuild) as error:
        raise UnusableRuntime(str(error)) from error


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The higher levels would fuse the norms into an operator that is ten times slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = LOG_ERRORS_ONLY
    return options

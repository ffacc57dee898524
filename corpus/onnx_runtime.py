"""A graph of the unpacked model and its tokenizer, run by ONNX Runtime on the calling thread."""

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (  # type: ignore[import-untyped]
    Fail,
    InvalidGraph,
)
from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as NotInThisBuild

LOG_ERRORS_ONLY = 3


class UnusableRuntime(ImportError):
    """ONNX Runtime is installed, but this build or this processor cannot run the graph."""


class Graph:
    """One text per run, so that a result depends on its text alone; safe for many threads.

    A run never uses more than one core: nothing spins, and a question does not wait for a batch.
    """

    def __init__(self, path: Path) -> None:
        """Load the graph; `UnusableRuntime` where this machine cannot run it."""
        try:
            self._session = onnxruntime.InferenceSession(
                path, _options(), providers=["CPUExecutionProvider"]
            )
        except (Fail, InvalidGraph, NotInThisBuild) as error:
            raise UnusableRuntime(str(error)) from error
        self.width: int = self._session.get_outputs()[0].shape[1]

    def run(self, ids: list[int]) -> NDArray[np.float32]:
        """Return the output for one text, given as token ids; shape (width,)."""
        output: NDArray[np.float32] = self._session.run(
            None, {"input_ids": np.array([ids], np.int64)}
        )[0][0]
        return output


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The higher levels would fuse the norms into an operator that is ten times slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = LOG_ERRORS_ONLY
    return options

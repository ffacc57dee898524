"""An embedder without a model: words hashed into numbers, deterministic and lexically sensible."""

from zlib import crc32

import numpy as np

from corpus.analysis import content_stems

DIMENSION = 256
COMMON = 0.7  # cosine of texts that share no word, about as high as with e5


class HashingEmbedder:
    """Implements `corpus.embedder.Embedder` and notes the texts it was asked to embed."""

    dimension = DIMENSION

    def __init__(self, name="hashing/256"):
        self.name = name
        self.documents = []
        self.queries = []

    def encode_query(self, texts):
        self.queries += texts
        return self._vectors(texts)

    def encode_document(self, texts):
        self.documents += texts
        return self._vectors(texts)

    def count_tokens(self, text):
        return len(text.split())

    def _vectors(self, texts):
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, DIMENSION)

    def _vector(self, text):
        vector = np.zeros(DIMENSION)
        for stem in content_stems(text):
            vector[1 + crc32(stem.encode()) % (DIMENSION - 1)] += 1
        length = np.linalg.norm(vector)
        if not length:
            vector[0] = 1
            return vector
        vector *= np.sqrt(1 - COMMON) / length
        vector[0] = np.sqrt(COMMON)
        return vector

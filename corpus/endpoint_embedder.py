"""An embedding model on another machine, by any server that speaks OpenAI's `/v1/embeddings`."""

import math

import httpx
import numpy as np
import openai

from corpus.embeddable import embeddable
from corpus.embedder import Vectors
from corpus.errors import Unavailable
from corpus.remote import client_for, secret_of
from corpus.settings import Settings
from corpus.vector_cache import PROBE

BATCH = 64  # texts in one request
RETRIES = 3  # after a failure that may pass, with growing pauses between them
CONNECT_SECONDS = 10
CHARACTERS = 3  # of a token: the tokenizer lies on the other machine, so lengths are estimated


class EndpointEmbedder:
    """Implements `corpus.embedder.Embedder`; safe for many threads.

    The name holds model and prefixes, for both decide what a vector means. Which weights a server
    has loaded under that name it does not tell; see `VectorCache.recognise`.
    """

    def __init__(self, settings: Settings) -> None:
        """Ask for one vector, to learn the dimension and to fail early."""
        self._settings = settings
        self._client = openai.OpenAI(
            base_url=settings.embedding_url,
            api_key=secret_of(
                settings.embedding_key, settings.embedding_key_file, setting="embedding_key"
            )
            or "none",  # a server without a key ignores it
            max_retries=RETRIES,
            http_client=client_for(
                settings.embedding_url,
                seconds=settings.embedding_seconds,
                connect=CONNECT_SECONDS,
            ),
        )
        prefixes = (settings.embedding_query_prefix, settings.embedding_passage_prefix)
        self.name = f"{settings.embedding_model}/endpoint{prefixes if any(prefixes) else ''}"
        self.dimension = 0
        self.dimension = self._request([prefixes[1] + PROBE]).shape[1]

    def encode_query(self, texts: list[str]) -> Vectors:
        """Embed questions with their prefix."""
        return self._encode(self._settings.embedding_query_prefix, texts)

    def encode_document(self, texts: list[str]) -> Vectors:
        """Embed passages with their prefix, `BATCH` in one request."""
        return self._encode(self._settings.embedding_passage_prefix, texts)

    def count_tokens(self, text: str) -> int:
        """Estimate the tokens of a passage, its prefix included."""
        return math.ceil(len(self._settings.embedding_passage_prefix + text) / CHARACTERS)

    def _encode(self, prefix: str, texts: list[str]) -> Vectors:
        given = [prefix + embeddable(text) for text in texts]
        parts = [given[start : start + BATCH] for start in range(0, len(given), BATCH)]
        empty = np.zeros((0, self.dimension), np.float32)
        return np.concatenate([empty, *map(self._request, parts)])

    def _request(self, texts: list[str]) -> Vectors:
        """Return the unit vectors of some texts; `Unavailable` for any failure."""
        try:
            answer = self._client.embeddings.create(
                model=self._settings.embedding_model, input=texts, encoding_format="float"
            )
            rows = sorted(answer.data, key=lambda row: row.index)
            vectors = np.array([row.embedding for row in rows], np.float32)
        except (openai.OpenAIError, httpx.HTTPError) as error:
            raise self._failure(error) from None
        except (TypeError, ValueError, AttributeError):  # a foreign server may send anything
            raise self._broken() from None
        if not self._is_sound(vectors, len(texts)):
            raise self._broken()
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _is_sound(self, vectors: Vectors, count: int) -> bool:
        if vectors.ndim != 2 or len(vectors) != count or not vectors.size:
            return False
        is_as_long = self.dimension in (0, vectors.shape[1])
        return is_as_long and bool(np.isfinite(vectors).all() and vectors.any(axis=1).all())

    def _failure(self, error: Exception) -> Unavailable:
        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return self._unavailable(
                    f"verweigert den Zugang ({error.status_code})",
                    "Den Schlüssel prüfen (`embedding_key`).",
                )
            case openai.NotFoundError():
                return self._unavailable(
                    "kennt die Adresse oder das Modell nicht (404)",
                    "`embedding_model` prüfen; `embedding_url` endet meist auf /v1.",
                )
            case openai.APIStatusError():
                return self._unavailable(
                    f"meldet einen Fehler ({error.status_code})",
                    "Die Meldungen des Servers ansehen, dann den Vorgang wiederholen.",
                )
            case openai.APITimeoutError():
                return self._unavailable(
                    f"hat in {self._settings.embedding_seconds:g} Sekunden nicht geantwortet",
                    "Später wiederholen oder `embedding_seconds` erhöhen.",
                )
            case openai.APIConnectionError():
                return self._unavailable(
                    "ist nicht erreichbar",
                    "Läuft der Server, und stimmt `embedding_url`? Berechnetes bleibt.",
                )
        return self._broken()

    def _broken(self) -> Unavailable:
        return self._unavailable(
            "hat etwas Unverständliches gesendet",
            "Ist `embedding_url` ein OpenAI-kompatibler Endpunkt für dieses Modell?",
        )

    def _unavailable(self, what: str, hint: str) -> Unavailable:
        model, url = self._settings.embedding_model, self._settings.embedding_url
        return Unavailable(
            f"Der Server für das Embedding-Modell `{model}` unter {url} {what}.", hint=hint
        )

"""A Chroma server: how it is reached, what is said when it cannot be, when it is tried again.

Its libraries are imported where they are used: most data directories have no server.
"""

import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import Unavailable, UserFacingError
from corpus.remote import secret_of
from corpus.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

FIRST_PAUSE = 0.25  # seconds until a server that failed is asked again; doubled each time
LONGEST_PAUSE = 4.0
PATIENCE = 20.0  # seconds that a change waits for a server that is being restarted
_NOTHING_LOST = "Nichts ist verloren; denselben Vorgang wiederholen, wenn er wieder antwortet."
T = TypeVar("T")


class Server:
    """One server with one client, made when it is first needed; safe for many threads.

    After a failure the server is left alone for a while: whoever asks in that time gets the same
    error at once, so that a question does not wait for a server that is not there.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        ca: Path | None = None,
        seconds: float = 10.0,
        longest_silence: float = 900.0,
    ) -> None:
        """Wait `seconds` for each answer; `longest_silence` is as in `corpus.contact`."""
        self.url = url
        self.longest_silence = longest_silence
        self._headers = headers or {}
        self._ca = ca
        self._seconds = seconds
        self._lock = threading.Lock()
        self._client: ClientAPI | None = None
        self._problem: Unavailable | None = None
        self._pause = FIRST_PAUSE
        self._not_before = 0.0

    def client(self) -> "ClientAPI":
        """Return the client; `Unavailable` where the server does not answer it."""
        return self.run(self._connected)

    def run(self, work: Callable[[], T]) -> T:
        """Do what asks the server; `Unavailable` for whatever goes wrong on the way there."""
        if self._problem and time.monotonic() < self._not_before:
            raise type(self._problem)(self._problem.message, hint=self._problem.hint)
        try:
            result = work()
        except UserFacingError:
            raise
        except Exception as error:
            if not _is_of_servers(error):
                raise
            raise self._failed(error) from error
        self._problem, self._pause = None, FIRST_PAUSE
        return result

    def patiently(self, work: Callable[[], T]) -> T:
        """Do `work`, which can be repeated, and do it again while the server is restarted."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return work()
            except Refused:
                raise
            except Unavailable:
                wait = max(0.0, self._not_before - time.monotonic())
                if time.monotonic() + wait > end:
                    raise
                time.sleep(wait)

    def _connected(self) -> "ClientAPI":
        import chromadb  # noqa: F401 - before the clock of the connection runs

        with self._lock:
            if self._client is None:
                self._client = _within(self._seconds, self._connect)
            return self._client

    def _connect(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        settings = ChromaSettings(anonymized_telemetry=False)
        if self._ca is not None:
            settings.chroma_server_ssl_verify = str(self._ca)
        client = chromadb.HttpClient(self.url, headers=dict(self._headers), settings=settings)
        # There is no setting for it; without a limit a mute server would hold threads for ever.
        client._server._session.timeout = self._seconds  # type: ignore[attr-defined]
        return client

    def _failed(self, error: Exception) -> Unavailable:
        with self._lock:
            self._not_before = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            self._problem = self._told(error)
            return self._problem

    def _told(self, error: Exception) -> Unavailable:
        import httpx
        from chromadb.errors import ChromaError

        chain = list(_chain(error))
        where = f"Der Chroma-Server unter {self.url}"
        status = next(
            (one.response.status_code for one in chain if isinstance(one, httpx.HTTPStatusError)), 0
        )
        if status in (401, 403):
            return Refused(
                f"{where} verweigert den Zugang ({status}).",
                hint="`index_token` und `index_token_header` prüfen.",
            )
        if any("CERTIFICATE_VERIFY_FAILED" in str(one) for one in chain):
            return Refused(
                f"{where} zeigt ein Zertifikat, dem nicht vertraut wird.",
                hint="In `index_ca` das Zertifikat der ausstellenden Stelle nennen.",
            )
        if any(isinstance(one, httpx.TimeoutException) for one in chain):
            message = f"{where} hat in {self._seconds:g} Sekunden nicht geantwortet."
            return Unavailable(message, hint=_NOTHING_LOST)
        if status or isinstance(error, ChromaError):
            message = f"{where} meldet einen Fehler ({status or error})."
            return Unavailable(message, hint=_NOTHING_LOST)
        return Unavailable(
            f"{where} ist nicht erreichbar.",
            hint=f"Läuft er, und stimmt `index_url`? {_NOTHING_LOST}",
        )


class Refused(Unavailable):
    """Trying again does not help before somebody changes a setting."""


def server_of(settings: Settings) -> Server | None:
    """Return the server that the settings name; None where the index lies in files of its own."""
    if not settings.index_url:
        return None
    token = secret_of(settings.index_token, settings.index_token_file, setting="index_token")
    return _server(
        settings.index_url,
        settings.index_token_header,
        token,
        settings.index_ca,
        settings.index_seconds,
        settings.index_silence_seconds,
    )


@cache
def _server(
    url: str, header: str, token: str, ca: Path | None, seconds: float, silence: float
) -> Server:
    """Return the same server for the same settings, so that a process has one client."""
    value = f"Bearer {token}" if header == "Authorization" else token
    headers = {header: value} if token else {}
    return Server(url, headers=headers, ca=ca, seconds=seconds, longest_silence=silence)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Do `work` in a thread and give it up after a while: connecting has no limit of its own."""
    done: list[T] = []
    failed: list[Exception] = []

    def attempt() -> None:
        try:
            done.append(work())
        except Exception as error:  # told in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not done:
        from httpx import ConnectTimeout

        raise ConnectTimeout("no answer")
    return done[0]


def _is_of_servers(error: Exception) -> bool:
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    # chromadb raises a bare exception for every answer that it does not know
    expected = (ChromaError, HTTPError, OSError, ValueError)
    return isinstance(error, expected) or type(error) is Exception


def _chain(error: BaseException | None) -> "list[BaseException]":
    found = []
    while error is not None:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found

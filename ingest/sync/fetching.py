"""Addresses of official pages in; their content out, or in German what was in the way."""

import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

import httpcore

from ingest.sync.addresses import (
    HTTPS,
    Refused,
    Resolve,
    WebAddress,
    checked,
    is_public,
    joined,
    resolve,
)
from ingest.sync.connection import CheckedBackend

_USER_AGENT = b"Bildungslotse (Abgleich amtlicher Quellen)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_FOUND, _NOT_MODIFIED, _GONE = 200, 304, frozenset({404, 410})
_MAX_HEADER = 2_000  # characters
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What fetching one page may take; `seconds` covers all redirects and the whole content."""

    megabytes: int = 20
    seconds: float = 60.0
    seconds_silent: float = 15.0
    seconds_between: float = 1.0  # two requests to the same host


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content of a page as it was sent, and what names its version."""

    content: bytes
    suffix: str  # of a file with it: ".html", ".pdf"
    etag: str = ""
    last_modified: str = ""


class Trouble(Enum):
    """What a problem says about the page: that it is lost, or only that it was not reached."""

    LOST = auto()
    UNREACHED = auto()


class FetchProblem(Exception):
    """A page that could not be fetched; the text is a German sentence."""

    def __init__(self, message: str, trouble: Trouble = Trouble.UNREACHED) -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(slots=True)
class Fetcher:
    """Asks only hosts of the list, each at a polite pace, without cookies and credentials.

    `resolve` and `is_allowed` decide which machine a name means and whether it may be asked.
    """

    hosts: Collection[str]
    limits: FetchLimits = field(default_factory=FetchLimits)
    resolve: Resolve = resolve
    is_allowed: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    port: int = HTTPS
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)  # when each host was asked last
    _silent: set[str] = field(default_factory=set)  # hosts that are not asked again

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched | None:
        """Return the page at an address, or None where it is the version already known.

        A redirect to the same page (`www.`, a slash at the end) is followed. Where the address
        leads elsewhere the page counts as lost. Raises `FetchProblem`.
        """
        known = {b"If-None-Match": etag.encode(), b"If-Modified-Since": last_modified.encode()}
        try:
            return self._follow(url, {key: value for key, value in known.items() if value})
        except Refused as error:
            raise FetchProblem(f"Die Adresse wird nicht abgerufen: {error}.") from error

    def _follow(self, url: str, known: dict[bytes, bytes]) -> Fetched | None:
        address = first = checked(url, self.hosts, port=self.port)
        backend = CheckedBackend(self.resolve, self.is_allowed, self.limits.seconds)
        for _ in range(_MOST_REDIRECTS + 1):
            with self._asking(address, backend, known) as response:
                if response.status not in _REDIRECTS:
                    if address.page != first.page:
                        raise _moved(f"auf `{address.host}{address.target}`")
                    return self._taken(response)
                target = _header(response, b"location")
            try:
                address = checked(joined(address, target), self.hosts, port=self.port)
            except Refused as error:
                raise _moved(f"weiter, wohin nicht gefolgt wird ({error})") from error
        raise FetchProblem(f"Die Adresse leitet mehr als {_MOST_REDIRECTS}-mal um.")

    @contextmanager
    def _asking(
        self, address: WebAddress, backend: CheckedBackend, known: dict[bytes, bytes]
    ) -> Iterator[httpcore.Response]:
        """Ask once on a connection of its own, at the pace that the host is owed."""
        if address.host in self._silent:
            raise FetchProblem(f"`{address.host}` antwortet nicht; nicht noch einmal gefragt.")
        last = self._asked.get(address.host, -self.limits.seconds_between)
        self.sleep(max(0.0, last + self.limits.seconds_between - time.monotonic()))
        headers = {b"User-Agent": _USER_AGENT, b"Accept-Encoding": b"gzip", **known}
        silent = self.limits.seconds_silent
        timeouts = {"connect": silent, "read": silent, "write": silent}
        try:
            with (
                httpcore.ConnectionPool(self.context, network_backend=backend) as pool,
                pool.stream(
                    b"GET",
                    httpcore.URL(
                        scheme=b"https",
                        host=address.host.encode(),
                        port=address.port,
                        target=address.target.encode(),
                    ),
                    headers=list(headers.items()),
                    extensions={"timeout": timeouts},
                ) as response,
            ):
                yield response
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            self._silent.add(address.host)
            raise FetchProblem(_reason(address.host, error)) from error
        except (httpcore.ProtocolError, ssl.SSLError, zlib.error) as error:
            raise FetchProblem(_reason(address.host, error)) from error
        finally:
            self._asked[address.host] = time.monotonic()

    def _taken(self, response: httpcore.Response) -> Fetched | None:
        """Return the content of a page that was found; None where it is the known version."""
        if response.status == _NOT_MODIFIED:
            return None
        if response.status in _GONE:
            message = f"Die Seite ist nicht mehr zu finden ({response.status})."
            raise FetchProblem(message, Trouble.LOST)
        if response.status != _FOUND:
            raise FetchProblem(f"Die Seite antwortet mit einem Fehler ({response.status}).")
        kind = _header(response, b"content-type").partition(";")[0].strip().lower()
        if kind not in _SUFFIXES:
            raise FetchProblem(f"Die Adresse liefert keinen lesbaren Text ({kind or 'ohne Art'}).")
        content = b"".join(self._bounded(response))
        return Fetched(
            content,
            _SUFFIXES[kind],
            _header(response, b"etag"),
            _header(response, b"last-modified"),
        )

    def _bounded(self, response: httpcore.Response) -> Iterator[bytes]:
        """Yield the content, unpacked, and stop where it passes the limit."""
        encoding = _header(response, b"content-encoding").lower()
        if encoding not in ("", "identity", "gzip"):
            raise FetchProblem(f"Die Seite ist auf unbekannte Art gepackt ({encoding}).")
        unpack = zlib.decompressobj(_GZIP) if encoding == "gzip" else None
        left = self.limits.megabytes * 2**20
        for sent in response.iter_stream():
            part = unpack.decompress(sent, left + 1) if unpack else sent
            left -= len(part)
            if left < 0:
                raise FetchProblem(f"Die Seite hat mehr als {self.limits.megabytes} MB.")
            yield part


def _header(response: httpcore.Response, name: bytes) -> str:
    """Return a header as text; what is no plain text of sensible length counts as none."""
    value = next((value for key, value in response.headers if key.lower() == name), b"")
    text = value.decode("ascii", "replace")
    return text if len(text) <= _MAX_HEADER and text.isprintable() else ""


def _moved(whither: str) -> FetchProblem:
    return FetchProblem(f"Die Adresse leitet um {whither}.", Trouble.LOST)


def _reason(host: str, error: Exception) -> str:
    """Say what went wrong on the way; certificates have words of their own."""
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"Das Zertifikat von `{host}` ist nicht gültig."
    if isinstance(error, httpcore.TimeoutException):
        return f"`{host}` hat nicht rechtzeitig geantwortet."
    if isinstance(error, httpcore.NetworkError):
        return f"`{host}` ist nicht zu erreichen."
    return f"`{host}` hat nicht so geantwortet, wie eine Seite antwortet."

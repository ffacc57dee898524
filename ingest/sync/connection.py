"""Connections to checked addresses only, with one deadline for everything on them."""

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from ingest.sync.addresses import Refused, Resolve

Clock = Callable[[], float]


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host once, refuses it unless every address is allowed, connects to those.

    The name never goes to the system again, so it cannot mean another machine a moment later.
    HTTP and TLS above still see the name: in `Host`, in SNI and in the certificate.
    """

    def __init__(
        self,
        resolve: Resolve,
        is_allowed: Callable[[str], bool],
        seconds: float,
        clock: Clock = time.monotonic,
    ) -> None:
        """Allow `seconds` for all that happens on the connection, from now on."""
        self._resolve = resolve
        self._is_allowed = is_allowed
        self._left = _Deadline(seconds, clock)
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers."""
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError("unknown host") from error
        if not addresses or not all(map(self._is_allowed, addresses)):
            raise Refused(f"`{host}` führt nicht in das öffentliche Netz")
        problem: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _TimedStream(stream, self._left)
        raise problem


class _Deadline:
    """Calls give how long an operation may wait: not beyond the deadline."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def __call__(self, timeout: float | None) -> float:
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole request took too long")
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    """A connection on which a server that sends a byte now and then gains no time."""

    def __init__(self, stream: httpcore.NetworkStream, left: _Deadline) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _TimedStream(stream, self._left)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (as in httpcore)
        return self._stream.get_extra_info(info)

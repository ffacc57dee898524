"""A number for each request, its time and its outcome; nothing of what it was about."""

import logging
import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.gate import path_of
from assistant.metrics import Metrics

log = logging.getLogger(__name__)

# A path can name a document, so only its first part is noted, and only where we know it.
AREAS = (
    "abmelden",
    "anmelden",
    "api",
    "assets",
    "aufbau.js",
    "config",
    "gradio_api",
    "healthz",
    "mcp",
    "metrics",
    "quelle",
    "quellen",
    "einstieg",
    "readyz",
    "seite",
    "stelle",
)


class RequestLog:
    """Counts and notes every request that ends."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; its number goes back in `X-Request-ID`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        area = area_of(path_of(scope))  # a mounted application changes the scope
        number, started, status = secrets.token_hex(6), time.perf_counter(), 500

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        try:
            await self._app(scope, receive, send_numbered)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.requested(area, status, seconds)
            log.info(
                "request",
                extra={
                    "request": number,
                    "method": scope["method"] if scope["method"].isalpha() else "?",
                    "area": area,
                    "status": status,
                    "milliseconds": round(seconds * 1000, 1),
                },
            )


def area_of(path: str) -> str:
    """Return the part of the application a path belongs to."""
    first = path.strip("/").partition("/")[0]
    return first if first in AREAS else "page" if path == "/" else "other"

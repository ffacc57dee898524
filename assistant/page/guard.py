"""What every request has to pass, and the headers every response carries."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.gate import path_of, problem

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")

# Scripts come from this server only, and none may build code out of strings: that is what a
# document would need to run anything. Gradio sets style attributes and style elements from its
# scripts, so styles cannot be as strict.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "frame-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Other sites get none. Without any, a browser would send forms without their origin as well.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

# Parts of Gradio that this page has no use for: each takes, keeps or passes on data.
CLOSED_PATHS = (
    "/gradio_api/upload",
    "/gradio_api/file",
    "/gradio_api/proxy",
    "/gradio_api/deep_link",
    "/gradio_api/stream",
    "/gradio_api/component_server",
    "/gradio_api/runs",
    "/monitoring",
    "/login",
)
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_COME_BACK = 5  # seconds


class SecurityHeaders:
    """Adds the headers to every response, streams included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and put the headers on what comes back."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_guarded if scope["type"] == "http" else send)


class SameOrigin:
    """Refuses what another site sends, and the parts of Gradio that are not used."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on."""
        if scope["type"] == "http":
            refusal = _refusal(scope["method"], path_of(scope), Headers(scope=scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SentAtOnce:
    """Refuses what is sent while too many requests with a body are being read or answered."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in or say when to come back; its body is not read before."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        if self._inside >= self._most:
            refusal = problem(
                503,
                "Gerade kommen zu viele Anfragen auf einmal.",
                f"Bitte in {_COME_BACK} s wiederholen.",
                {"Retry-After": str(_COME_BACK)},
            )
            await refusal(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1


def trusted_hosts(extra: Sequence[str] = ()) -> list[str]:
    """Return the host names the page answers to: loopback and what the operator named."""
    return [*LOOPBACK_HOSTS, *extra]


def _refusal(method: str, path: str, headers: Headers) -> Response | None:
    if path.startswith(CLOSED_PATHS):
        return Response(status_code=404)
    if method not in _SAFE_METHODS and not _is_same_origin(headers):
        return Response(status_code=403)
    return None


def _is_same_origin(headers: Headers) -> bool:
    """Tell our own page and programs, which send no origin, from other sites.

    Only host and port are compared: behind a proxy that ends TLS, the scheme differs.
    """
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")

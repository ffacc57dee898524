"""The gate before every route: who is it, may they come in, and how much may they ask."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.entrance import COOKIE, Entrance
from assistant.access.identity import DESK, Identity, Role
from assistant.access.limits import AskingLimits, TooManyQuestions

LOGIN = "/anmelden"
LOGOUT = "/abmelden"
# What is shown to someone unknown. Everything else needs an identity.
OPEN_PATHS = (LOGIN, LOGOUT, "/healthz", "/readyz", "/barrierefreiheit")
OPEN_FOLDER = "/seite/"  # style sheets, scripts and icons of our own
ASKING = (
    "/gradio_api/queue/join",
    "/gradio_api/call/",
    "/gradio_api/run/ask",
    "/api/ask",
    "/api/search",
    "/mcp",
)
_PROGRAMS = ("/api", "/mcp", "/gradio_api", "/metrics", "/config")
_KEY = "bildungslotse.identity"


class Gate:
    """Lets a request pass that has an identity and a token in its bucket left."""

    def __init__(self, app: ASGIApp, entrance: Entrance, limits: AskingLimits) -> None:
        self._app = app
        self._entrance = entrance
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that may not pass; name the sender of every other."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        path = path_of(scope)
        identity = await run_in_threadpool(
            self._entrance.identity, connection.headers, connection.cookies.get(COOKIE, "")
        )
        scope[_KEY] = identity
        refusal = None
        if identity is None and not is_open(path):
            refusal = self._unknown(scope, path)
        elif path.startswith(ASKING) and _sends(scope, path):
            refusal = self._throttled(connection, path)
        if refusal is not None:
            await _refuse(refusal, scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _unknown(self, scope: Scope, path: str) -> Response:
        if not self._entrance.needs_login:
            return problem(
                403,
                "Hinter einem Proxy antwortet der Bildungslotse nur mit Anmeldung.",
                "Benutzer anlegen oder `proxy_secret` setzen.",
            )
        if scope.get("method") == "GET" and not path.startswith(_PROGRAMS):
            query = scope.get("query_string", b"").decode("latin-1")
            back = f"{path}?{query}" if query else path
            root = scope.get("root_path", "")
            return RedirectResponse(f"{root}{LOGIN}?weiter={quote(back, safe='/')}", 303)
        return problem(
            401,
            "Dafür ist eine Anmeldung nötig.",
            "Auf der Seite anmelden oder `Authorization: Bearer …` mitschicken.",
            {"WWW-Authenticate": "Bearer"},
        )

    def _throttled(self, connection: HTTPConnection, path: str) -> Response | None:
        try:
            count_question(connection, self._limits)
        except TooManyQuestions as error:
            headers = {"Retry-After": str(error.seconds)}
            if path.startswith("/gradio_api/"):  # the browser part of Gradio shows `detail`
                return JSONResponse({"detail": str(error)}, 429, headers)
            return problem(429, error.message, error.hint, headers)
        return None


def count_question(connection: HTTPConnection, limits: AskingLimits) -> None:
    """Take a token from whoever asks; raise `TooManyQuestions` without one. A desk needs none."""
    identity = identity_of(connection)
    if identity == DESK:
        return
    wait = limits.take(identity.name, connection.client.host if connection.client else "")
    if wait:
        raise TooManyQuestions(wait)


def identity_of(connection: HTTPConnection) -> Identity:
    """Return who sent a request; behind the gate there always is someone."""
    identity = connection.scope[_KEY]
    assert isinstance(identity, Identity)
    return identity


def line_key(connection: HTTPConnection) -> str:
    """Return who waits in line: the person, at a desk the address."""
    name = identity_of(connection).name
    return name or f" {connection.client.host if connection.client else ''}"


def identity_or_none(connection: HTTPConnection) -> Identity | None:
    """Return who sent a request, or None for someone unknown on an open page."""
    return connection.scope.get(_KEY)


def require_editor(connection: HTTPConnection) -> None:
    """Raise `Forbidden` for who may not take documents in or out."""
    identity_of(connection).require(Role.EDITOR)


def is_open(path: str) -> bool:
    """Whether anyone may see this path."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDER)


def path_of(scope: Scope) -> str:
    """Return the path inside the application, without what a proxy puts before it."""
    path: str = scope["path"]
    root = scope.get("root_path", "")
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def problem(
    status: int, message: str, hint: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Return an error for programs, in the words of a `UserFacingError`."""
    body = {"error": {"message": message, "hint": hint}}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


def _sends(scope: Scope, path: str) -> bool:
    return scope.get("method") == "POST" or path.startswith("/api/search")


async def _refuse(refusal: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await refusal(scope, receive, send)

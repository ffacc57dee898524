"""How a request is refused: people get a page, programs JSON, and both learn what to do next.

What our own routes refuse, they word themselves. What is refused before a route, or by a library,
comes as a bare status or in the form for somebody else, and is worded here on its way out.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.gate import path_of, problem
from assistant.api.problems import IN_GENERAL
from assistant.page.shell import render, visit
from assistant.page.shell_text import SHELL_WORDS
from assistant.wording.words import Language

_JSON, _HTML, _EVENTS, _PLAIN = "application/json", "text/html", "text/event-stream", "text/plain"
_KEPT = ("allow", "retry-after", "www-authenticate")


class Wording(NamedTuple):
    """What happened, and what to do next."""

    message: str
    hint: str


_FOREIGN_HOST: Mapping[Language, Wording] = MappingProxyType(
    {
        "de": Wording(
            "Unter diesem Namen ist der Bildungslotse nicht zu erreichen.",
            "Bitte die Adresse nehmen, die Sie von der Betriebsstelle haben. Ist es diese, gehört "
            "ihr Name in die Einstellung `hosts`.",
        ),
        "en": Wording(
            "Bildungslotse cannot be reached under this name.",
            "Please use the address that you were given by those who run it. If it is this one, "
            "its name belongs into the setting `hosts`.",
        ),
    }
)
_BY_STATUS: Mapping[Language, Mapping[int, Wording]] = MappingProxyType(
    {
        "de": {
            403: Wording(
                "Diese Anfrage kam von einer anderen Seite und ist deshalb gesperrt.",
                "Bitte den Bildungslotsen selbst öffnen und dort noch einmal beginnen.",
            ),
            405: Wording(
                "So lässt sich diese Adresse nicht aufrufen.",
                "Bitte von der Startseite aus noch einmal beginnen.",
            ),
            413: Wording(
                "Das ist mehr, als eine Anfrage enthalten darf.",
                "Bitte weniger auf einmal schicken.",
            ),
        },
        "en": {
            403: Wording(
                "This request came from another site and is blocked.",
                "Please open Bildungslotse itself and start again there.",
            ),
            405: Wording(
                "This address cannot be called like that.",
                "Please start again from the home page.",
            ),
            413: Wording("This is more than a request may contain.", "Please send less at a time."),
        },
    }
)


class Refusals:
    """Gives every refusal its words and its form; has to stand around all that refuses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold what refuses it until it is whole, and word it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "path": path_of(scope)}  # a mounted application changes the scope
        held: Message | None = None
        said = b""

        async def send_worded(message: Message) -> None:
            nonlocal held, said
            if message["type"] == "http.response.start" and _lacks_words(asked, message):
                held = message
            elif held is None:
                await send(message)
            else:
                said += message.get("body", b"")
                if not message.get("more_body", False):
                    await _worded(Request(asked), held, said)(scope, receive, send)

        await self._app(scope, receive, send_worded)


def wording(status: int, language: Language) -> Wording:
    """Return the words for a status that nothing more is known of."""
    words = SHELL_WORDS[language]
    if status == 404:
        return Wording(words.missing, words.missing_hint)
    if status >= 500:
        return Wording(words.defect, words.defect_hint)
    return _BY_STATUS[language].get(status, Wording(words.invalid, words.invalid_hint))


def is_for_people(headers: Headers) -> bool:
    """Whether a browser asks for a page, rather than a script or a program."""
    return _HTML in headers.get("accept", "")


def prefers_json(headers: Headers) -> bool:
    """Whether a program asks for JSON, where a page is what comes otherwise."""
    return _JSON in headers.get("accept", "") and not is_for_people(headers)


def _lacks_words(scope: Scope, start: Message) -> bool:
    """Whether a response is a refusal without words, or in the form for programs before people."""
    if start["status"] < 400:
        return False
    kind = _kind(start)
    return _gets_page(scope) if kind == _JSON else kind not in (_HTML, _EVENTS)


def _gets_page(scope: Scope) -> bool:
    return is_for_people(Headers(scope=scope)) and not scope["path"].startswith(("/api", "/mcp"))


def _worded(request: Request, start: Message, said: bytes) -> Response:
    reader, status = visit(request), start["status"]
    headers = Headers(raw=start["headers"])
    kept = {name: headers[name] for name in _KEPT if name in headers}
    given = _given(said) if _kind(start) == _JSON else None
    is_foreign_host = status == 400 and _kind(start) == _PLAIN  # nothing else answers like that
    words = _FOREIGN_HOST[reader.language] if is_foreign_host else wording(status, reader.language)
    if not _gets_page(request.scope):
        return _for_programs(request.scope["path"], status, words, kept)
    message, hint = given or words
    page = render(
        "fremd.html" if is_foreign_host else "fehler.html",
        reader,
        status=status,
        message=message,
        hint=hint,
        is_german=given is not None,
    )
    page.headers.update(kept)
    return page


def _for_programs(path: str, status: int, words: Wording, headers: dict[str, str]) -> Response:
    message, hint = IN_GENERAL.get(status, words)
    refusal = problem(status, message, hint, headers)
    if not path.startswith("/gradio_api/"):
        return refusal
    shown_by_gradio = {"detail": f"{message} {hint}"}
    return JSONResponse({**shown_by_gradio, **json.loads(bytes(refusal.body))}, status, headers)


def _given(said: bytes) -> Wording | None:
    """Return what a refusal for programs says, if it is one of ours."""
    try:
        error = json.loads(said)["error"]
        return Wording(str(error["message"]), str(error["hint"]))
    except (ValueError, KeyError, TypeError):
        return None


def _kind(start: Message) -> str:
    return Headers(raw=start["headers"]).get("content-type", "").partition(";")[0]

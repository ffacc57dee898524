"""Logging in with a name and a password, and out again."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.access.entrance import COOKIE, Entrance
from assistant.access.gate import LOGIN, LOGOUT
from assistant.access.sessions import SECONDS
from assistant.access.users import LONGEST_PASSWORD
from assistant.page.shell import Reader, Visit, render
from assistant.wording.words import Language

log = logging.getLogger(__name__)
MOST_BYTES = 32_000  # of a form
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginWords:
    """The texts of the login page."""

    title: str
    lead: str
    name: str
    password: str
    send: str
    wrong: str
    locked: str


LOGIN_WORDS: Mapping[Language, LoginWords] = MappingProxyType(
    {
        "de": LoginWords(
            title="Anmelden",
            lead="Für den Bildungslotsen ist hier eine Anmeldung nötig.",
            name="Benutzername",
            password="Passwort",
            send="Anmelden",
            wrong="Benutzername oder Passwort stimmt nicht.",
            locked="Nach mehreren Fehlversuchen ist die Anmeldung gesperrt. Bitte in {minutes} "
            "Minuten noch einmal versuchen.",
        ),
        "en": LoginWords(
            title="Log in",
            lead="Bildungslotse requires a login here.",
            name="User name",
            password="Password",
            send="Log in",
            wrong="User name or password is wrong.",
            locked="Logging in is locked after several failed attempts. Please try again in "
            "{minutes} minutes.",
        ),
    }
)


def router(entrance: Entrance) -> APIRouter:
    """Serve the form, take it back, and end sessions."""
    routes = APIRouter()

    @routes.get(LOGIN)
    def form(reader: Reader, weiter: str = "/") -> HTMLResponse:
        return _page(reader, weiter)

    @routes.post(LOGIN, response_model=None, max_body_size=MOST_BYTES)
    async def enter(
        request: Request,
        reader: Reader,
        name: Annotated[str, Form(max_length=200)] = "",
        passwort: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
        weiter: Annotated[str, Form(max_length=2000)] = "/",
    ) -> HTMLResponse | RedirectResponse:
        address = request.client.host if request.client else ""
        wait = entrance.lockout.remaining(name, address)
        if wait:
            return _page(reader, weiter, name=name, minutes=ceil(wait / 60), status=429)
        user = await run_in_threadpool(entrance.users.with_password, name, passwort)
        if user is None:
            entrance.lockout.failed(name, address)
            log.warning("A login failed")
            return _page(reader, weiter, name=name, status=401)
        entrance.lockout.succeeded(name, address)
        onward = RedirectResponse(f"{reader.root}{_inside(weiter)}", 303)
        onward.set_cookie(
            COOKIE,
            entrance.sessions.begin(user),
            max_age=SECONDS,
            path=f"{reader.root}/",
            httponly=True,
            samesite="lax",
            secure=_is_secure(request),
        )
        return onward

    @routes.post(LOGOUT)
    def leave(request: Request, reader: Reader) -> RedirectResponse:
        entrance.sessions.end(request.cookies.get(COOKIE, ""))
        onward = RedirectResponse(f"{reader.root}{LOGIN}", 303)
        onward.delete_cookie(COOKIE, path=f"{reader.root}/")
        return onward

    return routes


def _page(
    reader: Visit, onward: str, *, name: str = "", minutes: int = 0, status: int = 200
) -> HTMLResponse:
    words = LOGIN_WORDS[reader.language]
    message = {401: words.wrong, 429: words.locked.format(minutes=minutes)}.get(status, "")
    return render(
        "anmelden/seite.html",
        reader,
        status=status,
        words=words,
        message=message,
        name=name,
        onward=_inside(onward),
    )


def _inside(path: str) -> str:
    """Return a path of this application; an address elsewhere becomes the start page."""
    is_inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_inside and "\\" not in path else "/"


def _is_secure(request: Request) -> bool:
    """Tell whether the cookie may only travel over TLS: everywhere but at the desk."""
    return request.url.scheme == "https" or request.url.hostname not in _LOOPBACK

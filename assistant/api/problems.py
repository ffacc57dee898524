"""Errors of the REST interface: always JSON, always with what to do next, never a traceback."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.access.gate import problem
from assistant.access.identity import Forbidden
from assistant.access.turnstile import Crowded, TooLate
from corpus.errors import Unavailable, UserFacingError
from corpus.manifest import EmptyCorpus, IndexMismatch

log = logging.getLogger(__name__)

FAILED = "Dabei ist ein Fehler aufgetreten."
FAILED_HINT = "Geschieht es wieder, hilft das Protokoll weiter."
_STATUS: dict[type[UserFacingError], int] = {
    Forbidden: 403,
    Crowded: 503,
    EmptyCorpus: 503,
    IndexMismatch: 503,
    Unavailable: 503,
    TooLate: 504,
}
IN_GENERAL = {
    404: ("Das gibt es nicht.", "Alle Adressen stehen in `/api/openapi.json`."),
    405: ("Diese Methode geht hier nicht.", "Alle Adressen stehen in `/api/openapi.json`."),
}


class Loading(UserFacingError):
    """The documents are still being prepared."""


def add_problems(api: FastAPI) -> None:
    """Answer every error in the same form."""
    api.add_exception_handler(UserFacingError, _user_facing)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, refused)
    api.add_exception_handler(Exception, _defect)


def _user_facing(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, UserFacingError)
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    status = 503 if isinstance(error, Loading) else status
    wait = error.seconds if isinstance(error, Crowded) else 2
    headers = {"Retry-After": str(wait)} if status == 503 else None
    return problem(status, error.message, error.hint, headers)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    is_json = first["type"] != "json_invalid"
    field = ".".join(str(part) for part in first["loc"][1:]) if is_json else ""
    return problem(
        422,
        f"Die Angabe `{field}` passt nicht." if field else "Die Anfrage ist kein gültiges JSON.",
        "Was erlaubt ist, steht in `/api/openapi.json`.",
    )


def refused(_: Request, error: Exception) -> JSONResponse:
    """Answer what the router or a handler turned away."""
    assert isinstance(error, HTTPException)
    message, hint = IN_GENERAL.get(
        error.status_code, ("Diese Anfrage geht nicht.", "Anfrage prüfen.")
    )
    return problem(error.status_code, message, hint, dict(error.headers or {}))


def _defect(_: Request, error: Exception) -> JSONResponse:
    log.error("A request to the interface failed", exc_info=error)
    return problem(500, FAILED, FAILED_HINT)

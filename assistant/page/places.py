"""The places that are not Gradio's, and the pages that tell that one of them cannot be shown."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from assistant.access.identity import Forbidden
from assistant.access.limits import TooManyQuestions
from assistant.api.problems import refused
from assistant.page import choice, feedback, file_note, statement
from assistant.page.context import PageContext, StillLoading
from assistant.page.einstieg import glossary
from assistant.page.einstieg import routes as einstieg
from assistant.page.quellen import changes, collection
from assistant.page.quellen import routes as quellen
from assistant.page.shell import render, visit
from assistant.page.shell_text import SHELL_WORDS
from assistant.page.source import routes as source
from corpus.errors import UserFacingError

log = logging.getLogger(__name__)

ROUTERS = (
    choice.router,
    source.router,
    statement.router,
    quellen.router,
    changes.router,
    collection.router,
    file_note.router,
    feedback.router,
    glossary.router,
    einstieg.router,
)


def add_places(app: FastAPI, context: PageContext) -> None:
    """Add every place to the application, and what is shown where one fails."""
    for router in ROUTERS:
        app.include_router(router(context))
    app.add_exception_handler(StillLoading, _still_loading)
    app.add_exception_handler(TooManyQuestions, _throttled)
    app.add_exception_handler(UserFacingError, _problem)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _defect)


def unknown_address(request: Request, error: Exception) -> Response:
    """Say that there is nothing here: people get a page with a way back, programs get JSON."""
    if "text/html" in request.headers.get("accept", ""):
        return _refused(request, error)
    return refused(request, error)


def _still_loading(request: Request, _: Exception) -> HTMLResponse:
    return render("laden.html", visit(request), status=503)


def _problem(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, UserFacingError)
    status = 403 if isinstance(error, Forbidden) else 400
    return _error_page(request, error.message, error.hint, status=status, is_german=True)


def _throttled(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, TooManyQuestions)
    page = _error_page(request, error.message, error.hint, status=429, is_german=True)
    page.headers["Retry-After"] = str(error.seconds)
    return page


def _refused(request: Request, error: Exception) -> HTMLResponse:
    words = SHELL_WORDS[visit(request).language]
    status = error.status_code if isinstance(error, HTTPException) else 400
    if status == 404:
        return _error_page(request, words.missing, words.missing_hint, status=404)
    return _error_page(request, words.invalid, words.invalid_hint, status=status)


def _invalid(request: Request, _: Exception) -> HTMLResponse:
    words = SHELL_WORDS[visit(request).language]
    return _error_page(request, words.invalid, words.invalid_hint, status=422)


def _defect(request: Request, _: Exception) -> HTMLResponse:
    words = SHELL_WORDS[visit(request).language]
    return _error_page(request, words.defect, words.defect_hint, status=500)


def _error_page(
    request: Request, message: str, hint: str, *, status: int, is_german: bool = False
) -> HTMLResponse:
    """Say what is the matter; the messages of the program itself are German only."""
    reader = visit(request)
    return render(
        "fehler.html", reader, status=status, message=message, hint=hint, is_german=is_german
    )

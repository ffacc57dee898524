"""The places that are not Gradio's, and the pages that tell that one of them cannot be shown."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from assistant.access.gate import problem
from assistant.access.identity import Forbidden
from assistant.access.limits import TooManyQuestions
from assistant.page import choice, feedback, file_note, statement
from assistant.page.context import PageContext, StillLoading
from assistant.page.einstieg import glossary
from assistant.page.einstieg import routes as einstieg
from assistant.page.quellen import changes, collection
from assistant.page.quellen import routes as quellen
from assistant.page.refusals import prefers_json, wording
from assistant.page.shell import render, visit
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


def unknown_address(_: Request, error: Exception) -> Response:
    """Refuse what Gradio does not know either, without words: those come on the way out."""
    return Response(status_code=error.status_code if isinstance(error, HTTPException) else 404)


def _still_loading(request: Request, _: Exception) -> HTMLResponse:
    return render("laden.html", visit(request), status=503)


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, UserFacingError)
    status = 403 if isinstance(error, Forbidden) else 400
    return _error_page(request, error.message, error.hint, status=status, is_german=True)


def _throttled(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyQuestions)
    page = _error_page(request, error.message, error.hint, status=429, is_german=True)
    page.headers["Retry-After"] = str(error.seconds)
    return page


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _worded(request, error.status_code)


def _invalid(request: Request, _: Exception) -> Response:
    return _worded(request, 422)


def _defect(request: Request, _: Exception) -> Response:
    return _worded(request, 500)


def _worded(request: Request, status: int) -> Response:
    message, hint = wording(status, visit(request).language)
    return _error_page(request, message, hint, status=status)


def _error_page(
    request: Request, message: str, hint: str, *, status: int, is_german: bool = False
) -> Response:
    """Say what is the matter; the messages of the program itself are German only."""
    if prefers_json(request.headers):
        return problem(status, message, hint)
    reader = visit(request)
    return render(
        "fehler.html", reader, status=status, message=message, hint=hint, is_german=is_german
    )

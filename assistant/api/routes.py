"""The routes of `/api`: ask, also as a stream, search, documents."""

import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.access.gate import identity_of, line_key
from assistant.access.turnstile import Place, Turnstile
from assistant.answers import Answer, Message
from assistant.api import models
from assistant.api.problems import FAILED, FAILED_HINT, Loading, add_problems
from assistant.contract import answer_json, hits_json
from assistant.dialogue import last
from assistant.warmup import Warmup
from corpus.documents import Passage
from corpus.errors import UserFacingError
from corpus.records import IndexedDocument

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

log = logging.getLogger(__name__)

NO_STORE = {"Cache-Control": "no-store"}
EVENTS = "text/event-stream"
HUNG_UP = 499  # as nginx says; it reaches the log and nobody else
T = TypeVar("T")
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": models.ProblemOut, "description": text}
    for status, text in {
        400: "Die Frage lässt sich nicht beantworten, wie sie dasteht.",
        401: "Anmeldung nötig.",
        422: "Eine Angabe passt nicht.",
        429: "Zu viele Fragen in kurzer Zeit; `Retry-After` nennt die Wartezeit.",
        504: "Die Antwort hat zu lange gedauert.",
        503: "Noch nicht bereit oder zu viele Wartende; `Retry-After` nennt die Wartezeit.",
    }.items()
}


def create_api(warmup: Warmup, turnstile: Turnstile) -> FastAPI:
    """Build the application to be mounted under `/api`."""
    api = FastAPI(
        title="Bildungslotse",
        version="1",
        description="Fragen an die eingelesenen Dokumente, beantwortet mit wörtlichen Zitaten.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        max_body_size=models.MOST_BYTES,
        responses=_PROBLEMS,
    )
    add_problems(api)
    _add_questions(api, warmup, turnstile)
    _add_documents(api, warmup)
    return api


def _add_questions(api: FastAPI, warmup: Warmup, turnstile: Turnstile) -> None:
    streamed = {"content": {EVENTS: {"schema": {"type": "string"}}}}

    @api.post("/ask", responses={200: {"model": models.AnswerOut, **streamed}}, response_model=None)
    async def ask(request: Request, body: models.AskIn) -> JSONResponse | StreamingResponse:
        """Answer a question; with `Accept: text/event-stream` as it grows."""
        assistant = assistant_for(warmup, request)
        history = [Message(turn.role, turn.text) for turn in body.history]
        key = line_key(request)
        if EVENTS in request.headers.get("accept", ""):
            turnstile.check_room(key)
            growing = partial(assistant.ask, body.question, history)
            return StreamingResponse(
                _stream(growing, turnstile, key), media_type=EVENTS, headers=NO_STORE
            )
        async with turnstile.place(key) as place:
            answer = await _in_turn(
                request, place, lambda: last(assistant.ask(body.question, history))
            )
        return JSONResponse(answer_json(answer), headers=NO_STORE)

    @api.get("/search", responses={200: {"model": models.HitsOut}}, response_model=None)
    async def search(
        request: Request,
        query: Annotated[models.Question, Query()],
        k: Annotated[int, Query(ge=1, le=models.MOST_HITS)] = 10,
    ) -> JSONResponse:
        """Return the best passages without an answer."""
        assistant = assistant_for(warmup, request)
        started = time.perf_counter()

        async with turnstile.place(line_key(request)) as place:
            hits = await _in_turn(request, place, partial(assistant.search, query, k))
        found = hits_json(query, hits, time.perf_counter() - started)
        return JSONResponse(found, headers=NO_STORE)


def _add_documents(api: FastAPI, warmup: Warmup) -> None:
    @api.get("/documents", response_model=models.DocumentsOut)
    def documents(
        request: Request,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=models.MOST_DOCUMENTS)] = 100,
    ) -> JSONResponse:
        """List the documents that you may read."""
        known = assistant_for(warmup, request).index.documents
        chosen = [_document(one) for one in known[offset : offset + limit]]
        return JSONResponse({"total": len(known), "documents": chosen}, headers=NO_STORE)

    @api.get(
        "/documents/{document_id}",
        response_model=models.DocumentWithPassagesOut,
        responses={404: {"model": models.ProblemOut, "description": "Gibt es nicht."}},
    )
    def document(request: Request, document_id: str) -> JSONResponse:
        """Return one document with its passages."""
        index = assistant_for(warmup, request).index
        for one in index.documents:
            if one.id == document_id:
                text = [_passage(each) for each in index.passages_of(one.id)]
                return JSONResponse({**_document(one), "text": text}, headers=NO_STORE)
        raise HTTPException(404)


def assistant_for(warmup: Warmup, request: Request) -> "Assistant":
    """Return the assistant that sees what the sender may read."""
    if warmup.status == "loading":
        raise Loading("Die Dokumente werden vorbereitet.", hint="Bitte gleich noch einmal.")
    return warmup.wait().for_reader(identity_of(request).readership)


async def _in_turn(request: Request, place: Place, work: Callable[[], T]) -> T:
    """Do the work when its turn comes; whoever hangs up before leaves the line."""
    async for _ in place.waiting():
        if await request.is_disconnected():
            raise HTTPException(HUNG_UP)
    return await place.run(work)


async def _stream(
    ask: Callable[[], Iterator[Answer]], turnstile: Turnstile, key: str
) -> AsyncIterator[str]:
    """Yield the events `position`, `text` and, last, `answer` or `error`."""
    answer = None
    try:
        async with turnstile.place(key) as place:
            async for standing in place.waiting():
                yield _event("position", {"position": standing.position})
            answers = ask()
            while (grown := await place.run(partial(next, answers, None))) is not None:
                answer = grown
                yield _event("text", {"text": answer.text})
        if answer is not None:
            yield _event("answer", answer_json(answer))
    except UserFacingError as error:
        yield _event("error", {"error": {"message": error.message, "hint": error.hint}})
    except Exception:  # the stream has begun, so only an event can tell that it failed
        log.exception("A streamed answer failed")
        yield _event("error", {"error": {"message": FAILED, "hint": FAILED_HINT}})


def _event(name: str, value: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"


def _document(one: IndexedDocument) -> dict[str, Any]:
    source = one.source
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "language": one.language,
        "pages": one.pages,
        "passages": one.passages,
        "publisher": source.publisher,
        "url": source.url,
        "kind": source.kind,
        "level": source.level,
        "as_of": source.as_of and source.as_of.isoformat(),
        "valid_from": source.valid_from and source.valid_from.isoformat(),
        "valid_until": source.valid_until and source.valid_until.isoformat(),
    }


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "id": one.id,
        "page": one.page if one.page_label else None,
        "locator": one.locator,
        "heading": one.heading,
        "text": one.text,
    }

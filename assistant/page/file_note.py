"""Notes for the file out of the browser: answers it carries under seal, or its Merkliste.

The request holds no words that could be printed as quotes: an answer is opened by the key that
closed it, a collected passage is an id with a span, and each is looked up in the index again.
Nothing is kept here. Setting a long note takes hundreds of megabytes, so one is made at a time, and
people take turns as they do with questions.
"""

from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import Field, TypeAdapter, ValidationError

from assistant.access.turnstile import Turnstile
from assistant.mark import Mark
from assistant.page.context import PageContext
from assistant.page.conversation import MAX_TURNS
from assistant.page.quellen.collection import MOST, Place
from assistant.page.shell import NO_STORE, Reader, Visit
from assistant.vermerk.composing import Collected, note_of_answers, note_of_collection
from assistant.vermerk.export import FORMATS, file_name
from assistant.vermerk.note import FileNote
from assistant.vermerk.stock import Stock, stock_of
from assistant.wording.texts import WORDS
from corpus.errors import UserFacingError

PATH = "/vermerk"
LARGEST = 2_000_000  # bytes of a request
LONGEST_REMARK = 2_000  # characters, as the field of the page
MOST_REMARKS = 100_000  # characters in all; what is set in a PDF takes its memory
_MOST_WAITING = 20


class _Remarked(Place):
    note: Annotated[str, Field(max_length=LONGEST_REMARK)] = ""


_ANSWERS = TypeAdapter(Annotated[list[str], Field(min_length=1, max_length=MAX_TURNS)])
_PLACES = TypeAdapter(Annotated[list[_Remarked], Field(min_length=1, max_length=MOST)])


def router(context: PageContext) -> APIRouter:
    """Serve notes; a form sends `antworten` or `stellen` as JSON, and `format`."""
    routes = APIRouter()
    turnstile = Turnstile(1, _MOST_WAITING, context.settings.request_seconds)

    @routes.post(PATH)
    async def note(request: Request, reader: Reader) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            raise HTTPException(413)
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        async with turnstile.place(reader.identity.name if reader.identity else "") as place:
            return await place.run(partial(_answer, context, reader, fields))

    return routes


def _answer(context: PageContext, reader: Visit, fields: dict[str, str]) -> Response:
    ending = fields.get("format", "")
    if ending not in FORMATS:
        raise HTTPException(422)
    try:
        note = _compose(context, reader, fields)
    except ValidationError as error:
        raise HTTPException(422) from error
    name = file_name(note, ending)
    return Response(
        FORMATS[ending].write(note),
        media_type=FORMATS[ending].media_type,
        headers={**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def _compose(context: PageContext, reader: Visit, fields: dict[str, str]) -> FileNote:
    words, now = WORDS[reader.language], datetime.now()
    stock: Stock = stock_of(context.assistant_for(reader).index, context.data)
    if "stellen" in fields:
        places = _PLACES.validate_json(fields["stellen"])
        if sum(len(one.note) for one in places) > MOST_REMARKS:
            raise UserFacingError(
                f"Die Notizen sind zusammen länger als {MOST_REMARKS} Zeichen.",
                hint="Bitte kürzen oder die Merkliste in mehreren Vermerken speichern.",
            )
        collected = [
            Collected(one.passage, Mark(one.start, one.end, one.proof, 1), one.note)
            for one in places
        ]
        return note_of_collection(collected, stock, words, now)
    sealed = _ANSWERS.validate_json(fields.get("antworten", ""))
    answers = [context.seal.open(one, stock.find) for one in sealed]
    return note_of_answers(answers, stock, words, now)

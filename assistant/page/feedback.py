"""Feedback out of the browser: the answer under seal, a reason, and whether its words may stay."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.access.limits import TokenBuckets
from assistant.feedback.entry import Reason, entry_of
from assistant.feedback.log import FeedbackLog
from assistant.page.context import PageContext
from assistant.page.shell import NO_STORE, Reader
from assistant.vermerk.sealing import LONGEST_SEALED
from corpus.errors import UserFacingError

PATH = "/rueckmeldung"
PER_MINUTE = 60.0  # from all readers together: nobody has to be told apart


class Judgement(BaseModel):
    """What the browser sends; `grund` is empty for an answer that helped."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    siegel: Annotated[str, Field(max_length=LONGEST_SEALED)]
    grund: Reason | None = None
    mit_text: bool = False


def router(context: PageContext) -> APIRouter:
    """Take feedback in; without consent no word of question or answer is kept."""
    routes = APIRouter()
    log, bucket = FeedbackLog(context.data), TokenBuckets(PER_MINUTE)

    @routes.post(PATH)
    def judge(judgement: Judgement, reader: Reader) -> JSONResponse:
        if bucket.take(""):
            return JSONResponse({"stored": False}, status_code=429, headers=NO_STORE)
        try:
            opened = context.seal.open(judgement.siegel, context.assistant_for(reader).passage)
            entry = entry_of(
                opened.answer, judgement.grund, datetime.now(), with_text=judgement.mit_text
            )
            log.add(entry)
        except UserFacingError:  # the script has words of its own for it, in either language
            return JSONResponse({"stored": False}, status_code=409, headers=NO_STORE)
        return JSONResponse({"stored": True}, headers=NO_STORE)

    return routes

"""The Merkliste: places that a browser kept, looked up again and proven before they are shown."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.mark import Mark
from assistant.page.context import PageContext
from assistant.page.quellen.collection_words import COLLECTION_WORDS
from assistant.page.quellen.words import DESK_WORDS, collecting_said
from assistant.page.shell import Reader, render
from assistant.page.source.addresses import passage_link
from assistant.wording.provenance import source_line
from assistant.wording.texts import WORDS
from corpus.documents import Passage

PATH = "/merkliste"
MOST = 200  # entries
_FURTHEST = 10_000_000  # characters; no passage is longer


class Place(BaseModel):
    """A span of a passage as a browser kept it, with the digest of the words it held."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    passage: Annotated[str, Field(max_length=200)]
    start: Annotated[int, Field(ge=0, le=_FURTHEST)]
    end: Annotated[int, Field(ge=0, le=_FURTHEST)]
    proof: Annotated[str, Field(max_length=64)] = ""


Places = Annotated[list[Place], Body(max_length=MOST)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A place that still holds the words that were collected, and its line for a file note."""

    passage: Passage
    start: int
    end: int
    line: str

    @property
    def quote(self) -> str:
        """The words that were collected."""
        return self.passage.text[self.start : self.end]


def router(context: PageContext) -> APIRouter:
    """Serve the page of the Merkliste, and what a browser's places hold."""
    routes = APIRouter()

    @routes.get(PATH)
    def collection(reader: Reader) -> HTMLResponse:
        words, texts = DESK_WORDS[reader.language], COLLECTION_WORDS[reader.language]
        return render(
            "quellen/merkliste.html",
            reader,
            place="quellen",
            section="collection",
            may_change=context.may_change(reader),
            words=words,
            texts=texts,
            spoken={
                **collecting_said(words),
                "nicht-geladen": texts.failed,
                "verschoben": texts.moved,
                "kopiert": texts.copied,
                "nicht-kopiert": texts.not_copied,
            },
        )

    @routes.post(f"{PATH}/stellen")
    def places(reader: Reader, places: Places) -> HTMLResponse:
        def found(place: Place) -> Kept | None:
            passage = context.assistant_for(reader).passage(place.passage)
            mark = Mark(place.start, place.end, place.proof)
            if passage is None or not mark.holds_in(passage):
                return None
            line = source_line(passage, WORDS[reader.language], context.today())
            return Kept(passage, place.start, place.end, line)

        return render(
            "quellen/stellen.html",
            reader,
            kept=[found(place) for place in places],
            texts=COLLECTION_WORDS[reader.language],
            words=DESK_WORDS[reader.language],
            passage_link=passage_link,
        )

    return routes

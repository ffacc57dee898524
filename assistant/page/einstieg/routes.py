"""The pages of the path: all stations, one of them, and all on one page for the printer."""

import random
from collections.abc import Sequence

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from assistant.einstieg.composing import Made, Proof
from assistant.einstieg.guide import Guide
from assistant.einstieg.stations import stations
from assistant.page.context import PageContext
from assistant.page.einstieg.words import PATH_WORDS
from assistant.page.shell import Reader, Visit, render
from assistant.page.source.addresses import passage_link
from assistant.wording.provenance import source_line
from assistant.wording.texts import WORDS

PATH = "/einstieg"


def router(context: PageContext) -> APIRouter:
    """Serve the path over what the reader may see; stations are made once and kept."""
    routes, guide = APIRouter(), Guide(context.today)

    @routes.get(PATH)
    def overview(reader: Reader) -> HTMLResponse:
        guide.make_ahead(context.assistant_for(reader))
        return _page("einstieg/uebersicht.html", reader, context, stations=stations())

    @routes.get(f"{PATH}/alle")
    def everything(reader: Reader) -> HTMLResponse:
        assistant = context.assistant_for(reader)
        made = [guide.station(assistant, one) for one in stations()]
        return _page("einstieg/alle.html", reader, context, all_made=made)

    @routes.get(f"{PATH}/{{station_id}}")
    def station(station_id: str, reader: Reader) -> HTMLResponse:
        known = {one.id: number for number, one in enumerate(stations())}
        if station_id not in known:
            raise HTTPException(404)
        number = known[station_id]
        made = guide.station(context.assistant_for(reader), stations()[number])
        return _page(
            "einstieg/station.html",
            reader,
            context,
            made=made,
            number=number + 1,
            count=len(known),
            previous=stations()[number - 1] if number else None,
            following=stations()[number + 1] if number + 1 < len(known) else None,
        )

    return routes


def shuffled(proof: Proof) -> Sequence[tuple[str, bool]]:
    """Return the options and whether each is right, in an order that stays the same."""
    options = [(option, option == proof.check.right) for option in proof.check.options]
    random.Random(proof.check.question).shuffle(options)
    return options


def is_empty(made: Made) -> bool:
    """Tell whether the documents hold nothing at all for a station."""
    return all(not part.citations for part in made.parts)


def _page(
    template: str, reader: Visit, context: PageContext, *, status: int = 200, **values: object
) -> HTMLResponse:
    return render(
        template,
        reader,
        place="einstieg",
        status=status,
        words=PATH_WORDS[reader.language],
        language_words=WORDS[reader.language],
        passage_link=passage_link,
        line_of=lambda passage: source_line(passage, WORDS[reader.language], context.today()),
        shuffled=shuffled,
        is_empty=is_empty,
        day=context.today(),
        **values,
    )

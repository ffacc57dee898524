"""The glossary: a page with all terms, and the terms for marking them where they occur."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.einstieg.glossary import Glossary, Term
from assistant.page.context import PageContext
from assistant.page.einstieg.words import PATH_WORDS
from assistant.page.escaping import visible
from assistant.page.shell import NO_STORE, Reader, render
from assistant.page.source.addresses import passage_link
from assistant.wording.provenance import source_line
from assistant.wording.texts import WORDS

PATH = "/einstieg/glossar"


def router(context: PageContext) -> APIRouter:
    """Serve the terms of what the reader may see; they are read once for each index."""
    routes, glossary = APIRouter(), Glossary()

    def source_of(term: Term, reader: Reader) -> str:
        return source_line(term.citation.passage, WORDS[reader.language], context.today())

    @routes.get(PATH)
    def page(reader: Reader) -> HTMLResponse:
        return render(
            "einstieg/glossar.html",
            reader,
            place="einstieg",
            words=PATH_WORDS[reader.language],
            terms=glossary.terms(context.assistant_for(reader).index),
            source_of=source_of,
            passage_link=passage_link,
        )

    @routes.get(f"{PATH}/begriffe")
    def terms(reader: Reader) -> JSONResponse:
        found = glossary.terms(context.assistant_for(reader).index)
        rows = [
            {
                "name": visible(term.name),
                "text": visible(term.citation.quote),
                "source": visible(source_of(term, reader)),
            }
            for term in found
        ]
        return JSONResponse(rows, headers=NO_STORE)

    return routes

"""The list out of which a person chooses the documents that a conversation keeps to."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.page.context import PageContext
from assistant.page.shell import Reader, render
from assistant.wording.texts import WORDS


def router(context: PageContext) -> APIRouter:
    """Serve the list as a part, for the dialog of the conversation."""
    routes = APIRouter()

    @routes.get("/auswahl")
    def documents(reader: Reader) -> HTMLResponse:
        index = context.assistant_for(reader).index
        documents = sorted(index.documents, key=lambda one: one.title.casefold())
        words = WORDS[reader.language]
        return render("auswahl/liste.html", reader, words=words, documents=documents)

    return routes

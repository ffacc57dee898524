"""The accessibility statement: what was tested, what is known to be missing, whom to tell."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from assistant.page.context import PageContext
from assistant.page.shell import Reader, render

PATH = "/barrierefreiheit"


def router(context: PageContext) -> APIRouter:
    """Serve the statement; the contact is the operator's."""
    routes = APIRouter()

    @routes.get(PATH)
    def statement(reader: Reader) -> HTMLResponse:
        template = f"barrierefreiheit/{reader.language}.html"
        return render(template, reader, contact=context.settings.contact)

    return routes

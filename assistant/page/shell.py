"""The frame around every place: one header, one footer, one language, one way to make HTML.

A place other than *Fragen*, which is Gradio's, is a package of its own here:

- `routes.py` with `router(context: PageContext) -> APIRouter`; a handler takes a `Reader` and
  returns `render("ort/seite.html", reader, place="ort", words=…, …)`;
- its words, German and English, in a dataclass whose missing fields fail at import;
- its templates in `templates/ort/`, each `{% extends "base.html" %}` with the blocks `title`,
  `styles`, `scripts` and `content`; `<link rel="stylesheet" href="{{ asset('ort.css') }}">`;
- its style sheet and script in `static/`; colours and sizes are the variables of `shell.css`;
- its line in `PLACES` below and in `places.py`. A `UserFacingError` becomes an error page.

Templates escape everything, and drop what nobody can see, so a document's text may be put into
element content and quoted attributes as it is, and nowhere else. Messages of the program, whose
identifiers stand in backticks, are written `{{ text|message }}`. Links inside the application are
made by `reader.link(path, …)`, which keeps the chosen language.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from assistant.access.entrance import COOKIE
from assistant.access.gate import LOGOUT, identity_or_none
from assistant.access.identity import Identity
from assistant.page.escaping import escape_message, visible
from assistant.page.shell_text import SHELL_WORDS, PlaceName
from assistant.wording.words import Language, printed_date

STATIC = Path(__file__).parent / "static"
NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places in the header."""

    name: PlaceName
    path: str


PLACES: tuple[Place, ...] = (
    Place("fragen", "/"),
    Place("quellen", "/quellen"),
    Place("einstieg", "/einstieg"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who reads: the language, and whether it was chosen or only what the browser prefers."""

    language: Language = "de"
    is_chosen: bool = False
    root: str = ""  # what stands before every path where a proxy adds something
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()
    has_session: bool = False  # logged in here, so that it can be ended here
    identity: Identity | None = None  # None for someone unknown, who sees open pages alone

    def link(self, path: str, **query: object) -> str:
        """Return the address of `path` in this application, in the language that was chosen.

        A tuple stands for a name that occurs once for each of its values.
        """
        pairs = [
            (name, value)
            for name, values in query.items()
            for value in (values if isinstance(values, tuple) else (values,))
        ]
        named = [(name, str(value)) for name, value in pairs if value not in (None, "")]
        if self.is_chosen:
            named.append(("sprache", self.language))
        return f"{self.root}{path}{'?' if named else ''}{urlencode(named)}"

    @property
    def other_language(self) -> Language:
        """The language that is not the page's."""
        return "en" if self.language == "de" else "de"

    @property
    def elsewhere(self) -> str:
        """The same address in the other language."""
        kept = [(name, value) for name, value in self.query if name != "sprache"]
        named = urlencode([*kept, ("sprache", self.other_language)])
        return f"{self.root}{self.path}?{named}"


def visit(request: Request) -> Visit:
    """Read the language off the address (`sprache=de|en`) or, failing that, off the browser."""
    asked = request.query_params.get("sprache")
    # Inside a mount, such as the style sheets, `root_path` is that of the mount.
    scope, identity = request.scope, identity_or_none(request)
    root = scope.get("app_root_path", scope.get("root_path", "")).rstrip("/")
    return Visit(
        language=_language(asked) or _preferred(request.headers.get("accept-language", "")),
        is_chosen=_language(asked) is not None,
        root=root,
        path=request.url.path.removeprefix(root),
        query=tuple(request.query_params.multi_items()),
        has_session=identity is not None and COOKIE in request.cookies,
        identity=identity,
    )


Reader = Annotated[Visit, Depends(visit)]


def render(
    template: str,
    reader: Visit,
    *,
    place: PlaceName | None = None,
    status: int = 200,
    **values: object,
) -> HTMLResponse:
    """Make a whole page, or a part of one, that no cache keeps; `place` is the open one."""
    html = render_html(template, reader, place=place, **values)
    return HTMLResponse(html, status_code=status, headers=NO_STORE)


def render_html(
    template: str, reader: Visit, *, place: PlaceName | None = None, **values: object
) -> str:
    """Fill a template; an undefined name in it is an error."""
    return (
        _templates()
        .get_template(template)
        .render(
            reader=reader,
            language=reader.language,
            shell=SHELL_WORDS[reader.language],
            places=PLACES,
            place=place,
            log_out=LOGOUT,
            **values,
        )
    )


@cache
def asset_version(name: str) -> str:
    """Return a digest of a file in `static/`, so that caches never lie."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["asset"] = _asset
    environment.filters["day"] = _day
    environment.filters["message"] = _message
    return environment


def _shown(value: object) -> object:
    """Take what nobody can see out of text; our own HTML stays as it is."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _message(text: str) -> Markup:
    return Markup(escape_message(text))


@pass_context
def _asset(context: Context, name: str) -> str:
    return f"{context['reader'].root}/seite/{name}?v={asset_version(name)}"


@pass_context
def _day(context: Context, day: date) -> str:
    return printed_date(day, context["language"])


def _language(name: str | None) -> Language | None:
    if name == "de":
        return "de"
    return "en" if name == "en" else None


def _preferred(accepted: str) -> Language:
    """Return the first of our languages in an `Accept-Language` header, else German."""
    wishes = [wish.partition(";q=") for wish in accepted.replace(" ", "").split(",")]
    ranked = sorted(wishes, key=lambda wish: wish[2] or "1", reverse=True)
    known: Sequence[Language | None] = [_language(wish[0][:2].lower()) for wish in ranked]
    return next((language for language in known if language), "de")

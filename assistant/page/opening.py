"""The document in which *Fragen* opens: its head names all that the browser will need.

Gradio would serve one of its own, with scripts inside it that our content security policy
refuses, so its browser part would have to fetch what they say, and load one file after another.
"""

import hashlib
from dataclasses import dataclass
from functools import cache

import gradio as gr
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from gradio.routes import ORJSONResponse
from markupsafe import Markup

from assistant.answers import LanguageModel
from assistant.page.frame import render_notice, render_welcome
from assistant.page.gradio_build import GradioBuild, read_build
from assistant.page.lasting_files import KEPT
from assistant.page.shell import Reader, render
from assistant.wording.texts import WORDS

SETUP = "/aufbau.js"
STYLES = ("shell.css", "quelle.css", "fragen.css", "umgang.css", "begriffe.css", "vorab.css")
SCRIPTS = (
    "ansage.js",
    "quelle.js",
    "merkliste.js",
    "auswahl.js",
    "fragen.js",
    "umgang.js",
    "begriffe.js",
)


@dataclass(frozen=True, slots=True)
class Setup:
    """What Gradio's browser part has to know, as a script, and the files that it will load."""

    script: bytes
    version: str
    theme: str
    build: GradioBuild


def router(
    blocks: gr.Blocks, model: LanguageModel | None = None, embedding_host: str = ""
) -> APIRouter:
    """Serve the document; `blocks` has to be mounted before the first request.

    It tells of `model` and `embedding_host` as the layout does, before Gradio is there.
    """
    routes = APIRouter()
    setup = cache(lambda: _setup(blocks))

    @routes.api_route("/", methods=["GET", "HEAD"])
    def document(reader: Reader) -> HTMLResponse:
        words = WORDS[reader.language]
        return render(
            "fragen/seite.html",
            reader,
            place="fragen",
            setup=setup(),
            address=f"{SETUP}?v={setup().version}",
            styles=STYLES,
            scripts=SCRIPTS,
            notice=Markup(render_notice(words, model, embedding_host)),
            welcome=Markup(render_welcome(words)),
        )

    @routes.get(SETUP)
    def script() -> Response:
        return Response(setup().script, media_type="text/javascript", headers=KEPT)

    return routes


def _setup(blocks: gr.Blocks) -> Setup:
    # Addresses count from the page: what a proxy puts before the path need not be known.
    config = {**blocks.config, "root": "./", "current_page": "", "username": None}
    said = {"gradio_config": config, "gradio_api_info": blocks.get_api_info()}
    script = b"".join(
        b"window.%s=%s;" % (name.encode(), ORJSONResponse(value).body)
        for name, value in said.items()
    )
    kinds = {component["type"] for component in blocks.config["components"]}
    return Setup(
        script,
        hashlib.sha256(script).hexdigest()[:12],
        f"theme.css?v={blocks.config['theme_hash']}",
        read_build(kinds),
    )

"""The web application: the page, the passages it shows, `/healthz`, and the guards around them."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.answers import LanguageModel
from assistant.desk.intake import Intake
from assistant.page.context import PageContext
from assistant.page.endpoints import add_endpoints
from assistant.page.events import bind_events
from assistant.page.guard import SameOrigin, SecurityHeaders, trusted_hosts
from assistant.page.layout import TITLE, build_layout, document_head, theme
from assistant.page.page_images import PageImages
from assistant.page.places import add_places
from assistant.page.shell import NO_STORE, STATIC
from assistant.page.warmup import Warmup
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

CONCURRENCY = 4  # questions answered at the same time
MAX_WAITING = 64  # questions in the queue; more are turned away
MAX_SESSIONS = 500  # conversations in memory; the one unused longest is forgotten first


def create_app(
    loader: "Callable[[], Assistant]",
    settings: Settings,
    *,
    images: PageImages | None = None,
    intake: Intake | None = None,
    hosts: Sequence[str] = (),
    model: LanguageModel | None = None,
) -> FastAPI:
    """Build the application; `loader` runs in the background once the server is up.

    `images` shows pages of PDFs as pictures, `intake` takes in what is uploaded. `hosts` are the
    names under which the page may be reached besides the loopback ones, `model` is the language
    model that words answers, of which the page tells before the first question.
    """
    warmup = Warmup(loader)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warmup.start()
        yield

    app = FastAPI(
        title="Bildungslotse", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    app.add_middleware(SameOrigin)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=trusted_hosts(hosts))
    app.add_middleware(SecurityHeaders)  # added last, so outermost: refusals carry the headers too
    app.mount("/seite", StaticFiles(directory=STATIC), name="seite")
    _add_health(app, warmup)
    add_places(app, PageContext(warmup, settings, images, intake))
    gr.mount_gradio_app(
        app,
        _build_blocks(warmup, model),
        path="/",
        footer_links=[],
        run_history=False,  # the default keeps every question in the browser's storage
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        favicon_path=str(STATIC / "favicon.svg"),
        theme=theme(),
        head=document_head(),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    return app


def _build_blocks(warmup: Warmup, model: LanguageModel | None) -> gr.Blocks:
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        layout = build_layout(model)
        bind_events(blocks, layout, warmup, concurrency=CONCURRENCY)
        add_endpoints(warmup, concurrency=CONCURRENCY)
    blocks.queue(max_size=MAX_WAITING, default_concurrency_limit=CONCURRENCY)
    blocks.state_session_capacity = MAX_SESSIONS
    return blocks


def _add_health(app: FastAPI, warmup: Warmup) -> None:
    @app.get("/healthz")
    def health() -> JSONResponse:
        status = warmup.status
        return JSONResponse(
            {"status": status}, status_code=503 if status == "failed" else 200, headers=NO_STORE
        )

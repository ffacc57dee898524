"""The web application: the page, the passages it shows, `/healthz`, and the guards around them."""

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from gradio.route_utils import FnIndexInferError
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.access.entrance import Entrance
from assistant.access.gate import Gate
from assistant.access.limits import AskingLimits
from assistant.access.turnstile import Turnstile
from assistant.answers import LanguageModel
from assistant.api.models import MOST_BYTES
from assistant.desk.intake import Intake
from assistant.desk.syncing import Sync
from assistant.metrics import Metrics
from assistant.page import login, opening
from assistant.page.context import PageContext
from assistant.page.endpoints import add_endpoints
from assistant.page.events import Events, bind_events
from assistant.page.gradio_build import BUILD, FOLDER
from assistant.page.guard import SameOrigin, SecurityHeaders, SentAtOnce, trusted_hosts
from assistant.page.lasting_files import LastingFiles
from assistant.page.layout import TITLE, build_layout, theme
from assistant.page.operations import add_operations
from assistant.page.page_images import PageImages
from assistant.page.places import add_places, unknown_address
from assistant.page.programs import add_programs
from assistant.page.refusals import Refusals
from assistant.page.request_log import RequestLog
from assistant.page.sessions import Holders, OwnStream
from assistant.page.shell import STATIC
from assistant.warmup import Warmup
from corpus.progress import LatestProgress
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

CONCURRENCY = 4  # questions answered at the same time, and no fewer than two for each process
MAX_WAITING = 64  # questions in line; more are turned away
# Gradio's own queue lets all of these in at once, since the line is ours, and holds as many again.
# It is also how many requests with a body are taken at once.
MAX_EVENTS = 2 * (CONCURRENCY + MAX_WAITING)
MOST_EVENT_BYTES = 256_000  # of an event of Gradio, which checks nothing in it before it waits
MAX_SESSIONS = 500  # conversations in memory; the one unused longest is forgotten first


def create_app(
    loader: "Callable[[], Assistant]",
    settings: Settings,
    *,
    images: PageImages | None = None,
    intake: Intake | None = None,
    sync: Sync | None = None,
    model: LanguageModel | None = None,
    metrics: Metrics | None = None,
    progress: LatestProgress | None = None,
) -> FastAPI:
    """Build the application; `loader` runs in the background once the server is up.

    `images` shows pages of PDFs as pictures, `intake` takes in what is uploaded, `sync`
    compares folders with the index, `model` is the language model that words answers, of which the
    page tells before the first question, `metrics` counts, `progress` is how far the loader is.
    """
    warmup = Warmup(loader, progress)
    entrance = Entrance(settings)
    metrics = metrics or Metrics()

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warmup.start()
        async with programs:
            yield

    app = FastAPI(
        title="Bildungslotse",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    limits = AskingLimits(settings.questions_per_minute, settings.address_questions_per_minute)
    holders = Holders()
    _add_guards(app, settings, entrance, limits, metrics, holders)
    app.mount("/seite", LastingFiles(STATIC, names_change=False))
    app.mount("/assets", LastingFiles(BUILD / FOLDER, names_change=True))
    add_operations(app, warmup, metrics)
    app.include_router(login.router(entrance))
    # One process is the service itself, for which the number is made.
    at_once = max(CONCURRENCY, 2 * settings.workers) if settings.workers > 1 else CONCURRENCY
    turnstile = Turnstile(at_once, MAX_WAITING, settings.request_seconds)
    programs = add_programs(app, warmup, turnstile)
    context = PageContext(warmup, settings, images=images, intake=intake, sync=sync, limits=limits)
    add_places(app, context)
    blocks = _build_blocks(context, turnstile, model, holders)
    app.include_router(opening.router(blocks, model, settings.embedding_host))
    gr.mount_gradio_app(
        app,
        blocks,
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
        app_kwargs={
            "docs_url": None,
            "redoc_url": None,
            "openapi_url": None,
            "max_body_size": MOST_EVENT_BYTES,
            # It is asked last, after all routes of ours.
            "exception_handlers": dict.fromkeys((404, 405, FnIndexInferError), unknown_address),
        },
    )
    return app


def _add_guards(
    app: FastAPI,
    settings: Settings,
    entrance: Entrance,
    limits: AskingLimits,
    metrics: Metrics,
    holders: Holders,
) -> None:
    """Add what every request passes, innermost first."""
    app.add_middleware(OwnStream, holders=holders)
    app.add_middleware(SentAtOnce, most=MAX_EVENTS)
    app.add_middleware(Gate, entrance=entrance, limits=limits)
    app.add_middleware(SameOrigin)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=trusted_hosts(settings.host_names))
    # As an argument of the application it would refuse outside of all of these.
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BYTES)
    app.add_middleware(Refusals)
    app.add_middleware(RequestLog, metrics=metrics)
    app.add_middleware(SecurityHeaders)  # outermost, so that refusals carry the headers too


def _build_blocks(
    context: PageContext,
    turnstile: Turnstile,
    model: LanguageModel | None,
    holders: Holders,
) -> gr.Blocks:
    blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        layout = build_layout(model, context.settings.embedding_host)
        events = Events(layout, context.warmup, context.seal, turnstile, holders)
        bind_events(blocks, layout, events)
        add_endpoints(context.warmup, turnstile)
    blocks.max_threads = MAX_EVENTS
    blocks.queue(max_size=MAX_EVENTS, default_concurrency_limit=None)
    blocks.state_session_capacity = MAX_SESSIONS
    return blocks

"""`serve`: the page, and what has to happen before its first answer."""

import threading
import webbrowser
from functools import cache
from typing import Annotated

import typer

from commands.options import Data
from commands.warming import warm_up
from commands.wiring import cached_embedder, language_model
from corpus.audiences import check_rules
from corpus.cores import usable_cores
from corpus.inventory import read_inventory
from corpus.progress import LatestProgress
from corpus.settings import Settings, load_settings

# Longer than clients and proxies keep a connection (httpx 5 s, nginx 60 s): whoever closes first
# must not be the server, or a request that is just being sent finds nobody.
KEEP_ALIVE = 75  # seconds
MOST_PROCESSES = 4  # unless set: each one holds model and index


def serve(
    host: Annotated[str, typer.Option(help="Adresse der Seite.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Anschluss der Seite.")] = 7860,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Die Seite im Browser öffnen.")
    ] = False,
    data: Data = None,
) -> None:
    """Die Seite starten; beim ersten Mal werden die Startdokumente eingelesen."""
    settings = load_settings(data=data)
    from assistant.access.entrance import refuse_open_address
    from assistant.page.address import free_address

    refuse_open_address(host, settings)
    settings = settings.model_copy(update={"workers": _processes(settings)})
    check_rules(settings.audiences, (one.origin for one in read_inventory(settings.data)))
    address = free_address(host, port)
    import uvicorn

    from assistant.metrics import Metrics
    from assistant.page.server import create_app
    from commands.comparing import DeskSync
    from commands.intake import UploadIntake
    from commands.logs import log_to
    from ingest.cage.drawing import PageDrawer

    typer.echo(f"Bildungslotse läuft unter {address} (beenden mit Strg+C).", err=True)
    if open_browser:
        threading.Timer(1.5, webbrowser.open, [address]).start()
    log_to(requests=settings.log_requests)
    metrics = Metrics()
    drawer = PageDrawer()
    progress = LatestProgress()
    embedder = cache(lambda: cached_embedder(settings))  # one for questions and for uploads
    page = create_app(
        lambda: warm_up(settings, embedder(), metrics, progress),
        settings,
        model=language_model(settings),
        images=drawer,
        intake=UploadIntake(settings, embedder),
        sync=DeskSync(settings, embedder),
        metrics=metrics,
        progress=progress,
    )
    drawer.prepare()
    # An open page holds a stream of events; without a limit it would hold up the end.
    uvicorn.run(
        page,
        host=host,
        port=port,
        root_path=settings.root_path,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=KEEP_ALIVE,
    )
    drawer.close()


def _processes(settings: Settings) -> int:
    """Return how many answer: where nothing is set, one for each core if people log in."""
    from assistant.access.entrance import Entrance

    if settings.workers or not Entrance(settings).needs_login:
        return max(1, settings.workers)
    return min(usable_cores(), MOST_PROCESSES)

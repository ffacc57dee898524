"""`serve`: the page, and what has to happen before its first answer."""

import threading
import webbrowser
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import Data
from commands.verify import repair_index
from commands.wiring import cached_embedder, language_model, open_writer
from corpus.audiences import check_rules
from corpus.inventory import read_inventory
from corpus.progress import LatestProgress, ShowProgress
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant
    from assistant.metrics import Metrics
    from corpus.embedder import Embedder


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
        lambda: _warm_up(settings, embedder(), metrics, progress),
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
    )
    drawer.close()


def _warm_up(
    settings: Settings, embedder: "Embedder", metrics: "Metrics", show: ShowProgress
) -> "Assistant":
    """Mend a damaged index, take in the starter library where it is used, and open the index."""
    from assistant.dialogue import Assistant
    from corpus.manifest import read_manifest
    from corpus.verification import verify
    from ingest.pipeline import IngestRun, has_library

    findings = verify(settings.data)
    if findings:
        repair_index(settings, findings)
    if read_manifest(settings.data) is None or has_library(settings.data):
        run = IngestRun(
            starter_documents(settings), settings=settings, embedder=embedder, progress=show
        )
        for report in run:
            metrics.ingested(report)
    return Assistant(
        settings.data,
        embedder,
        rules=settings.audiences,
        observer=metrics,
        writer=open_writer(settings),
    )


def starter_documents(settings: Settings) -> list[Path]:
    """Return the starter documents but for those that somebody removed."""
    from corpus.origins import library_folder
    from corpus.tombstones import read_tombstones
    from ingest.files import find_files
    from ingest.identities import Identities

    removed = {one.id for one in read_tombstones(settings.data)}
    identities = Identities(settings.data)
    return [path for path in find_files([library_folder()]) if identities.of(path) not in removed]

"""What happens between the start of the page and its first answer."""

import logging
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from commands.logs import log_to
from commands.verify import repair_index
from commands.wiring import cached_embedder, open_writer
from corpus.errors import Unavailable
from corpus.manifest import IndexMismatch, read_manifest
from corpus.progress import ShowProgress
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant, Elsewhere
    from assistant.metrics import Metrics
    from corpus.embedder import Embedder
    from corpus.server import Server

log = logging.getLogger(__name__)


def warm_up(
    settings: Settings, embedder: "Embedder", metrics: "Metrics", show: ShowProgress
) -> "Assistant":
    """Mend a damaged index, take in the starter library where it is used, and open the index."""
    from assistant.dialogue import Assistant
    from corpus.follower import Follower
    from corpus.server import server_of
    from corpus.verification import verify

    server = server_of(settings)
    if server is not None:
        _catch_up(settings, server)
    try:
        findings = verify(settings.data, server)
        if findings:
            repair_index(settings, findings)
        _take_in_library(settings, embedder, metrics, show)
    except Unavailable:
        if read_manifest(settings.data) is None:
            raise
        log.warning("the server does not answer, the copy of its index is used as it is")
    if server is not None:
        Follower(settings.data, server).start()
    return Assistant(
        settings.data,
        embedder,
        rules=settings.audiences,
        observer=metrics,
        writer=open_writer(settings),
        server=server,
        elsewhere=_workers(settings),
    )


def _workers(settings: Settings) -> "Elsewhere | None":
    """Start the processes that answer; a language model, where there is one, takes the time."""
    if settings.workers <= 1 or settings.has_llm:
        return None
    from assistant.workers import Workers

    return Workers(settings.workers, partial(load_worker, settings)).answer


def load_worker(settings: Settings) -> "Assistant":
    """Open the index in a process that answers for the service, which counts and follows alone."""
    from assistant.dialogue import Assistant
    from corpus.server import server_of

    log_to()
    return Assistant(
        settings.data,
        cached_embedder(settings),
        rules=settings.audiences,
        server=server_of(settings),
    )


def _catch_up(settings: Settings, server: "Server") -> None:
    """Fetch what is live on the server; without a copy wait for it, for nothing can be answered."""
    from corpus.following import ForeignIndex, follow
    from corpus.server import Refused

    is_told = False
    while True:
        try:
            follow(settings.data, server)
            return
        except (ForeignIndex, Refused):
            raise
        except IndexMismatch:
            return  # the check says more of it, and mends it
        except Unavailable:
            if read_manifest(settings.data) is not None:
                return
            if not is_told:
                log.warning("waiting for the server, for there is no copy of its index yet")
                is_told = True
            time.sleep(1)


def _take_in_library(
    settings: Settings, embedder: "Embedder", metrics: "Metrics", show: ShowProgress
) -> None:
    """Take in the starter documents where there is nothing yet, or where they are in use.

    Where another machine was first, what it took in is there already the next time.
    """
    from corpus.shared import insist
    from ingest.pipeline import IngestRun, has_library

    def take_in() -> None:
        if not (read_manifest(settings.data) is None or has_library(settings.data)):
            return
        run = IngestRun(
            starter_documents(settings), settings=settings, embedder=embedder, progress=show
        )
        for report in run:
            metrics.ingested(report)

    insist(take_in, lambda _: None)


def starter_documents(settings: Settings) -> list[Path]:
    """Return the starter documents but for those that somebody removed."""
    from corpus.origins import library_folder
    from corpus.tombstones import read_tombstones
    from ingest.files import find_files
    from ingest.identities import Identities

    removed = {one.id for one in read_tombstones(settings.data)}
    identities = Identities(settings.data)
    return [path for path in find_files([library_folder()]) if identities.of(path) not in removed]

"""The page on a real uvicorn server, on a free port of the loopback."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import uvicorn

from assistant.desk.intake import Intake
from assistant.desk.syncing import Sync
from assistant.metrics import Metrics
from assistant.page.page_images import PageImages
from assistant.page.server import create_app
from corpus.progress import LatestProgress
from corpus.settings import Settings

PATIENCE = 120.0  # seconds; the machine may be busy


@contextlib.contextmanager
def serve(
    loader: Callable[[], Any],
    settings: Settings = Settings(),  # noqa: B008  frozen
    *,
    images: PageImages | None = None,
    intake: Intake | None = None,
    sync: Sync | None = None,
    progress: LatestProgress | None = None,
    wait_until_ready: bool = True,
    metrics: Metrics | None = None,
) -> Iterator[str]:
    """Serve the page and give its address, without a slash at the end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            create_app(
                loader,
                settings,
                images=images,
                intake=intake,
                sync=sync,
                metrics=metrics,
                progress=progress,
            ),
            log_level="critical",
            root_path=settings.root_path,
            lifespan="on",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            _wait_for(lambda: server.started)
            if wait_until_ready:
                _wait_for(lambda: httpx.get(f"{address}/healthz").json()["status"] != "loading")
            yield address
        finally:
            server.should_exit = True
            thread.join(30)


def _wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the server did not get ready")
        time.sleep(0.05)

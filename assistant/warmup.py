"""Loading the assistant behind a page that is already there."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Literal

from corpus.errors import UserFacingError
from corpus.progress import LatestProgress, Progress

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

log = logging.getLogger(__name__)

Status = Literal["loading", "ready", "failed"]


class Warmup:
    """The assistant that is being loaded, and what became of it."""

    def __init__(
        self, loader: "Callable[[], Assistant]", progress: LatestProgress | None = None
    ) -> None:
        """`progress` is what the loader tells about its long work, if it does."""
        self._loader = loader
        self._progress = progress or LatestProgress()
        self._finished: Future[None] = Future()
        self._assistant: Assistant | None = None
        self.error: UserFacingError | None = None

    def start(self) -> None:
        """Load in a thread that does not keep the process alive."""
        threading.Thread(target=self._load, name="warmup", daemon=True).start()

    @property
    def status(self) -> Status:
        """How far loading has come."""
        if not self._finished.done():
            return "loading"
        return "ready" if self._assistant is not None else "failed"

    @property
    def progress(self) -> Progress | None:
        """The newest moment of a long loading; None where there is nothing to tell."""
        return self._progress.now if self.status == "loading" else None

    @property
    def loaded(self) -> "Assistant | None":
        """The assistant, or None while there is none."""
        return self._assistant

    async def settled(self) -> None:
        """Wait, holding up no thread, until the assistant is there or never will be."""
        await asyncio.shield(asyncio.wrap_future(self._finished))

    def wait(self) -> "Assistant":
        """Return the assistant when it is there; raise what went wrong when it never will be."""
        self._finished.result()
        if self._assistant is None:
            raise self.error or _unknown_failure()
        return self._assistant

    def _load(self) -> None:
        try:
            self._assistant = self._loader()
        except UserFacingError as error:
            log.error("The assistant could not be loaded: %s", error)
            self.error = error
        except Exception:  # the thread's only caller is the page, which has to say that it failed
            log.exception("The assistant could not be loaded")
            self.error = _unknown_failure()
        finally:
            self._finished.set_result(None)


def _unknown_failure() -> UserFacingError:
    return UserFacingError(
        "Das Modell konnte nicht geladen werden.",
        hint="Bitte den Bildungslotsen neu starten; die Ursache steht im Protokoll.",
    )

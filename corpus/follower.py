"""Looks at the server again and again, and brings this machine up to what is live there."""

import logging
import threading
from pathlib import Path

from corpus.errors import Unavailable, UserFacingError
from corpus.following import follow
from corpus.server import Refused, Server
from corpus.transfer import Incomplete

EVERY = 2.0  # seconds between two looks
# Values stay out of the log, so each kind has a sentence of its own.
_WORDS = {
    Unavailable: "the server does not answer",
    Refused: "the server refuses the token, or its certificate is not trusted",
    Incomplete: "something on the server is damaged or missing",
}
logger = logging.getLogger(__name__)


class Follower:
    """A thread of its own that ends with the process; readers notice the switch by themselves."""

    def __init__(self, data: Path, server: Server, every: float = EVERY) -> None:
        self._data = data
        self._server = server
        self._every = every
        self._stopping = threading.Event()
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                follow(self._data, self._server)
                self._tell("")
            except UserFacingError as error:
                self._tell(_WORDS.get(type(error), "the server's index cannot be taken over"))
            except Exception:  # a thread that ended would leave this machine behind unnoticed
                logger.exception("the server's index could not be followed")

    def _tell(self, problem: str) -> None:
        if problem != self._told:
            logger.warning(problem or "the server is followed again")
            self._told = problem

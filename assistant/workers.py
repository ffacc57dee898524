"""Processes that answer: Python computes in one thread at a time, and the cores are several."""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from assistant.answers import Answer, Message
from assistant.dialogue import Assistant, last
from corpus.audiences import Readership

log = logging.getLogger(__name__)

_own: list[Assistant] = []  # of a worker: the assistant that it loaded


class Workers:
    """Processes with a model and the index of their own each; what one is asked, it answers whole.

    They look for the live generation and at the reader's audience themselves, at each question.
    """

    def __init__(self, count: int, load: Callable[[], Assistant]) -> None:
        """Start `count` processes; `load` must be found by its name in each of them."""
        self._count = count
        self._load = load
        self._lock = threading.Lock()
        self._pool = self._started()

    def answer(
        self,
        question: str,
        history: Sequence[Message],
        readership: Readership,
        within: frozenset[str],
    ) -> Answer:
        """Answer in a process; in a new one, should it be lost meanwhile, and then never again."""
        asked = question, tuple(history), readership, within
        pool = self._pool
        try:
            return pool.submit(_answer, *asked).result()
        except BrokenProcessPool:
            return self._successor(pool).submit(_answer, *asked).result()

    def _started(self) -> ProcessPoolExecutor:
        # Never forked: a copy of a program with threads may stand still for ever.
        spawned = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self._count, spawned, _begin, (self._load,))
        pool.submit(os.getpid)  # the first task starts all of them
        return pool

    def _successor(self, lost: ProcessPoolExecutor) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is lost:
                log.error("A process that answers was lost, all of them begin anew")
                self._pool = self._started()
            return self._pool


def _begin(load: Callable[[], Assistant]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service, which ends us
    threading.Thread(target=_end_with_service, daemon=True).start()
    _own.append(load())


def _end_with_service() -> None:
    """Leave no process behind where the service was killed."""
    service = multiprocessing.parent_process()
    if service is not None:
        service.join()
        os._exit(1)


def _answer(
    question: str, history: Sequence[Message], readership: Readership, within: frozenset[str]
) -> Answer:
    (assistant,) = _own
    return last(assistant.for_reader(readership).within(within).ask(question, history))

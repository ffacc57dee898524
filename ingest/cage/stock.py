"""A stock of processes that touch foreign files, started when needed and used again."""

import threading
from collections.abc import Callable
from typing import TypeVar

from ingest.cage.limits import Limits
from ingest.cage.process import CagedProcess, OnPage
from ingest.cage.protocol import Order

Answer = TypeVar("Answer")


class Stock:
    """Hands out processes; each is asked by one thread at a time."""

    def __init__(self, limits: Limits, reader: str) -> None:
        self._limits = limits
        self._reader = reader
        self._idle: list[CagedProcess] = []
        self._lock = threading.Lock()

    def ask(self, order: Order, parse: Callable[[bytes], Answer], on_page: OnPage) -> Answer:
        """Have one order carried out; raises `Died` or `Overrun`, and that process is gone."""
        with self._lock:
            process = self._idle.pop() if self._idle else None
        process = process or CagedProcess(self._reader, self._limits)
        try:
            answer = process.ask(order, parse, on_page)
        except BaseException:  # also Ctrl+C: the process is in the middle of something
            process.close()
            raise
        if process.is_spent:
            process.close()
        else:
            with self._lock:
                self._idle.append(process)
        return answer

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.close()

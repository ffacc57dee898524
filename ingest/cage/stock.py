"""A stock of processes that touch foreign files, started when needed and used again."""

import threading
from collections.abc import Callable
from typing import TypeVar

from ingest.cage.limits import Limits
from ingest.cage.process import CagedProcess, Died, OnPage, Overrun
from ingest.cage.protocol import Order

Answer = TypeVar("Answer")


class Stock:
    """Hands out processes; each is asked by one thread at a time."""

    def __init__(self, limits: Limits, reader: str) -> None:
        self._limits = limits
        self._reader = reader
        self._idle: list[CagedProcess] = []
        self._busy: set[CagedProcess] = set()
        self._is_closed = False
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Start a process, so that the first order need not wait for it."""
        process = CagedProcess(self._reader, self._limits)
        with self._lock:
            self._idle.append(process)

    def ask(self, order: Order, parse: Callable[[bytes], Answer], on_page: OnPage) -> Answer:
        """Have one order carried out; raises `Died` or `Overrun`, and that process is gone."""
        process = self._take()
        try:
            answer = process.ask(order, parse, on_page)
        except (Died, Overrun):
            self._end(process)
            self._replace()
            raise
        except BaseException:  # Ctrl+C: the process is in the middle of something
            self._end(process)
            raise
        with self._lock:
            is_kept = not (process.is_spent or self._is_closed)
            if is_kept:
                self._busy.discard(process)
                self._idle.append(process)
        if not is_kept:
            self._end(process)
            self._replace()
        return answer

    def _replace(self) -> None:
        """Start the successor of a process that is gone, before somebody has to wait for it."""
        with self._lock:
            if not self._is_closed:
                self._idle.append(CagedProcess(self._reader, self._limits))

    def _take(self) -> CagedProcess:
        with self._lock:
            if self._is_closed:
                raise Died(0)
            process = self._idle.pop() if self._idle else CagedProcess(self._reader, self._limits)
            self._busy.add(process)
            return process

    def _end(self, process: CagedProcess) -> None:
        with self._lock:
            self._busy.discard(process)
        process.close()

    def close(self) -> None:
        """End all processes; what one of them is asked at the moment ends as `Died`."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for process in self._busy:
                process.kill()
        for process in idle:
            process.close()

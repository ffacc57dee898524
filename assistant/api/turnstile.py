"""Whose turn it is: a few answers at a time, and nobody waits behind one person's many."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from corpus.errors import UserFacingError

MOST_WAITING_EACH = 8  # of one person


class Crowded(UserFacingError):
    """So many are waiting that another one would wait too long."""


class Turnstile:
    """Lets `at_once` through; people who wait take turns, whoever came first begins.

    Belongs to one event loop.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._free = at_once
        self._most_waiting = most_waiting
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._queues.values()))

    @asynccontextmanager
    async def turn(
        self, key: str, on_wait: Callable[[int], None] = lambda position: None
    ) -> AsyncIterator[None]:
        """Wait for a turn of the person `key`; `on_wait` is told the position, from 1, if any."""
        if self._free and not self._queues:
            self._free -= 1
        else:
            await self._wait(key, on_wait)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, key: str, on_wait: Callable[[int], None]) -> None:
        mine = self._queues.get(key, deque())
        if self.waiting >= self._most_waiting or len(mine) >= MOST_WAITING_EACH:
            raise Crowded(
                "Es warten gerade zu viele Fragen.", hint="Bitte in einigen Sekunden wiederholen."
            )
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(key, mine).append(turn)
        on_wait(self._position(key))
        try:
            await turn
        except asyncio.CancelledError:
            self._give_up(key, turn)
            raise

    def _position(self, key: str) -> int:
        """Return the place of the last one of `key`, when everyone takes turns."""
        depth = len(self._queues[key])
        keys = list(self._queues)
        before = sum(
            min(len(queue), depth if keys.index(other) < keys.index(key) else depth - 1)
            for other, queue in self._queues.items()
            if other != key
        )
        return before + depth

    def _pass_on(self) -> None:
        while self._queues:
            key, queue = next(iter(self._queues.items()))
            turn = queue.popleft()
            del self._queues[key]
            if queue:
                self._queues[key] = queue  # at the end: the others come first
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _give_up(self, key: str, turn: asyncio.Future[None]) -> None:
        """Leave the queue; a turn that had just come is handed to the next one."""
        if turn.done() and not turn.cancelled():
            self._pass_on()
            return
        queue = self._queues.get(key)
        if queue and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[key]

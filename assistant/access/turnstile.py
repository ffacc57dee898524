"""Whose turn it is: a few answers at a time, and nobody waits behind one person's many.

All interfaces share one turnstile, so that a program cannot push in before people.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from corpus.errors import UserFacingError

T = TypeVar("T")

FIRST_LOOK = 0.3  # seconds before anybody is told that they wait; most never are
NEXT_LOOK = 1.0  # seconds until their place is told again
MEMORY = 0.1  # weight of the newest turn in the mean length of a turn


class Crowded(UserFacingError):
    """So many are waiting that another one would wait too long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Es warten gerade zu viele Fragen.", hint=f"Bitte in etwa {seconds} s wiederholen."
        )
        self.seconds = seconds


class TooLate(UserFacingError):
    """A question took longer than is allowed."""

    def __init__(self) -> None:
        super().__init__(
            "Die Antwort hat länger gedauert, als eine Frage dauern darf.",
            hint="Bitte später wiederholen oder eine kürzere Frage stellen.",
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands in line."""

    position: int  # from 1
    people: int  # how many others have a question before it


class Place:
    """One question's place in line and, when it is called, its turn."""

    def __init__(self, key: str, end: float, standing: Callable[["Place"], Standing]) -> None:
        """`end` is when, by the clock of the loop, waiting and answering have to be over."""
        self.key = key
        self._loop = asyncio.get_running_loop()
        self.turn: asyncio.Future[float] = self._loop.create_future()  # when it came
        self.step: asyncio.Future[Any] | None = None
        self._end = end
        self._standing = standing

    def call(self) -> None:
        """Let the turn of this question begin."""
        self.turn.set_result(self._loop.time())

    async def waiting(self) -> AsyncIterator[Standing]:
        """Yield where the question stands, now and then, until its turn has come.

        Raises `Crowded` when it has to make room for somebody else's, `TooLate` when time is up.
        """
        look = FIRST_LOOK
        while not await self._is_done(self.turn, look):
            yield self._standing(self)
            look = NEXT_LOOK
        self.turn.result()

    async def run(self, work: Callable[[], T]) -> T:
        """Wait for the turn, if need be, and run `work` in a thread.

        A thread cannot be stopped: when time is up, or whoever asked has gone, it goes on alone.
        """
        async for _ in self.waiting():
            pass
        step = asyncio.ensure_future(run_in_threadpool(work))
        step.add_done_callback(_looked_at)
        self.step = step
        await self._is_done(step, math.inf)
        return step.result()

    async def _is_done(self, awaited: "asyncio.Future[T]", seconds: float) -> bool:
        left = self._end - self._loop.time()
        done, _ = await asyncio.wait({awaited}, timeout=max(0.0, min(seconds, left)))
        if not done and left <= seconds:
            raise TooLate
        return bool(done)


class Turnstile:
    """Lets `at_once` through; people who wait take turns, whoever came first begins.

    Belongs to one event loop.
    """

    def __init__(self, at_once: int, most_waiting: int, seconds: float) -> None:
        """Let a question take so many `seconds`, waiting included."""
        self._at_once = self._free = at_once
        self._most_waiting = most_waiting
        self._seconds = seconds
        self._mean = 1.0  # seconds of a turn
        self._queues: OrderedDict[str, deque[Place]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return sum(map(len, self._queues.values()))

    def check_room(self, key: str) -> None:
        """Raise `Crowded` if another question of the person `key` would find no place."""
        if self.waiting >= self._most_waiting and len(self._queues.get(key, ())) + 1 >= len(
            self._queues[self._longest]
        ):
            raise self._crowded()

    @asynccontextmanager
    async def place(self, key: str) -> AsyncIterator[Place]:
        """Take a place in line for a question of the person `key`, and leave it in the end.

        Where the line is full, the newest question of whoever has most in it makes room.
        """
        place = self._enter(key)
        try:
            yield place
        finally:
            self._leave(place)

    @property
    def _longest(self) -> str:
        return max(self._queues, key=lambda key: len(self._queues[key]))

    def _crowded(self) -> Crowded:
        return Crowded(math.ceil(self._mean * (self.waiting + 1) / self._at_once))

    def _enter(self, key: str) -> Place:
        end = asyncio.get_running_loop().time() + self._seconds
        place = Place(key, end, self._standing)
        if self._free:
            self._free -= 1
            place.call()
            return place
        self.check_room(key)
        if self.waiting >= self._most_waiting:
            self._queues[self._longest].pop().turn.set_exception(self._crowded())
        self._queues.setdefault(key, deque()).append(place)
        return place

    def _standing(self, place: Place) -> Standing:
        """Return the standing when everyone takes turns."""
        keys = list(self._queues)
        mine = keys.index(place.key)
        depth = self._queues[place.key].index(place) + 1
        before = [
            min(len(self._queues[key]), depth if number < mine else depth - 1)
            for number, key in enumerate(keys)
            if number != mine
        ]
        return Standing(sum(before) + depth, sum(map(bool, before)))

    def _pass_on(self, began: float) -> None:
        """Let the next one in, after a turn that `began` then."""
        self._mean += MEMORY * (asyncio.get_running_loop().time() - began - self._mean)
        if not self._queues:
            self._free += 1
            return
        key, queue = self._queues.popitem(last=False)
        queue.popleft().call()
        if queue:
            self._queues[key] = queue  # at the end: the others come first

    def _leave(self, place: Place) -> None:
        """Give back the turn, when its thread has ended, or the place in line."""
        if not place.turn.done():
            queue = self._queues[place.key]
            queue.remove(place)
            if not queue:
                del self._queues[place.key]
        elif place.turn.exception() is None:
            began = place.turn.result()
            if place.step is None or place.step.done():
                self._pass_on(began)
            else:
                place.step.add_done_callback(lambda _: self._pass_on(began))


def _looked_at(step: asyncio.Future[T]) -> None:
    """Take note of how a step ended, so that none is reported as unseen."""
    if not step.cancelled():
        step.exception()

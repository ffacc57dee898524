"""How long one request may take, waiting in line included."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from corpus.errors import UserFacingError

T = TypeVar("T")


class TooLate(UserFacingError):
    """A request took longer than is allowed."""


async def within(seconds: float, work: Awaitable[T]) -> T:
    """Return what `work` comes to; `TooLate` after so many seconds.

    Whoever still waits then leaves the line. What already runs in a thread cannot be stopped: it
    keeps its turn until it ends, so that there are never more at once than allowed.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=max(0.0, seconds))
        if done:
            return task.result()
    finally:
        task.cancel()
    raise TooLate(
        "Die Antwort hat länger gedauert, als eine Anfrage dauern darf.",
        hint="Später wiederholen oder eine kürzere Frage stellen.",
    )

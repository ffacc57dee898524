"""Work on the next files while the last ones are embedded, in their order and within bounds."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4  # finished files that may wait, for each worker
# Seconds. A Ctrl+C that the system gives to a worker is noticed when the main thread next wakes up.
_STEP = 0.5


class ReadAhead(Generic[Item, Result]):
    """Calls `work` for each item on `workers` threads; iterate for the results in order.

    Leaving the context drops what has not begun and waits for what has.
    """

    def __init__(
        self, items: Iterable[Item], work: Callable[[Item], Result], *, workers: int
    ) -> None:
        self._items = iter(items)
        self._work = work
        self._most = _AHEAD * workers
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="read")
        self._waiting: deque[Future[Result]] = deque()

    def __enter__(self) -> "ReadAhead[Item, Result]":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def __iter__(self) -> Iterator[Result]:
        return self

    def __next__(self) -> Result:
        for item in self._items:
            self._waiting.append(self._pool.submit(self._work, item))
            if len(self._waiting) >= self._most:
                break
        if not self._waiting:
            raise StopIteration
        first = self._waiting.popleft()
        while not first.done():
            wait([first], timeout=_STEP)
        return first.result()

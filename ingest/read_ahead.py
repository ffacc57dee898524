"""Work on the next files while the last ones are embedded, in their order and within bounds."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_HANDED_OUT = 1_024  # items that the workers know of
# Seconds. A Ctrl+C that the system gives to a worker is noticed when the main thread next wakes up.
_STEP = 0.5


class ReadAhead(Generic[Item, Result]):
    """Calls `work` for each item on `workers` threads; iterate for the results in order.

    Leaving the context drops what has not begun and waits for what has.
    """

    def __init__(
        self,
        items: Iterable[Item],
        work: Callable[[Item], Result],
        *,
        workers: int,
        most: int,
        weigh: Callable[[Result], int] = lambda result: 1,
    ) -> None:
        """Begin no item while finished results wait that weigh `most` or more together.

        The one that is asked for begins in any case: those that wait may stand behind it.
        """
        self._items = enumerate(items)
        self._work = work
        self._most = most
        self._weigh = weigh
        self._weight = 0  # of the finished results that wait
        self._asked = 0  # results
        self._is_left = False
        self._room = threading.Condition()
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
        with self._room:
            self._is_left = True
            self._room.notify_all()
        self._pool.shutdown(cancel_futures=True)

    def __iter__(self) -> Iterator[Result]:
        return self

    def __next__(self) -> Result:
        for number, item in self._items:
            self._waiting.append(self._pool.submit(self._carry_out, number, item))
            if len(self._waiting) >= _HANDED_OUT:
                break
        if not self._waiting:
            raise StopIteration
        first = self._waiting.popleft()
        with self._room:
            self._asked += 1
            self._room.notify_all()
        while not first.done():
            wait([first], timeout=_STEP)
        result = first.result()
        with self._room:
            self._weight -= self._weigh(result)
            self._room.notify_all()
        return result

    def _carry_out(self, number: int, item: Item) -> Result:
        with self._room:
            self._room.wait_for(
                lambda: self._weight < self._most or number < self._asked or self._is_left
            )
            if self._is_left:
                raise CancelledError
        result = self._work(item)
        with self._room:
            self._weight += self._weigh(result)
        return result

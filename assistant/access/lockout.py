"""Lock-out: after some failed attempts nobody gets in for a while, not even with the password."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

PAIR_ATTEMPTS = 5  # one name from one address
WIDE_ATTEMPTS = 20  # one name from anywhere, or any name from one address
SECONDS = 900.0
MOST_KEYS = 10_000  # remembered; the one unused longest is forgotten first


class Lockout:
    """Counts failures by name, by address and by both; kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()

    def remaining(self, name: str, address: str) -> float:
        """Return the seconds until another attempt is allowed, 0 when it is allowed now."""
        with self._lock:
            return max(self._wait(key, limit) for key, limit in _keys(name, address))

    def failed(self, name: str, address: str) -> None:
        """Note a failed attempt."""
        now = self._clock()
        with self._lock:
            for key, limit in _keys(name, address):
                times = self._failures.setdefault(key, [])
                times.append(now)
                del times[:-limit]
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget what one person mistyped; others may still be guessing the same name."""
        with self._lock:
            self._failures.pop((name, address), None)

    def _wait(self, key: tuple[str, str], limit: int) -> float:
        times = self._failures.get(key, [])
        return 0.0 if len(times) < limit else max(0.0, times[-limit] + SECONDS - self._clock())


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return (
        ((name, address), PAIR_ATTEMPTS),
        ((name, ""), WIDE_ATTEMPTS),
        (("", address), WIDE_ATTEMPTS),
    )

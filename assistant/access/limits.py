"""How often a person and an address may ask: a token bucket for each, refilled all the time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from corpus.errors import UserFacingError

BURST = 20.0  # questions at once
HOUSE_BURST = 200.0  # from one address: an office has one for all of its people
MOST_KEYS = 10_000  # people and addresses remembered


class TokenBuckets:
    """One bucket for each key; a full one is as good as none, so forgetting is safe."""

    def __init__(
        self,
        per_minute: float,
        clock: Callable[[], float] = time.monotonic,
        burst: float = BURST,
    ) -> None:
        self._rate = per_minute / 60
        self._burst = min(burst, per_minute)
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # level, when

    def take(self, key: str) -> float:
        """Take one token; return 0, or the seconds to wait when there is none."""
        now = self._clock()
        with self._lock:
            level, when = self._levels.get(key, (self._burst, now))
            level = min(self._burst, level + (now - when) * self._rate)
            wait = 0.0 if level >= 1 else (1 - level) / self._rate
            self._levels[key] = (level if wait else level - 1, now)
            self._levels.move_to_end(key)
            while len(self._levels) > MOST_KEYS:
                self._levels.popitem(last=False)
        return wait


class TooManyQuestions(UserFacingError):
    """Someone has no token left; the next one is there after `seconds`."""

    def __init__(self, wait: float) -> None:
        self.seconds = max(1, round(wait + 0.5))
        super().__init__(
            "Das waren zu viele Fragen in kurzer Zeit.",
            hint=f"Bitte {self.seconds} s warten und dann weiterfragen.",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the seconds on the way between processes."""
        return type(self), (self.seconds - 0.5,)


class AskingLimits:
    """One bucket for the person and one for the address a question comes from."""

    def __init__(self, per_person: float, per_address: float) -> None:
        self._people = TokenBuckets(per_person)
        self._addresses = TokenBuckets(per_address, burst=HOUSE_BURST)

    def take(self, person: str, address: str) -> float:
        """Take one token of each; return 0, or the seconds to wait.

        Whoever has none of their own left takes none of those that they share with others.
        """
        return self._people.take(person) or self._addresses.take(address)

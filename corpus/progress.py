"""How far a long run is: one type for the command line and for the page."""

import time
from collections.abc import Callable
from dataclasses import dataclass

_SETTLED = 2.0  # seconds before a rate says anything
_MINUTE = 60
_HOUR = 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class Progress:
    """One moment of one stage. `stage` and `unit` are German and shown as they are."""

    stage: str  # "Dokumente einlesen"
    unit: str  # what is counted, in the plural: "Dokumente"
    done: int
    total: int
    seconds: float  # since the stage began
    one: str = ""  # what comes one after the other: "Seite"

    @property
    def count(self) -> str:
        """How much is done, without the stage."""
        return f"{self.one} {self.done} von {self.total}".lstrip()

    @property
    def rate(self) -> float | None:
        """Units per second, or None while too little has been done to tell."""
        if not self.done or self.seconds < _SETTLED:
            return None
        return self.done / self.seconds

    @property
    def remaining_seconds(self) -> float | None:
        """Time to the end of the stage at the rate so far, or None while there is none."""
        return None if self.rate is None else (self.total - self.done) / self.rate

    @property
    def pace(self) -> str:
        """Rate and remaining time in German; empty while there is none."""
        if self.rate is None or self.remaining_seconds is None:
            return ""
        return f"{_rate(self.rate, self.unit)}, {_remaining(self.remaining_seconds)}"

    @property
    def text(self) -> str:
        """One German line: stage, how much is done, at which rate, and how long it will take."""
        line = f"{self.stage}: {self.count}"
        return f"{line} ({self.pace})" if self.pace and self.done < self.total else line


ShowProgress = Callable[[Progress], None]


class LatestProgress:
    """Keeps the newest moment of a run for whoever looks in now and then."""

    def __init__(self) -> None:
        self.now: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Take the place of `ShowProgress`."""
        self.now = progress


def show_nothing(progress: Progress) -> None:
    """Do without progress."""


class Stage:
    """One stage of a run that tells how far it is, beginning with nothing done."""

    def __init__(
        self,
        name: str,
        unit: str,
        total: int,
        show: ShowProgress,
        clock: Callable[[], float] = time.monotonic,
        *,
        one: str = "",
    ) -> None:
        """Begin to count; `clock` gives seconds."""
        self._name = name
        self._unit = unit
        self._total = total
        self._show = show
        self._clock = clock
        self._one = one
        self._started = clock()
        self._done = 0

    def advance(self, count: int = 1) -> None:
        """Tell that `count` more are done."""
        self.reach(self._done + count)

    def reach(self, done: int, total: int | None = None) -> None:
        """Tell that `done` are done in all; `total` corrects how many there are."""
        self._done = done
        self._total = self._total if total is None else total
        seconds = self._clock() - self._started
        moment = Progress(self._name, self._unit, self._done, self._total, seconds, self._one)
        self._show(moment)


def _rate(rate: float, unit: str) -> str:
    if rate >= 1:
        return f"{_number(rate)} {unit} je Sekunde"
    return f"{_number(rate * _MINUTE)} {unit} je Minute"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".replace(".", ",")


def _remaining(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"noch etwa {max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"noch etwa {round(seconds / _MINUTE)} min"
    return f"noch etwa {_number(seconds / _HOUR)} h"

"""Progress on the error output: a bar in a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from corpus.progress import Progress

SECONDS_BETWEEN_LINES = 10.0


class ProgressDisplay:
    """Shows progress while it is open; use it as a context manager and call it."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to `stream`, by default the error output; nothing is written before a call."""
        self._stream = stream or sys.stderr
        self._clock = clock
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._last_line = 0.0

    def __enter__(self) -> Self:
        """Take over the last line of a terminal."""
        if self._stream.isatty():
            self._bar = _bar(self._stream)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was, also when the run was interrupted."""
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Show one moment of a stage."""
        if self._bar is not None:
            self._show_bar(self._bar, progress)
        elif self._is_due(progress):
            print(progress.text, file=self._stream, flush=True)

    def _show_bar(self, bar: Bar, progress: Progress) -> None:
        if self._task is None or progress.stage != self._stage:
            self._stage = progress.stage
            self._task = bar.add_task(progress.stage, pace="")
        bar.update(self._task, completed=progress.done, total=progress.total, pace=progress.pace)

    def _is_due(self, progress: Progress) -> bool:
        """Whether a line is worth its place: a stage begins or ends, or ten seconds went by."""
        now = self._clock()
        is_due = (
            progress.stage != self._stage
            or progress.done >= progress.total
            or now - self._last_line >= SECONDS_BETWEEN_LINES
        )
        if is_due:
            self._stage, self._last_line = progress.stage, now
        return is_due


def _bar(stream: TextIO) -> Bar:
    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.completed:.0f} von {task.total:.0f}", markup=False),
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(file=stream, highlight=False, emoji=False),
        # Reports go to the standard output: above the bar where that is the same terminal.
        redirect_stdout=sys.stdout.isatty(),
        redirect_stderr=True,
        refresh_per_second=4,
    )

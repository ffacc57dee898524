"""Progress on the error output: a bar in a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from corpus.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

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
        # By stage, because several go on at once: files are read while others are embedded.
        self._tasks: dict[str, TaskID] = {}
        self._last_lines: dict[str, float] = {}

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

    def _show_bar(self, bar: "Bar", progress: Progress) -> None:
        task = self._tasks.get(progress.stage)
        if task is None:
            task = self._tasks[progress.stage] = bar.add_task(progress.stage, count="", pace="")
        bar.update(
            task,
            completed=progress.done,
            total=progress.total,
            count=progress.count,
            pace=progress.pace,
            visible=not (progress.one and _is_at_end(progress)),  # one file, which is done
        )

    def _is_due(self, progress: Progress) -> bool:
        """Whether a line is worth its place: a stage begins or ends, or ten seconds went by."""
        now = self._clock()
        last = self._last_lines.get(progress.stage)
        is_due = last is None or _is_at_end(progress) or now - last >= SECONDS_BETWEEN_LINES
        if is_due:
            self._last_lines[progress.stage] = now
        return is_due


def _is_at_end(progress: Progress) -> bool:
    return progress.done >= progress.total


def _bar(stream: TextIO) -> "Bar":
    # Imported here: only who watches a terminal needs it.
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[count]}", markup=False),
        TextColumn("{task.fields[pace]}", markup=False),
        console=Console(file=stream, highlight=False, emoji=False),
        # Reports go to the standard output: above the bar where that is the same terminal.
        redirect_stdout=sys.stdout.isatty(),
        redirect_stderr=True,
        refresh_per_second=4,
    )

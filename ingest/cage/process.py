"""A caged process as seen from outside: started, asked, and killed when it overruns."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import TypeVar

from ingest.cage.limits import Limits
from ingest.cage.protocol import DONE, LAST, MAX_LINE, PAGE, Order, order_line

OnPage = Callable[[int, int], None]
Answer = TypeVar("Answer")

# What a parser has to find; keys and passwords in the environment are not passed on.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TESSDATA_PREFIX", "TZ")
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1])['path']; "
_START += "from ingest.cage.child import main; main(sys.argv[1])"
_TIME_TO_END = 5  # seconds between the last word and the end


class Overrun(Exception):
    """The process gave no sign of life within the wall limit and was killed."""


class Died(Exception):
    """The process ended by itself, with `code` as in `Popen`, or talked nonsense, code 0."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class CagedProcess:
    """One child; may be asked by one thread at a time."""

    def __init__(self, reader: str, limits: Limits) -> None:
        self._limits = limits
        configuration = {"path": sys.path, "reader": reader, "limits": asdict(limits)}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", _START, json.dumps(configuration)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            # Ctrl+C is ours to handle, and killing the group takes what a parser started along.
            start_new_session=True,
        )
        self.is_spent = False  # after its last file

    def ask(self, order: Order, parse: Callable[[bytes], Answer], on_page: OnPage) -> Answer:
        """Have one order carried out; raise `Overrun` or `Died`; then it is to be closed.

        `parse` reads the answer, and raises `ValueError` for what is none.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(order_line(order))
            stdin.flush()
            while True:
                line = self._line()
                if not line.startswith(PAGE):
                    break
                page, pages = line.removeprefix(PAGE).split()
                on_page(int(page), int(pages))
            self.is_spent = line.startswith(LAST)
            if not line.startswith((DONE, LAST)):
                raise Died(self._end_code() if not line else 0)
            return parse(line[len(DONE) :].strip())
        except (OSError, ValueError) as error:  # a broken pipe, or a line that is no answer
            raise Died(0) from error

    def _line(self) -> bytes:
        """Return the next line; empty when the process is gone."""
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            self.kill()

        watchdog = threading.Timer(self._limits.wall_seconds, end)
        watchdog.daemon = True
        watchdog.start()
        assert self._process.stdout is not None
        line = self._process.stdout.readline(MAX_LINE)
        watchdog.cancel()
        if is_late.is_set():
            raise Overrun
        return line

    def _end_code(self) -> int:
        """Return the exit code of a process that has said its last word."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TIME_TO_END)
        return self._process.poll() or 0

    def kill(self) -> None:
        """End the process and everything it started."""
        with suppress(OSError):  # it is gone already
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """End an idle process."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # an order that nobody read any more
                    pipe.close()

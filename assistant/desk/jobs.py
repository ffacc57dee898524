"""Changes to the index in the background: one at a time, each watched by its id, each stoppable.

Jobs live in memory only; what they did to the index stays when they are forgotten.
"""

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.documents import IngestReport
from corpus.errors import UserFacingError

log = logging.getLogger(__name__)

State = Literal["waiting", "running", "finishing", "done", "stopped", "failed"]
Reports = Generator[IngestReport, None, None]
MOST_WAITING = 20
MOST_KEPT = 50  # the oldest that has ended is forgotten first
_ENDED: frozenset[State] = frozenset({"done", "stopped", "failed"})


class TooManyJobs(UserFacingError):
    """So many jobs wait already that another one would only fill the memory."""


@dataclass(slots=True)
class Job:
    """One change to some files; `reports` are in the order of `names`.

    Written by its worker alone, except for `is_stopping`; every reader sees a state that was true.
    """

    id: str
    names: tuple[str, ...]
    reports: tuple[IngestReport, ...] = ()
    state: State = "waiting"
    error: UserFacingError | None = None
    is_stopping: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in _ENDED


@dataclass(frozen=True, slots=True)
class _Order:
    job: Job
    work: Callable[[], Reports]
    clean_up: Callable[[], None] = field(default=lambda: None)


class Jobs:
    """The jobs of one process and the thread that does them."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._orders: queue.Queue[_Order] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(
        self,
        names: Sequence[str],
        work: Callable[[], Reports],
        *,
        clean_up: Callable[[], None] = lambda: None,
    ) -> Job:
        """Queue a job; `work` gives one report for each name, `clean_up` runs whatever came of it.

        Closing the generator has to undo what it did: that is how a job is stopped.
        """
        with self._lock:
            if sum(not job.has_ended for job in self._jobs.values()) >= MOST_WAITING:
                raise TooManyJobs(
                    f"Es warten schon {MOST_WAITING} Aufträge.",
                    hint="Bitte warten, bis einige davon fertig sind.",
                )
            job = Job(secrets.token_urlsafe(9), tuple(names))
            self._jobs[job.id] = job
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="jobs", daemon=True)
                self._thread.start()
        self._orders.put(_Order(job, work, clean_up))
        return job

    def get(self, job_id: str) -> Job | None:
        """Return a job, or None if it was never there or is forgotten."""
        return self._jobs.get(job_id)

    def recent(self) -> list[Job]:
        """Return the jobs that are known, newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def stop(self, job_id: str) -> None:
        """Ask a job to end after the file it is at, without any change to the index."""
        job = self.get(job_id)
        if job is not None:
            job.is_stopping = True

    def _forget(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.has_ended]
        for job_id in ended[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[job_id]

    def _serve(self) -> None:
        while True:
            order = self._orders.get()
            try:
                _do(order.job, order.work)
            finally:
                order.clean_up()


def _do(job: Job, work: Callable[[], Reports]) -> None:
    """Do one job; whatever goes wrong with it ends in its state, and the next one follows."""
    try:
        job.state = "running"
        job.state = "done" if _report(job, work()) else "stopped"
    except UserFacingError as error:
        job.error, job.state = error, "failed"
    except Exception:  # the thread's only listener is the page, which has to say that it failed
        log.exception("A job failed")
        job.error = UserFacingError(
            "Bei diesem Auftrag ist ein Fehler aufgetreten.",
            hint="Die Ursache steht im Protokoll. Bitte noch einmal versuchen.",
        )
        job.state = "failed"


def _report(job: Job, reports: Reports) -> bool:
    """Collect the reports; return whether the work was done to its end."""
    while not job.is_stopping:
        if len(job.reports) == len(job.names):
            job.state = "finishing"
        report = next(reports, None)
        if report is None:
            return True
        job.reports = (*job.reports, report)
    reports.close()
    return False

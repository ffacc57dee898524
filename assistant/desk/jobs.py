"""Changes to the index in the background: one at a time, watched by their owner, stoppable.

Jobs live in memory only; what they did to the index stays when they are forgotten.
"""

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Literal

from corpus.documents import IngestReport
from corpus.errors import UserFacingError
from corpus.progress import Progress, ShowProgress
from corpus.shared import insist
from corpus.sync_plan import SyncPlan

log = logging.getLogger(__name__)

Kind = Literal["files", "comparison", "sync"]
State = Literal["waiting", "running", "finishing", "done", "stopped", "failed"]
Reports = Generator[IngestReport, None, None]
Work = Callable[[ShowProgress], Reports]
MOST_WAITING = 20
MOST_KEPT = 50  # the oldest that has ended is forgotten first
_ENDED: frozenset[State] = frozenset({"done", "stopped", "failed"})


class _Stopped(Exception):
    """Raised in the middle of the work of a job that was told to stop."""


class TooManyJobs(UserFacingError):
    """So many jobs wait already that another one would only fill the memory."""


@dataclass(slots=True)
class Job:
    """One change to some files, or the comparison before one.

    Of a job of the kind "files", `reports` are in the order of `names`. Written by its worker
    alone, except for `is_stopping` and `successor`; every reader sees a state that was true.
    """

    id: str
    owner: str  # nobody else is shown it
    kind: Kind = "files"
    names: tuple[str, ...] = ()
    expected: int = 0  # reports that are to come, as far as that is known before
    reports: tuple[IngestReport, ...] = ()
    plan: SyncPlan | None = None  # what a comparison found
    successor: str = ""  # the id of the job that makes `plan` true
    attempt: int = 1  # more where another machine changed the index meanwhile
    state: State = "waiting"
    error: UserFacingError | None = None
    progress: Progress | None = None
    is_stopping: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in _ENDED


@dataclass(frozen=True, slots=True)
class _Order:
    job: Job
    act: Callable[[], None]
    clean_up: Callable[[], None] = lambda: None


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
        work: Work,
        *,
        owner: str,
        clean_up: Callable[[], None] = lambda: None,
    ) -> Job:
        """Queue a job; `work` gives one report for each name, `clean_up` runs whatever came of it.

        A job is stopped between two reports, by closing the generator, or by an error out of the
        progress it shows; either has to undo what was done. Where another machine overtakes it,
        `work` is asked for its reports anew.
        """
        job = Job(_new_id(), owner, names=tuple(names), expected=len(names))
        return self._queue(_Order(job, lambda: _report(job, work), clean_up))

    def compare(self, work: Callable[[ShowProgress], SyncPlan], *, owner: str) -> Job:
        """Queue a comparison; it is stopped by an error out of the progress it shows."""
        job = Job(_new_id(), owner, "comparison")
        return self._queue(_Order(job, lambda: _compare(job, work)))

    def follow(self, comparison: Job, expected: int, work: Work) -> Job:
        """Queue what makes the plan of a comparison true; while that is under way or done, once."""
        known = self.get(comparison.successor, comparison.owner)
        if known is not None and known.state not in ("stopped", "failed"):
            return known
        job = Job(_new_id(), comparison.owner, "sync", expected=expected)
        self._queue(_Order(job, lambda: _report(job, work)))
        comparison.successor = job.id
        return job

    def get(self, job_id: str, owner: str) -> Job | None:
        """Return a job, or None if it was never there, is forgotten, or is someone else's."""
        job = self._jobs.get(job_id)
        return job if job is not None and job.owner == owner else None

    def recent(self, owner: str) -> list[Job]:
        """Return the jobs of one person that are known, newest first."""
        with self._lock:
            return [job for job in reversed(self._jobs.values()) if job.owner == owner]

    def stop(self, job_id: str, owner: str) -> None:
        """Ask a job to end as soon as it can, without any change to the index."""
        job = self.get(job_id, owner)
        if job is not None:
            job.is_stopping = True

    def _queue(self, order: _Order) -> Job:
        with self._lock:
            if sum(not job.has_ended for job in self._jobs.values()) >= MOST_WAITING:
                raise TooManyJobs(
                    f"Es warten schon {MOST_WAITING} Aufträge.",
                    hint="Bitte warten, bis einige davon fertig sind.",
                )
            self._jobs[order.job.id] = order.job
            self._forget()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="jobs", daemon=True)
                self._thread.start()
        self._orders.put(order)
        return order.job

    def _forget(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.has_ended]
        for job_id in ended[: max(0, len(self._jobs) - MOST_KEPT)]:
            del self._jobs[job_id]

    def _serve(self) -> None:
        while True:
            order = self._orders.get()
            try:
                _do(order.job, order.act)
            finally:
                order.clean_up()


def _new_id() -> str:
    return secrets.token_urlsafe(9)


def _do(job: Job, act: Callable[[], None]) -> None:
    """Do one job; whatever goes wrong with it ends in its state, and the next one follows."""
    try:
        job.state = "running"
        _check(job)
        act()
        job.state = "done"
    except _Stopped:
        job.state = "stopped"
    except UserFacingError as error:
        job.error, job.state = error, "failed"
    except Exception:  # the thread's only listener is the page, which has to say that it failed
        log.exception("A job failed")
        job.error = UserFacingError(
            "Bei diesem Auftrag ist ein Fehler aufgetreten.",
            hint="Die Ursache steht im Protokoll. Bitte noch einmal versuchen.",
        )
        job.state = "failed"


def _compare(job: Job, work: Callable[[ShowProgress], SyncPlan]) -> None:
    job.plan = work(partial(_show, job))


def _report(job: Job, work: Work) -> None:
    def begin_anew(attempt: int) -> None:
        job.state, job.reports, job.attempt = "running", (), attempt

    insist(partial(_collect, job, work), begin_anew)


def _collect(job: Job, work: Work) -> None:
    """Collect the reports; with the last of them, all that is left is to make the change count."""
    with closing(work(partial(_show, job))) as reports:
        for report in reports:
            job.reports = (*job.reports, report)
            if len(job.reports) == job.expected:
                job.state = "finishing"
            _check(job)


def _show(job: Job, progress: Progress) -> None:
    job.progress = progress
    _check(job)


def _check(job: Job) -> None:
    if job.is_stopping:
        raise _Stopped

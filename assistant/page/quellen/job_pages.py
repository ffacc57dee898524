"""The pages of a job that changes the documents: watched, stopped, and its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.desk.jobs import Job, Jobs
from assistant.page.quellen.change_words import CHANGE_WORDS
from assistant.page.quellen.sync_words import SYNC_WORDS, plan_line
from assistant.page.quellen.words import DESK_WORDS
from assistant.page.shell import Reader, Visit, render
from corpus.documents import IngestReport
from corpus.shared import ATTEMPTS

JOB = "/quellen/auftrag"
MOST_ROWS = 200  # documents that one page names


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a job: a document and what became of it, if that is known."""

    name: str
    report: IngestReport | None
    is_next: bool = False


def add_jobs(routes: APIRouter, jobs: Jobs) -> None:
    """Serve the jobs of whoever asks, and end them on request."""

    @routes.get(f"{JOB}/{{job_id}}")
    def whole(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/auftrag.html", jobs.get(job_id, owner_of(reader)), reader)

    @routes.get(f"{JOB}/{{job_id}}/stand")
    def state(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/stand.html", jobs.get(job_id, owner_of(reader)), reader)

    @routes.post(f"{JOB}/{{job_id}}/anhalten")
    def stop(job_id: str, reader: Reader) -> RedirectResponse:
        jobs.stop(job_id, owner_of(reader))
        return RedirectResponse(reader.link(f"{JOB}/{job_id}"), status_code=303)


def owner_of(reader: Visit) -> str:
    """Return whose jobs a reader's are."""
    return reader.identity.name if reader.identity else ""


def to_job(job: Job, reader: Visit) -> RedirectResponse:
    """Lead to a job that was just made."""
    return RedirectResponse(reader.link(f"{JOB}/{job.id}"), status_code=303)


def forgotten(reader: Visit) -> HTMLResponse:
    """Say that a job is not there, with a way out."""
    return change_page("quellen/vergessen.html", reader, status=404)


def rows_of(job: Job) -> Sequence[Row]:
    """Return the files of a job in their order; of a sync, what went wrong comes first."""
    if job.kind == "sync":
        reports = sorted(job.reports, key=lambda one: one.status not in ("failed", "empty"))
        return [Row(report.name, report) for report in reports]
    done = len(job.reports)
    is_running = job.state == "running"
    return [
        Row(name, job.reports[n] if n < done else None, is_next=n == done and is_running)
        for n, name in enumerate(job.names)
    ]


def change_page(
    template: str, reader: Visit, *, status: int = 200, **values: object
) -> HTMLResponse:
    """Make a page of the part of the desk where documents are changed."""
    return render(
        template,
        reader,
        place="quellen",
        status=status,
        section="changes",
        may_change=True,
        words=DESK_WORDS[reader.language],
        texts=CHANGE_WORDS[reader.language],
        sync=SYNC_WORDS[reader.language],
        spoken={},
        **values,
    )


def _shown(template: str, job: Job | None, reader: Visit) -> HTMLResponse:
    if job is None:
        return forgotten(reader)
    # The templates read the state first: a job that has ended has all its reports by then.
    return change_page(
        template,
        reader,
        job=job,
        rows_of=rows_of,
        most=MOST_ROWS,
        most_attempts=ATTEMPTS,
        plan_line=partial(plan_line, language=reader.language),
    )

"""The pages that take documents in: the form, and a job that is watched and can be stopped."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.desk.intake import Intake
from assistant.desk.jobs import Job, Jobs
from assistant.page.context import PageContext
from assistant.page.quellen import uploads
from assistant.page.quellen.intake_words import INTAKE_WORDS
from assistant.page.quellen.words import DESK_WORDS
from assistant.page.shell import Reader, Visit, render

PATH = "/quellen/aufnehmen"
JOB = "/quellen/auftrag"
STAGING = "eingang"  # under the data folder; empty but for files that are on their way


def router(context: PageContext) -> APIRouter:
    """Serve the form and the jobs that come of it; without an intake there are neither."""
    routes, jobs = APIRouter(), Jobs()
    intake = context.intake
    if intake is None:
        return routes
    shutil.rmtree(context.data / STAGING, ignore_errors=True)  # left by a process that ended

    @routes.get(PATH)
    def form(reader: Reader) -> HTMLResponse:
        return _page("quellen/aufnehmen.html", reader, jobs=jobs.recent(), limits=uploads)

    @routes.post(PATH)
    async def send(reader: Reader, request: Request) -> RedirectResponse:
        _ = context.assistant  # raises while the model is still being loaded
        files = await uploads.receive(request, context.data / STAGING)
        job = _submitted(jobs, intake, files)
        return RedirectResponse(reader.link(f"{JOB}/{job.id}"), status_code=303)

    @routes.get(f"{JOB}/{{job_id}}")
    def job(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/auftrag.html", jobs.get(job_id), reader)

    @routes.get(f"{JOB}/{{job_id}}/stand")
    def state(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/stand.html", jobs.get(job_id), reader)

    @routes.post(f"{JOB}/{{job_id}}/anhalten")
    def stop(job_id: str, reader: Reader) -> Response:
        jobs.stop(job_id)
        return RedirectResponse(reader.link(f"{JOB}/{job_id}"), status_code=303)

    return routes


def _submitted(jobs: Jobs, intake: Intake, files: Sequence[Path]) -> Job:
    def clean_up() -> None:
        shutil.rmtree(files[0].parent, ignore_errors=True)

    try:
        names = [file.name for file in files]
        return jobs.submit(names, lambda: intake.take_in(files), clean_up=clean_up)
    except Exception:
        clean_up()
        raise


def _shown(template: str, job: Job | None, reader: Visit) -> HTMLResponse:
    if job is None:
        return _page("quellen/vergessen.html", reader, status=404)
    return _page(template, reader, job=job)


def _page(template: str, reader: Visit, *, status: int = 200, **values: object) -> HTMLResponse:
    return render(
        template,
        reader,
        place="quellen",
        status=status,
        section="maintain",
        has_intake=True,
        words=DESK_WORDS[reader.language],
        texts=INTAKE_WORDS[reader.language],
        **values,
    )

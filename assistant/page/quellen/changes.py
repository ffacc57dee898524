"""The pages that change the documents: take in, remove, and the job that comes of it."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.access.gate import require_editor
from assistant.desk.intake import Intake
from assistant.desk.jobs import Job, Jobs
from assistant.desk.removing import removal
from assistant.page.context import PageContext
from assistant.page.quellen import uploads
from assistant.page.quellen.change_words import CHANGE_WORDS
from assistant.page.quellen.view import title_of
from assistant.page.quellen.words import DESK_WORDS
from assistant.page.shell import Reader, Visit, render
from corpus.records import IndexedDocument

TAKE_IN = "/quellen/aufnehmen"
REMOVE = "/quellen/dokument/{document_id}/entfernen"
JOB = "/quellen/auftrag"
STAGING = "eingang"  # under the data folder; empty but for files that are on their way


def router(context: PageContext) -> APIRouter:
    """Serve editors the forms and the jobs that come of them; without an intake there are none."""
    routes, jobs = APIRouter(dependencies=[Depends(require_editor)]), Jobs()
    if context.intake is not None:
        shutil.rmtree(context.data / STAGING, ignore_errors=True)  # left by a process that ended
        _add_taking_in(routes, context, context.intake, jobs)
        _add_removing(routes, context, jobs)
        _add_jobs(routes, jobs)
    return routes


def _add_taking_in(routes: APIRouter, context: PageContext, intake: Intake, jobs: Jobs) -> None:
    @routes.get(TAKE_IN)
    def form(reader: Reader) -> HTMLResponse:
        return _page("quellen/aufnehmen.html", reader, jobs=jobs.recent(), limits=uploads)

    @routes.post(TAKE_IN)
    async def send(reader: Reader, request: Request) -> RedirectResponse:
        context.assistant_for(reader)  # raises while the model is still being loaded
        files = await uploads.receive(request, context.data / STAGING)
        return _to_job(_submitted(jobs, intake, files), reader)


def _add_removing(routes: APIRouter, context: PageContext, jobs: Jobs) -> None:
    def wanted(document_id: str, reader: Visit) -> IndexedDocument:
        document = context.assistant_for(reader).index.document(document_id)
        if document is None:
            raise HTTPException(404)
        return document

    @routes.get(REMOVE)
    def ask(document_id: str, reader: Reader) -> HTMLResponse:
        document = wanted(document_id, reader)
        return _page("quellen/entfernen.html", reader, document=document, title=title_of(document))

    @routes.post(REMOVE)
    def remove(document_id: str, reader: Reader) -> RedirectResponse:
        document = wanted(document_id, reader)
        job = jobs.submit([document.name], lambda _: removal(context.data, document))
        return _to_job(job, reader)


def _add_jobs(routes: APIRouter, jobs: Jobs) -> None:
    @routes.get(f"{JOB}/{{job_id}}")
    def whole(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/auftrag.html", jobs.get(job_id), reader)

    @routes.get(f"{JOB}/{{job_id}}/stand")
    def state(job_id: str, reader: Reader) -> HTMLResponse:
        return _shown("quellen/stand.html", jobs.get(job_id), reader)

    @routes.post(f"{JOB}/{{job_id}}/anhalten")
    def stop(job_id: str, reader: Reader) -> RedirectResponse:
        jobs.stop(job_id)
        return RedirectResponse(reader.link(f"{JOB}/{job_id}"), status_code=303)


def _submitted(jobs: Jobs, intake: Intake, files: Sequence[Path]) -> Job:
    def clean_up() -> None:
        shutil.rmtree(files[0].parent, ignore_errors=True)

    try:
        names = [file.name for file in files]
        return jobs.submit(names, partial(intake.take_in, files), clean_up=clean_up)
    except Exception:
        clean_up()
        raise


def _to_job(job: Job, reader: Visit) -> RedirectResponse:
    return RedirectResponse(reader.link(f"{JOB}/{job.id}"), status_code=303)


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
        section="changes",
        may_change=True,
        words=DESK_WORDS[reader.language],
        texts=CHANGE_WORDS[reader.language],
        spoken={},
        **values,
    )

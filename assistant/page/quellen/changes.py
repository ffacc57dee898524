"""The pages that change the documents: take in, remove, compare, and the job that comes of it."""

import shutil
from functools import partial

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.access.gate import require_editor
from assistant.desk.intake import Intake
from assistant.desk.jobs import Job, Jobs
from assistant.desk.removing import removal
from assistant.desk.syncing import CATALOGUE
from assistant.page.context import PageContext
from assistant.page.quellen import uploads
from assistant.page.quellen.comparing import COMPARE, add_comparing
from assistant.page.quellen.job_pages import add_jobs, change_page, owner_of, to_job
from assistant.page.quellen.view import title_of
from assistant.page.shell import Reader, Visit
from corpus.records import IndexedDocument

TAKE_IN = "/quellen/aufnehmen"
REMOVE = "/quellen/dokument/{document_id}/entfernen"
STAGING = "eingang"  # under the data folder; empty but for files that are on their way


def router(context: PageContext) -> APIRouter:
    """Serve editors the forms and the jobs that come of them; without an intake there are none."""
    routes, jobs = APIRouter(dependencies=[Depends(require_editor)]), Jobs()
    if context.intake is not None:
        shutil.rmtree(context.data / STAGING, ignore_errors=True)  # left by a process that ended
        _add_taking_in(routes, context, context.intake, jobs)
        _add_removing(routes, context, jobs)
        add_jobs(routes, jobs)
    if context.sync is not None:
        add_comparing(routes, context, context.sync, jobs)
    return routes


def _add_taking_in(routes: APIRouter, context: PageContext, intake: Intake, jobs: Jobs) -> None:
    @routes.get(TAKE_IN)
    def form(reader: Reader) -> HTMLResponse:
        return change_page(
            "quellen/aufnehmen.html",
            reader,
            jobs=jobs.recent(owner_of(reader)),
            limits=uploads,
            audiences=uploads.audiences_for(context.readership(reader)),
            compare=COMPARE,
            comparable=context.sync.places(context.readership(reader)) if context.sync else None,
            catalogue=CATALOGUE,
        )

    # What is too large by the browser's own account gets a page, which the framework has none of.
    @routes.post(TAKE_IN, max_body_size=2 * uploads.MOST_TOGETHER)
    async def send(reader: Reader, request: Request) -> RedirectResponse:
        context.assistant_for(reader)  # raises while the model is still being loaded
        audiences = uploads.audiences_for(context.readership(reader))
        upload = await uploads.receive(request, context.data / STAGING, audiences)
        return to_job(_submitted(jobs, intake, upload, owner_of(reader)), reader)


def _add_removing(routes: APIRouter, context: PageContext, jobs: Jobs) -> None:
    def wanted(document_id: str, reader: Visit) -> IndexedDocument:
        document = context.assistant_for(reader).index.document(document_id)
        if document is None:
            raise HTTPException(404)
        return document

    @routes.get(REMOVE)
    def ask(document_id: str, reader: Reader) -> HTMLResponse:
        document = wanted(document_id, reader)
        return change_page(
            "quellen/entfernen.html", reader, document=document, title=title_of(document)
        )

    @routes.post(REMOVE)
    def remove(document_id: str, reader: Reader) -> RedirectResponse:
        document = wanted(document_id, reader)
        job = jobs.submit(
            [document.name], lambda _: removal(context.settings, document), owner=owner_of(reader)
        )
        return to_job(job, reader)


def _submitted(jobs: Jobs, intake: Intake, upload: uploads.Upload, owner: str) -> Job:
    def clean_up() -> None:
        shutil.rmtree(upload.files[0].parent, ignore_errors=True)

    try:
        names = [file.name for file in upload.files]
        work = partial(intake.take_in, upload.files, upload.audience)
        return jobs.submit(names, work, owner=owner, clean_up=clean_up)
    except Exception:
        clean_up()
        raise

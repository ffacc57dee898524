"""Folders and official pages compared with the index, shown, and after a yes made true."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.desk.jobs import Jobs
from assistant.desk.syncing import Sync
from assistant.page.context import PageContext
from assistant.page.quellen.job_pages import JOB, forgotten, owner_of, to_job
from assistant.page.shell import Reader
from corpus.errors import UserFacingError

COMPARE = "/quellen/abgleich"


def add_comparing(routes: APIRouter, context: PageContext, sync: Sync, jobs: Jobs) -> None:
    """Serve the comparison and the change that comes of it."""

    @routes.post(COMPARE)
    def compare(
        reader: Reader, ort: Annotated[list[str] | None, Form(max_length=100)] = None
    ) -> RedirectResponse:
        context.assistant_for(reader)  # raises while the model is still being loaded
        readership = context.readership(reader)
        places = [one for one in sync.places(readership) if one in (ort or ())]
        if not places:
            raise UserFacingError(
                "Es ist nichts zum Abgleichen ausgewählt.",
                hint="Bitte mindestens einen Ordner oder den Quellenkatalog wählen.",
            )
        work = partial(sync.compare, places, readership)
        return to_job(jobs.compare(work, owner=owner_of(reader)), reader)

    @routes.post(f"{JOB}/{{job_id}}/anwenden", response_model=None)
    def apply(
        job_id: str, reader: Reader, entfallen: Annotated[str, Form(max_length=10)] = ""
    ) -> HTMLResponse | RedirectResponse:
        job = jobs.get(job_id, owner_of(reader))
        plan = job.plan if job else None
        if job is None or plan is None:
            return forgotten(reader)
        if plan.guard and not entfallen:
            raise UserFacingError(
                f"{plan.guard} Nichts wurde geändert.",
                hint="Ist das gewollt: beim Anwenden das Feld dazu ankreuzen.",
            )
        work = partial(sync.apply, plan, allow_deletions=bool(entfallen))
        return to_job(jobs.follow(job, plan.touched, work), reader)

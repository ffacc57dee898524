import threading
import time

import pytest
from scripted_intake import ScriptedIntake

from assistant.desk.jobs import MOST_KEPT, MOST_WAITING, Jobs, TooManyJobs
from corpus.documents import IngestReport
from corpus.errors import UserFacingError
from corpus.progress import Stage
from corpus.shared import ATTEMPTS, overtaken
from corpus.sync_plan import Item, SyncPlan

PATIENCE = 60.0  # seconds


@pytest.fixture
def intake():
    return ScriptedIntake()


@pytest.fixture
def jobs():
    return Jobs()


@pytest.fixture
def submit(jobs, intake, tmp_path):
    def submit_one(*names, **values):
        files = [tmp_path / name for name in names]
        for file in files:
            file.write_text("Text")
        values.setdefault("owner", "Lena")
        return jobs.submit(names, lambda show: intake.take_in(files, "public", show), **values)

    return submit_one


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def ended(job):
    wait_for(lambda: job.has_ended)
    return job.state


def test_a_job_reports_on_each_file_in_order(submit, jobs, intake):
    job = submit("a.pdf", "kaputt.pdf", "c.md")
    assert ended(job) == "done"
    assert [(one.name, one.status) for one in job.reports] == [
        ("a.pdf", "added"),
        ("kaputt.pdf", "failed"),
        ("c.md", "added"),
    ]
    assert jobs.get(job.id, "Lena") is job
    assert intake.taken == ["a.pdf", "kaputt.pdf", "c.md"]


def test_jobs_are_done_one_after_the_other(submit, intake):
    intake.go_on.clear()
    first, second = submit("eins.md"), submit("zwei.md")
    wait_for(lambda: first.state == "running")
    assert second.state == "waiting"
    intake.go_on.set()
    assert [ended(first), ended(second)] == ["done", "done"]
    assert intake.taken == ["eins.md", "zwei.md"]


def test_a_stopped_job_undoes_itself(submit, jobs, intake):
    intake.go_on.clear()
    job = submit("eins.md", "zwei.md", "drei.md")
    wait_for(lambda: job.state == "running")
    jobs.stop(job.id, "Lena")
    intake.go_on.set()
    assert ended(job) == "stopped"
    assert job.reports == ()
    assert job.progress.text == "Passagen einbetten: 2 von 6"
    assert intake.taken == []


def test_a_job_is_stopped_between_two_files_too(jobs):
    closed = threading.Event()

    def work(_):
        try:
            yield IngestReport("a.md", "added")
            jobs.stop(job.id, "Lena")
            yield IngestReport("b.md", "added")
            pytest.fail("the work went on")
        finally:
            closed.set()

    ready = threading.Event()
    job = jobs.submit(
        ("a.md", "b.md", "c.md"), lambda show: ready.wait(60) and work(show), owner="Lena"
    )
    ready.set()
    assert ended(job) == "stopped"
    assert closed.is_set()
    assert [one.name for one in job.reports] == ["a.md", "b.md"]


def test_a_job_can_be_stopped_while_it_waits(submit, jobs, intake):
    intake.go_on.clear()
    first, second = submit("eins.md"), submit("zwei.md")
    jobs.stop(second.id, "Lena")
    intake.go_on.set()
    assert [ended(first), ended(second)] == ["done", "stopped"]
    assert intake.taken == ["eins.md"]


@pytest.mark.parametrize(
    ("name", "says"), [("gesperrt.md", "gesperrt"), ("absturz.md", "Fehler aufgetreten")]
)
def test_what_goes_wrong_is_said_and_the_next_job_follows(submit, name, says):
    cleaned = threading.Event()
    failing, next_one = submit(name, clean_up=cleaned.set), submit("gut.md")
    assert ended(failing) == "failed"
    assert says in failing.error.message
    assert "geheimes" not in f"{failing.error.message} {failing.error.hint}"
    assert ended(next_one) == "done"
    assert cleaned.is_set()


def test_only_so_many_jobs_wait(submit, jobs, intake):
    intake.go_on.clear()
    for n in range(MOST_WAITING):
        submit(f"{n}.md")
    with pytest.raises(TooManyJobs):
        submit("zuviel.md")
    intake.go_on.set()
    wait_for(lambda: all(job.has_ended for job in jobs.recent("Lena")))
    assert ended(submit("doch.md")) == "done"


def test_the_oldest_jobs_are_forgotten(submit, jobs):
    first = submit("erste.md")
    ended(first)
    for n in range(MOST_KEPT):
        last = submit(f"{n}.md")
        ended(last)
    assert jobs.get(first.id, "Lena") is None
    assert jobs.recent("Lena")[0] is last
    assert len(jobs.recent("Lena")) == MOST_KEPT


def test_no_job_of_this_id(jobs):
    assert jobs.get("fort", "Lena") is None
    jobs.stop("fort", "Lena")


def test_a_job_is_its_owners_alone(submit, jobs, intake):
    intake.go_on.clear()
    job = submit("geheim.md")
    assert jobs.recent("Kim") == []
    assert jobs.get(job.id, "Kim") is None
    jobs.stop(job.id, "Kim")
    intake.go_on.set()
    assert ended(job) == "done"


def test_a_plan_is_made_true_once_and_again_only_where_that_failed(jobs):
    plan = SyncPlan(unchanged=(Item("a.md", "/a.md"),))
    comparison = jobs.compare(lambda show: plan, owner="Lena")
    assert ended(comparison) == "done"
    assert comparison.plan is plan

    def fail(show):
        raise UserFacingError("Der Index ist gesperrt.", hint="Warten.")
        yield

    def succeed(show):
        yield IngestReport("a.md", "added")

    failed = jobs.follow(comparison, 1, fail)
    assert ended(failed) == "failed"
    done = jobs.follow(comparison, 1, succeed)
    assert ended(done) == "done"
    assert jobs.follow(comparison, 1, fail) is done


def test_a_comparison_is_stopped_where_it_shows_progress(jobs):
    started = threading.Event()

    def compare(show):
        stage = Stage("Dateien vergleichen", "Dateien", 2, show)
        started.set()
        wait_for(lambda: job.is_stopping)
        stage.advance()

    job = jobs.compare(compare, owner="Lena")
    started.wait(PATIENCE)
    jobs.stop(job.id, "Lena")
    assert ended(job) == "stopped"
    assert job.plan is None


@pytest.mark.parametrize(("times", "state"), [(ATTEMPTS - 1, "done"), (ATTEMPTS, "failed")])
def test_a_job_that_another_machine_overtakes_begins_anew(jobs, times, state):
    left = [times]

    def work(_):
        yield IngestReport("a.md", "added", 1)
        yield IngestReport("b.md", "added", 1)
        if left[0]:
            left[0] -= 1
            raise overtaken()

    job = jobs.submit(["a.md", "b.md"], work, owner="Lena")
    assert ended(job) == state
    assert job.attempt == ATTEMPTS
    assert [one.name for one in job.reports] == ["a.md", "b.md"]
    if state == "failed":
        assert job.error.message == overtaken().message

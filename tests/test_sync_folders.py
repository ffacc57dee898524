import os
import shutil

import pytest
from sample_passages import BUS, CONTACT, DEADLINE, ELIGIBLE, RATE

from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.manifest import read_manifest
from corpus.removal import remove_documents
from corpus.settings import Settings
from corpus.sync_plan import SyncPlan
from ingest.pipeline import IngestRun
from ingest.sync import DeletionRefused, apply, plan_folders

pytestmark = pytest.mark.usefixtures("without_cage")
TEXTS = {
    "wer.txt": ELIGIBLE,
    "geld.md": f"# Geld\n\n{RATE}",
    "bus.txt": BUS,
    "tief/wo.txt": CONTACT,
}


@pytest.fixture
def folder(folder_of):
    return folder_of(TEXTS)


@pytest.fixture
def settings(data):
    return Settings(data=data)


@pytest.fixture
def look(settings):
    """Return a function that plans without changing anything."""

    def plan(*folders, **values):
        return plan_folders(folders, settings, **values)

    return plan


@pytest.fixture
def make_true(settings, embedder):
    """Return a function that applies a plan and gives the status of each document."""

    def run(plan, **values):
        return {one.name: one.status for one in apply(plan, settings, embedder, **values)}

    return run


@pytest.fixture
def synced(folder, look, make_true):
    make_true(look(folder))
    return folder


def names(items):
    return [item.name for item in items]


def indexed(data):
    return sorted(document.name for document in live_documents(data))


def test_first_time_everything_is_new(look, folder, data):
    plan = look(folder)

    assert names(plan.new) == ["bus.txt", "geld.md", "tief/wo.txt", "wer.txt"]
    assert plan.text == "4 neu, 0 geändert, 0 entfallen, 0 unverändert"
    assert read_manifest(data) is None


def test_plan_becomes_true_in_one_step(look, make_true, folder, data):
    statuses = make_true(look(folder))

    assert set(statuses.values()) == {"added"}
    assert indexed(data) == ["bus.txt", "geld.md", "wer.txt", "wo.txt"]
    assert read_manifest(data).generation == 1


def test_second_time_there_is_nothing_to_do(look, make_true, synced, data):
    plan = look(synced)

    assert not plan.has_changes
    assert len(plan.unchanged) == 4
    assert make_true(plan) == {}
    assert read_manifest(data).generation == 1


def test_what_came_changed_and_went(look, make_true, synced, data):
    (synced / "neu.txt").write_text(DEADLINE, "utf-8")
    (synced / "wer.txt").write_text(f"{ELIGIBLE} Das ist neu.", "utf-8")
    (synced / "bus.txt").unlink()

    plan = look(synced)
    assert plan.text == "1 neu, 1 geändert, 1 entfällt, 2 unverändert"
    assert (names(plan.new), names(plan.changed), names(plan.gone)) == (
        ["neu.txt"],
        ["wer.txt"],
        ["bus.txt"],
    )

    assert make_true(plan) == {"bus.txt": "removed", "neu.txt": "added", "wer.txt": "replaced"}
    assert indexed(data) == ["geld.md", "neu.txt", "wer.txt", "wo.txt"]
    assert not look(synced).has_changes


def test_renamed_file_keeps_its_content(look, make_true, synced, data):
    (synced / "bus.txt").rename(synced / "fahrt.txt")

    plan = look(synced)
    assert (names(plan.new), names(plan.gone)) == (["fahrt.txt"], ["bus.txt"])

    make_true(plan)
    assert indexed(data) == ["fahrt.txt", "geld.md", "wer.txt", "wo.txt"]


def test_copy_is_nothing_new_until_its_original_goes(look, make_true, synced, data):
    shutil.copy(synced / "bus.txt", synced / "zweite.txt")
    assert names(look(synced).unchanged) == [
        "bus.txt", "geld.md", "tief/wo.txt", "wer.txt", "zweite.txt",
    ]  # fmt: skip

    (synced / "bus.txt").unlink()
    make_true(look(synced))

    assert indexed(data) == ["geld.md", "wer.txt", "wo.txt", "zweite.txt"]


def test_documents_from_elsewhere_stay(look, make_true, synced, data, tmp_path, settings, embedder):
    (tmp_path / "anderes.txt").write_text(DEADLINE, "utf-8")
    list(IngestRun([tmp_path / "anderes.txt"], settings=settings, embedder=embedder))

    plan = look(synced)

    assert not plan.has_changes
    assert "anderes.txt" in indexed(data)


def test_more_than_a_third_goes_only_after_a_word(look, make_true, synced, data):
    for name in ("bus.txt", "wer.txt"):
        (synced / name).unlink()

    plan = look(synced)
    assert "2 von 4 Dokumenten" in plan.guard
    with pytest.raises(DeletionRefused, match="Nichts wurde geändert"):
        make_true(plan)
    assert len(indexed(data)) == 4

    make_true(plan, allow_deletions=True)
    assert indexed(data) == ["geld.md", "wo.txt"]


@pytest.mark.parametrize("end", ["missing", "empty"])
def test_folder_out_of_reach_is_not_emptied(look, make_true, synced, data, end):
    synced.rename(synced.with_name("ausgehängt"))
    if end == "empty":  # as where a drive is not mounted
        synced.mkdir()

    plan = look(synced)

    assert plan.guard
    assert len(plan.gone) == 4
    with pytest.raises(DeletionRefused):
        make_true(plan)
    assert len(indexed(data)) == 4


def test_folder_that_never_was_is_an_error(look, tmp_path):
    with pytest.raises(UserFacingError, match="gibt es nicht"):
        look(tmp_path / "fehlt")


def test_file_is_no_folder(look, synced):
    with pytest.raises(UserFacingError, match="kein Ordner"):
        look(synced / "bus.txt")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may open every folder")
def test_documents_in_a_folder_that_refuses_stay(look, synced):
    (synced / "tief").chmod(0)
    try:
        plan = look(synced)
    finally:
        (synced / "tief").chmod(0o700)

    assert names(plan.gone) == []
    assert [problem.name for problem in plan.problems] == ["tief"]


def test_listing_that_could_not_open_a_folder_takes_nothing_out(look, synced, monkeypatch):
    from ingest.files import Listing

    files = tuple(sorted(path for path in synced.glob("*") if path.is_file()))
    monkeypatch.setattr(
        "ingest.sync.folders.list_files",
        lambda paths, data: Listing(files, closed=(synced / "tief",)),
    )

    plan = look(synced)

    assert plan.gone == ()
    assert [problem.name for problem in plan.problems] == ["tief"]


def test_unreadable_file_is_offered_once(look, make_true, synced):
    (synced / "kaputt.pdf").write_bytes(b"Hallo")
    plan = look(synced)
    assert names(plan.new) == ["kaputt.pdf"]

    assert make_true(plan) == {"kaputt.pdf": "failed"}

    plan = look(synced)
    assert not plan.has_changes
    (problem,) = plan.problems
    assert (problem.name, problem.lost) == ("kaputt.pdf", None)
    assert "beschädigt" in problem.message
    assert "neu herunterladen" in problem.advice

    (synced / "kaputt.pdf").write_bytes(b"Hallo noch einmal")
    assert names(look(synced).new) == ["kaputt.pdf"]


def test_document_that_was_removed_does_not_come_back(look, synced, data):
    document = next(one for one in live_documents(data) if one.name == "bus.txt")
    remove_documents(data, [document])

    plan = look(synced)

    assert not plan.has_changes
    assert [problem.name for problem in plan.problems] == ["bus.txt"]
    assert "entfernt" in plan.problems[0].message


def test_file_that_came_back_meanwhile_is_not_taken_out(look, make_true, synced, data):
    (synced / "bus.txt").rename(synced.parent / "bus.txt")
    plan = look(synced)
    (synced.parent / "bus.txt").rename(synced / "bus.txt")

    make_true(plan)

    assert "bus.txt" in indexed(data)


def test_file_that_went_meanwhile_is_no_error(look, make_true, synced, data):
    (synced / "neu.txt").write_text(DEADLINE, "utf-8")
    plan = look(synced)
    (synced / "neu.txt").unlink()

    assert make_true(plan) == {}
    assert len(indexed(data)) == 4


def test_same_folder_twice_counts_once(look, folder):
    assert len(look(folder, folder / "tief" / "..").new) == 4


def test_progress_tells_how_many_files_are_compared(look, folder):
    seen = []

    look(folder, progress=seen.append)

    assert (seen[-1].stage, seen[-1].done, seen[-1].total) == ("Dateien vergleichen", 4, 4)


def test_cut_off_run_leaves_everything_as_it_was(look, synced, settings, embedder, data):
    (synced / "neu.txt").write_text(DEADLINE, "utf-8")
    (synced / "bus.txt").unlink()
    run = apply(look(synced), settings, embedder)
    next(run)
    run.close()

    assert "bus.txt" in indexed(data)
    assert names(look(synced).gone) == ["bus.txt"]


def test_plans_are_joined():
    assert SyncPlan(guard="a").joined(SyncPlan(guard="b")).guard == "a b"


def test_link_that_leads_out_of_the_folder_is_a_problem_with_the_next_step(synced, look, tmp_path):
    (tmp_path / "geheim.txt").write_text("geheim", "utf-8")
    (synced / "tief" / "link.txt").symlink_to(tmp_path / "geheim.txt")
    plan = look(synced)
    (problem,) = plan.problems
    assert (problem.name, plan.new) == ("tief/link.txt", ())
    assert "hineinlegen" in problem.advice

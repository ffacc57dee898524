from pathlib import Path

import pytest

from assistant.desk.removing import removal
from assistant.dialogue import Assistant
from commands.intake import FOLDER, UploadIntake
from corpus.audiences import ANYONE, Readership
from corpus.index import live_documents
from corpus.settings import Settings
from corpus.shared import Overtaken, overtaken
from corpus.writer import IndexWriter
from ingest.pipeline import CLOSED, ELSEWHERE

BUS = "# Lesebus\n\nDer Lesebus fährt jeden Mittwoch durch die Dörfer.\n"
TRAIN = "# Lesebus\n\nDer Lesebus fährt nur noch freitags und sonntags.\n"


@pytest.fixture
def intake(data, embedder):
    return UploadIntake(Settings(data=data), lambda: embedder)


@pytest.fixture
def staged(tmp_path):
    def stage(**contents):
        folder = tmp_path / "eingang"
        folder.mkdir(exist_ok=True)
        files = [folder / f"{name}.md" for name in contents]
        for file, text in zip(files, contents.values(), strict=True):
            file.write_text(text, "utf-8")
        return files

    return stage


def names(data):
    return sorted(one.name for one in live_documents(data))


def kept(data):
    return sorted(file.name for file in (data / FOLDER).iterdir())


def found_by(data, embedder, readership):
    hits = Assistant(data, embedder).for_reader(readership).search("Mittwoch Lesebus")
    return [name for hit in hits if (name := hit.passage.document_name) in ("bus.md", "offen.md")]


def test_uploads_are_answered_from_at_once(intake, staged, indexed, embedder):
    assistant = Assistant(indexed, embedder)
    reports = list(intake.take_in(staged(bus=BUS)))
    assert [(one.name, one.status) for one in reports] == [("bus.md", "added")]
    assert "bus.md" in [hit.passage.document_name for hit in assistant.search("Mittwoch Lesebus")]


def test_the_same_name_again_replaces_the_document(intake, staged, data):
    list(intake.take_in(staged(bus=BUS)))
    (report,) = intake.take_in(staged(bus=TRAIN))
    assert report.status == "replaced"
    assert names(data) == kept(data) == ["bus.md"]
    assert "freitags" in (data / FOLDER / "bus.md").read_text("utf-8")


def test_what_did_not_become_a_document_is_not_kept(intake, staged, data):
    reports = list(intake.take_in(staged(bus=BUS, leer="", kopie=BUS)))
    assert [one.status for one in reports] == ["added", "empty", "unchanged"]
    assert names(data) == kept(data) == ["bus.md"]


def test_stopped_before_its_end_nothing_has_changed(intake, staged, indexed):
    before = live_documents(indexed)
    reports = intake.take_in(staged(bus=BUS, zug=TRAIN))
    next(reports)
    reports.close()
    assert live_documents(indexed) == before
    assert kept(indexed) == []
    assert [one.status for one in intake.take_in(staged(bus=BUS))] == ["added"]


def test_an_error_out_of_its_progress_leaves_everything_as_it_was(intake, staged, indexed):
    before = live_documents(indexed)

    def stop(progress):
        if progress.stage == "Passagen einbetten":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        list(intake.take_in(staged(bus=BUS, zug=TRAIN), progress=stop))
    assert live_documents(indexed) == before
    assert kept(indexed) == []


def test_only_the_owner_can_read_what_is_kept(intake, staged, data):
    list(intake.take_in(staged(bus=BUS)))
    assert Path(data / FOLDER).stat().st_mode & 0o077 == 0


def test_only_its_audience_reads_what_was_taken_in(intake, staged, indexed, embedder):
    list(intake.take_in(staged(bus=BUS), "amt 40"))

    assert found_by(indexed, embedder, Readership(frozenset({"amt 40"}))) == ["bus.md"]
    assert found_by(indexed, embedder, Readership(frozenset({"internal"}))) == []
    assert found_by(indexed, embedder, ANYONE) == []


def test_nobody_replaces_a_file_of_another_audience(intake, staged, data):
    list(intake.take_in(staged(bus=BUS), "amt 40"))
    (report,) = intake.take_in(staged(bus=TRAIN))
    assert report.status == "added"
    assert names(data) == ["bus.md", "bus.md"]
    (report,) = intake.take_in(staged(bus=BUS + "Auch sonntags.\n"), "amt 40")
    assert report.status == "replaced"


def test_the_same_content_for_fewer_closes_what_was_open(intake, staged, indexed, embedder):
    list(intake.take_in(staged(offen=BUS)))
    (report,) = intake.take_in(staged(bus=BUS), "amt 40")

    assert (report.status, report.message) == ("added", CLOSED)
    assert found_by(indexed, embedder, Readership(frozenset({"amt 40"}))) == ["bus.md"]
    assert found_by(indexed, embedder, ANYONE) == []
    assert not (indexed / FOLDER / "offen.md").exists()


@pytest.mark.parametrize("wanted", ["public", "amt 50", "internal"])
def test_the_same_content_for_others_opens_nothing_and_says_so(
    intake, staged, indexed, embedder, wanted
):
    list(intake.take_in(staged(bus=BUS), "amt 40"))
    (report,) = intake.take_in(staged(offen=BUS), wanted)

    assert (report.name, report.status, report.message) == ("offen.md", "unchanged", ELSEWHERE)
    assert found_by(indexed, embedder, Readership(frozenset({"amt 40"}))) == ["bus.md"]
    assert found_by(indexed, embedder, Readership(frozenset({"amt 50", "internal"}))) == []


def test_a_closed_file_that_becomes_a_copy_of_an_open_one_stays_closed(
    intake, staged, indexed, embedder
):
    list(intake.take_in(staged(offen=BUS)))
    list(intake.take_in(staged(bus=TRAIN), "amt 40"))
    (report,) = intake.take_in(staged(bus=BUS), "amt 40")

    assert (report.status, report.message) == ("replaced", CLOSED)
    assert found_by(indexed, embedder, ANYONE) == []


def test_a_closed_file_is_removed_from_its_folder(intake, staged, data):
    list(intake.take_in(staged(bus=BUS), "amt 40"))
    (document,) = live_documents(data)
    list(removal(Settings(data=data), document))
    assert [one for one in (data / FOLDER).rglob("*") if one.is_file()] == []


def test_an_upload_that_was_overtaken_can_be_taken_in_again(intake, staged, data, monkeypatch):
    files = staged(bus=BUS)
    with monkeypatch.context() as patch:
        patch.setattr(IndexWriter, "commit", raise_overtaken)
        with pytest.raises(Overtaken):
            list(intake.take_in(files))
    assert kept(data) == []
    assert [one.status for one in intake.take_in(files)] == ["added"]
    assert names(data) == kept(data) == ["bus.md"]


def raise_overtaken(_):
    raise overtaken()

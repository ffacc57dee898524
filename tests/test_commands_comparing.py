"""Which folders an editor may compare on the page, and that it is the comparison of `sync`."""

import pytest
from sample_passages import BUS, ELIGIBLE

from assistant.desk.syncing import CATALOGUE
from commands.comparing import DeskSync
from corpus.audiences import OWNER, Readership, folder_for
from corpus.errors import UserFacingError
from corpus.index import live_documents
from corpus.settings import Settings, load_settings

pytestmark = pytest.mark.usefixtures("without_cage")
STAFF = Readership(frozenset({"internal"}))
GROUP = Readership(frozenset({"internal", "amt 40"}))


@pytest.fixture
def folder(folder_of):
    made = folder_of({"wer.txt": ELIGIBLE, "bus.txt": BUS})
    (made / "tief").mkdir()
    return made


@pytest.fixture
def make(data, folder, embedder):
    def make_one(**values):
        return DeskSync(Settings(data=data, sync_folders=(folder,), **values), lambda: embedder)

    return make_one


def test_what_was_compared_is_taken_in(make, folder, data):
    sync = make()
    assert sync.places(STAFF) == [str(folder)]
    plan = sync.compare(sync.places(STAFF), STAFF)
    assert live_documents(data) == ()
    assert [(one.name, one.status) for one in sync.apply(plan)] == [
        ("bus.txt", "added"),
        ("wer.txt", "added"),
    ]
    assert (
        sync.compare([str(folder)], OWNER).text == "0 neu, 0 geändert, 0 entfallen, 2 unverändert"
    )


@pytest.mark.parametrize("closed", ["", "tief"])
def test_a_folder_with_something_closed_is_for_those_who_may_read_it(make, folder, closed):
    sync = make(audiences={str(folder / closed): "Amt 40"})
    assert sync.places(STAFF) == []
    assert sync.places(GROUP) == sync.places(OWNER) == [str(folder)]


def test_a_document_that_closes_itself_closes_its_folder(make, folder):
    (folder / "geheim.md").write_text(f"---\naudience: Amt 40\n---\n\n# Geheim\n\n{BUS}\n", "utf-8")
    sync = make()
    list(sync.apply(sync.compare([str(folder)], OWNER)))
    assert sync.places(STAFF) == []
    assert sync.places(GROUP) == [str(folder)]


def test_names_of_closed_files_are_not_shown_before_they_are_taken_in(make, folder):
    (folder / folder_for("Amt 40")).mkdir()
    (folder / folder_for("Amt 40") / "geheim.md").write_text(BUS + BUS, "utf-8")
    sync = make()
    with pytest.raises(UserFacingError, match="nicht lesen"):
        sync.compare([str(folder)], STAFF)
    assert len(sync.compare([str(folder)], GROUP).new) == 3


def test_official_pages_are_a_place_where_the_web_is_allowed(make):
    assert CATALOGUE not in make().places(OWNER)
    assert make(sync_web=True).places(OWNER)[-1] == CATALOGUE
    with pytest.raises(UserFacingError, match="nicht erlaubt"):
        make().compare([CATALOGUE], OWNER)


def test_folders_are_named_as_in_a_path(tmp_path):
    named = {"BILDUNGSLOTSE_SYNC_FOLDERS": "/ablage:/netz/richtlinien:"}
    assert [str(one) for one in load_settings(environment=named).sync_folders] == [
        "/ablage",
        "/netz/richtlinien",
    ]

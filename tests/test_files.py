import os
from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from ingest.files import find_files, list_files


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "unterlagen"
    (made / "b").mkdir(parents=True)
    for name in ("z.txt", "a.txt", "b/m.txt"):
        (made / name).write_text(name, "utf-8")
    return made


def names(files, folder):
    return [file.relative_to(folder).as_posix() for file in files]


def test_files_come_in_the_order_of_their_paths(folder):
    assert names(find_files([folder]), folder) == ["a.txt", "b/m.txt", "z.txt"]


def test_file_named_twice_is_listed_once(folder):
    assert len(find_files([folder, folder / "a.txt"])) == 3


@pytest.mark.parametrize("name", [".geheim", "~$Antrag.docx", "Thumbs.db", "desktop.ini"])
def test_what_programs_leave_behind_is_left_out(folder, name):
    (folder / name).write_text("x", "utf-8")

    assert len(find_files([folder])) == 3


def test_hidden_folder_is_left_out(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x", "utf-8")

    assert len(find_files([folder])) == 3


def test_link_that_leads_out_of_the_folder_is_not_followed(folder, tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim", "utf-8")
    (folder / "link.txt").symlink_to(secret)
    (folder / "drinnen.txt").symlink_to(folder / "a.txt")

    listing = list_files([folder])

    assert listing.links == (folder / "link.txt",)
    assert secret not in [file.resolve() for file in listing.files]
    assert folder / "drinnen.txt" in listing.files


def test_linked_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "anderswo").mkdir()
    (tmp_path / "anderswo" / "x.txt").write_text("x", "utf-8")
    (folder / "ordner").symlink_to(tmp_path / "anderswo")

    listing = list_files([folder])
    assert (len(listing.files), listing.links) == (3, (folder / "ordner",))


def test_what_is_not_read_is_said_with_the_next_step(folder):
    (folder / "kaputt.txt").symlink_to(folder / "fort.txt")
    (folder / "im-kreis").symlink_to(folder)
    ((place, why, advice),) = list_files([folder]).left_out
    assert (place.name, "ins Leere" in why, "hineinlegen" in advice) == ("kaputt.txt", True, True)


@pytest.mark.parametrize("ending", ["-Dateien", "_files"])
def test_parts_of_a_saved_page_are_left_out(folder, ending):
    (folder / "Seite.htm").write_text("<p>Seite</p>", "utf-8")
    for name in (f"Seite{ending}", f"Andere{ending}"):
        (folder / name).mkdir()
        (folder / name / "stil.css").write_text("x", "utf-8")
    assert names(find_files([folder]), folder) == [
        f"Andere{ending}/stil.css", "Seite.htm", "a.txt", "b/m.txt", "z.txt",
    ]  # fmt: skip


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may open every folder")
def test_folder_that_refuses_is_named(folder):
    (folder / "b").chmod(0)
    try:
        assert list_files([folder]).closed == (folder / "b",)
    finally:
        (folder / "b").chmod(0o700)


def test_data_directory_inside_the_folder_is_left_out(folder):
    data = folder / "var"
    (data / "originals").mkdir(parents=True)
    (data / "originals" / "kopie.txt").write_text("x", "utf-8")

    assert len(find_files([folder], data=data)) == 3
    assert len(find_files([data / "originals"], data=data)) == 1


def test_missing_path_is_named():
    with pytest.raises(UserFacingError, match="gibt/es/nicht"):
        find_files([Path("gibt/es/nicht")])

import os
import stat

import pytest

from corpus.errors import UserFacingError
from corpus.originals import keep_original, keep_originals, original, originals_folder

ID = "0123456789ab"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Richtlinie.PDF"
    path.write_bytes(b"%PDF-1.7 Inhalt")
    return path


def test_copy_is_found_by_the_id_of_its_document(data, file):
    kept = keep_original(data, ID, file)

    assert original(data, ID) == kept == originals_folder(data) / f"{ID}.pdf"
    assert kept.read_bytes() == file.read_bytes()
    assert [one.name for one in originals_folder(data).iterdir()] == [f"{ID}.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_reads_the_copy(data, file):
    kept = keep_original(data, ID, file)

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["ohne", "a.new", "a.p d", "a.zu-lang-und-seltsam", "a.\u202efdp"])
def test_strange_endings_are_left_out(data, tmp_path, name):
    (tmp_path / name).write_bytes(b"Text")

    assert keep_original(data, ID, tmp_path / name).name == ID
    assert original(data, ID).read_bytes() == b"Text"


def test_content_is_kept_once_whatever_its_name(data, file):
    kept = keep_original(data, ID, file)

    assert keep_original(data, ID, file.rename(file.with_suffix(".txt"))) == kept


def test_of_many_files_those_that_are_kept_stay_as_they_are(data, file, tmp_path):
    kept = keep_original(data, ID, file)
    (tmp_path / "neu.txt").write_text("Anderes")

    keep_originals(data, [(ID, tmp_path / "neu.txt"), ("1" * 12, tmp_path / "neu.txt")])

    assert kept.read_bytes() == file.read_bytes()
    assert original(data, "1" * 12).read_text() == "Anderes"
    assert len(list(originals_folder(data).iterdir())) == 2


@pytest.mark.parametrize("document_id", ["", "../geheim", "a/b", "*", "a\0b"])
def test_id_is_never_a_path(data, file, document_id):
    (data / "geheim").write_text("x")

    assert original(data, document_id) is None
    with pytest.raises(ValueError, match="id"):
        keep_original(data, document_id, file)


def test_what_a_crash_left_is_no_original(data, file, monkeypatch):
    def crash(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            keep_original(data, ID, file)

    assert original(data, ID) is None
    assert keep_original(data, ID, file).is_file()


def test_full_disk_is_said_and_leaves_nothing(data, file, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(UserFacingError, match="No space left") as raised:
        keep_original(data, ID, file)

    assert "Platz" in raised.value.hint
    assert list(originals_folder(data).iterdir()) == []

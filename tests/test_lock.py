import pytest
from filelock import FileLock

from corpus.errors import UserFacingError
from corpus.lock import IndexLocked, write_lock
from corpus.manifest import index_folder


def test_second_writer_is_turned_away(data):
    with write_lock(data), pytest.raises(IndexLocked, match="anderer Vorgang"), write_lock(data):
        pytest.fail("two writers at once")


def test_lock_is_free_after_a_failed_run(data):
    with pytest.raises(ZeroDivisionError), write_lock(data):
        raise ZeroDivisionError

    with write_lock(data):
        assert index_folder(data).is_dir()


def test_lock_of_another_handle_is_respected(data):
    index_folder(data).mkdir()

    with FileLock(index_folder(data) / "write.lock"), pytest.raises(IndexLocked), write_lock(data):
        pytest.fail("two writers at once")


@pytest.mark.parametrize("below", ["", "unterordner"], ids=["a file", "below a file"])
def test_data_folder_that_cannot_be_written_is_named(tmp_path, below):
    (tmp_path / "datei").write_text("kein Ordner")

    with (
        pytest.raises(UserFacingError, match="datei") as raised,
        write_lock(tmp_path / "datei" / below),
    ):
        pytest.fail("nothing can be written here")

    assert "--data" in raised.value.hint


def test_error_under_the_lock_is_no_problem_of_the_folder(data):
    with pytest.raises(FileNotFoundError), write_lock(data):
        raise FileNotFoundError

    with write_lock(data):
        pass

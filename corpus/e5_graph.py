"""The weights of e5-small in; an ONNX graph from token ids to a unit vector, or to log-odds, out.

Matrices run in 8 bits, everything else in float32; the word table stays in its original 4 bits. One
text per run: no padding to compute, and a vector never depends on the texts beside it. Attention,
GELU and the quantised matrix product are ONNX Runtime's fused operators; the norms are not
(its `SkipLayerNormalization` took ten times as long as `Add` and `LayerNormalization`).
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from corpus.e5_cross_encoder import Head
from corpus.e5_smoothing import EPSILON, Divisors
from corpus.e5_weights import BLOCK, E5Weights, Floats

RUNTIME_OPERATORS = "com.microsoft"
OPSETS = (("", 20), (RUNTIME_OPERATORS, 1))
IR_VERSION = 10
INPUT, OUTPUT = "input_ids", "output"

# Processors without VNNI add two products of an unsigned and a signed byte in 16 bits. Two
# neighbouring weights whose sizes add up to 128 at most can never overflow there, so that every
# processor computes the same vectors; rounding may add one, hence 127.
PAIR_LIMIT = 127

SIGNED = 0x88  # turns two nibbles around zero point 8 into two signed ones


def write_graph(
    weights: E5Weights, divisors: Divisors, path: Path, head: Head | None = None
) -> None:
    """Write a graph that gives a unit vector, or with a `head` the log-odds of a cross-encoder."""
    graph = _Graph(weights, divisors)
    mean = graph.encoder()
    if head:
        graph.judge(mean, head)
    else:
        graph.normalise(mean)
    width = 1 if head else weights.shape.hidden
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, width])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid(domain, version) for domain, version in OPSETS],
        ir_version=IR_VERSION,
    )
    onnx.save(model, path)


class _Graph:
    """Collects nodes and constants; every method appends and returns the name of its result."""

    def __init__(self, weights: E5Weights, divisors: Divisors) -> None:
        self.weights = weights
        self.divisors = divisors
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def encoder(self) -> str:
        """Run all layers and return the mean over the tokens."""
        scaled, x = self.norm(self.embedding(), "emb.ln", self.divisors["l0.qkv"])
        for layer in range(self.weights.shape.layers):
            at, following = f"l{layer}.", f"l{layer + 1}.qkv"
            y = self.attention(scaled, at)
            scaled, x = self.norm(self.add(x, y), at + "aln", self.divisors[at + "fi"])
            y = self.feed_forward(scaled, at)
            scaled, x = self.norm(self.add(x, y), at + "oln", self.divisors.get(following))
        axis = self.constant("token_axis", np.array([1]))
        return self.node("ReduceMean", [x, axis], keepdims=0)

    def normalise(self, mean: str) -> None:
        self.node("LpNormalization", [mean], outputs=[OUTPUT], axis=-1, p=2)

    def judge(self, mean: str, head: Head) -> None:
        weight, bias = self.constant("head.w", head.weight), self.constant("head.b", head.bias)
        self.node("Gemm", [mean, weight, bias], outputs=[OUTPUT])

    def embedding(self) -> str:
        words = self.node(
            "GatherBlockQuantized",
            [self.word_table(), INPUT, self.constant("words.scales", self.weights.word_scales)],
            domain=RUNTIME_OPERATORS,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )
        tensors = self.weights.tensors
        positions = self.constant("positions", tensors["emb.pos"] + tensors["emb.type"][0])
        first, axis = self.constant("first", np.array([0])), self.constant("axis", np.array([0]))
        tokens = self.node("Shape", [INPUT], start=1, end=2)
        return self.add(words, self.node("Slice", [positions, first, tokens, axis]))

    def word_table(self) -> str:
        shape = self.weights.shape
        packed = (self.weights.word_nibbles ^ SIGNED).tobytes()
        dimensions = [shape.vocabulary, shape.hidden]
        table = helper.make_tensor("words", TensorProto.INT4, dimensions, packed, raw=True)
        self.constants.append(table)
        return "words"

    def attention(self, x: str, at: str) -> str:
        """Self-attention; the values leave it already divided for the matrix that follows."""
        tensors, out = self.weights.tensors, self.divisors[at + "ao"]
        matrix = np.concatenate(
            [tensors[at + "q.w"], tensors[at + "k.w"], tensors[at + "v.w"] / out[:, None]]
        )
        bias = np.concatenate([tensors[at + "q.b"], tensors[at + "k.b"], tensors[at + "v.b"] / out])
        joined = self.product(x, at + "qkv", matrix, bias)
        parts = [at + part for part in "qkv"]
        self.node("Split", [joined], outputs=parts, axis=-1, num_outputs=3)
        heads = self.weights.shape.heads
        y = self.node("MultiHeadAttention", parts, domain=RUNTIME_OPERATORS, num_heads=heads)
        return self.product(y, at + "ao", tensors[at + "ao.w"], tensors[at + "ao.b"])

    def feed_forward(self, x: str, at: str) -> str:
        tensors = self.weights.tensors
        y = self.product(x, at + "fi", tensors[at + "fi.w"], tensors[at + "fi.b"])
        y = self.node("Gelu", [y], domain=RUNTIME_OPERATORS)
        factors = self.constant(at + "fo.factors", 1 / self.divisors[at + "fo"])
        y = self.node("Mul", [y, factors])
        return self.product(y, at + "fo", tensors[at + "fo.w"], tensors[at + "fo.b"])

    def norm(self, x: str, name: str, divisors: Floats | None) -> tuple[str, str]:
        """Return the norm divided for the next matrix, and as it is for the residual path."""
        weight, bias = (self.weights.tensors[f"{name}.{part}"] for part in "wb")
        over = np.ones_like(weight) if divisors is None else divisors
        scaled = self.node(
            "LayerNormalization",
            [x, self.constant(name + ".w", weight / over), self.constant(name + ".b", bias / over)],
            epsilon=EPSILON,
        )
        if divisors is None:
            return scaled, scaled
        return scaled, self.node("Mul", [scaled, self.constant(name + ".divisors", divisors)])

    def product(self, x: str, name: str, matrix: Floats, bias: Floats) -> str:
        matrix = matrix * self.divisors[name]
        sizes = np.abs(matrix)
        pairs = sizes[:, 0::2] + sizes[:, 1::2]
        scales = np.maximum(pairs.max(axis=1), np.finfo(np.float32).tiny) / PAIR_LIMIT
        quantised = np.round(matrix / scales[:, None]).astype(np.int8)
        return self.node(
            "DynamicQuantizeMatMul",
            [
                x,
                self.constant(name + ".w", quantised.T),
                self.constant(name + ".scales", scales.astype(np.float32)),
                "",  # no zero point: the weights are symmetric
                self.constant(name + ".b", bias),
            ],
            domain=RUNTIME_OPERATORS,
        )

    def add(self, x: str, y: str) -> str:
        return self.node("Add", [x, y])

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(
        self,
        operator: str,
        inputs: list[str],
        *,
        outputs: list[str] | None = None,
        domain: str = "",
        **attributes: Any,  # noqa: ANN401 - onnx.helper takes any attribute
    ) -> str:
        name = f"{operator}_{len(self.nodes)}"
        outputs = outputs or [name]
        self.nodes.append(
            helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes)
        )
        return outputs[0]

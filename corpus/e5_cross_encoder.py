"""The weights of e5-small in; those of a cross-encoder, which reads question and passage, out.

What training changed lies beside this file: low-rank changes of the upper layers' matrices (Hu et
al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021), their vectors, and a head that
turns the mean of the last layer into log-odds. `bench/cross_encoder.py` trains such changes;
`docs/decisions.md` says what these come from.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from corpus.e5_weights import E5Weights, Floats

CHANGES = Path(__file__).with_name("e5_cross_encoder.safetensors")
HEAD = "head"
INTO, OUT_OF = "into", "out_of"  # the two factors of a change: `out_of @ into`


@dataclass(frozen=True, slots=True)
class Head:
    """The last step: `mean @ weight + bias`, log-odds; weight has shape (hidden, 1)."""

    weight: Floats
    bias: Floats


def cross_encoder_weights(weights: E5Weights) -> tuple[E5Weights, Head]:
    """Return the weights as training left them, and the head that belongs to them."""
    changes = {name: values.astype(np.float32) for name, values in load_file(CHANGES).items()}
    head = Head(changes.pop(f"{HEAD}.w"), changes.pop(f"{HEAD}.b"))
    tensors = dict(weights.tensors)
    for name, change in changes.items():
        tensor, _, factor = name.rpartition(".")
        if factor == OUT_OF:
            tensors[tensor] = tensors[tensor] + change @ changes[f"{tensor}.{INTO}"]
        elif factor != INTO:
            tensors[name] = tensors[name] + change
    return replace(weights, tensors=tensors), head

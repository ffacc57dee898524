"""Weighted signals as a probability: logistic regression, fitted by the scripts in `bench/`."""

import math
from collections.abc import Mapping


def log_odds(signals: object, weights: Mapping[str, float], constant: float) -> float:
    """Return the log-odds that attributes of `signals`, named by `weights`, speak for."""
    return constant + sum(
        weight * float(getattr(signals, name)) for name, weight in weights.items()
    )


def probability(signals: object, weights: Mapping[str, float], constant: float) -> float:
    """Return the same as a probability."""
    return 1 / (1 + math.exp(-log_odds(signals, weights, constant)))

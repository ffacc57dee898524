"""Weighted signals as a probability: logistic regression, fitted by the scripts in `bench/`."""

import math
from collections.abc import Mapping


def probability(signals: object, weights: Mapping[str, float], constant: float) -> float:
    """Return the probability that attributes of `signals`, named by `weights`, speak for."""
    log_odds = constant + sum(
        weight * float(getattr(signals, name)) for name, weight in weights.items()
    )
    return 1 / (1 + math.exp(-log_odds))

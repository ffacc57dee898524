"""How well the checker tells true sentences from wrong ones, on the kept-back half of XQuAD-de."""

import pytest

from assistant.generation.checking import check
from bench.checker import measure
from bench.xquad import DEFAULT

# Highest shares in percent; what was measured, with room for a changed word list.
LIMITS = {
    "true rejected": 12.0,
    "wrong paragraph accepted": 1.0,
    "number accepted": 3.0,
    "name accepted": 10.5,
    "negation added accepted": 8.0,
    "negation removed accepted": 5.0,
}

pytestmark = [
    pytest.mark.evals,
    pytest.mark.skipif(not DEFAULT.exists(), reason="../shared is not there"),
]


def test_checker_keeps_its_limits():
    shares = measure(DEFAULT, check, 1)

    assert {kind: shares[kind] for kind in LIMITS if shares[kind] > LIMITS[kind]} == {}


def test_checker_that_accepts_nothing_fails():
    shares = measure(DEFAULT, lambda *_: "words", 1)

    assert shares["true rejected"] == 100.0

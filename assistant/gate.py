"""Whether the documents hold an answer: three outcomes from what the best units cover."""

import math
from collections.abc import Sequence

from assistant.answers import Outcome
from assistant.matching import QueryWord
from assistant.question import Question
from assistant.units import Unit

REFUSE_BELOW = 0.30
ANSWER_FROM = 0.55


def outcome(question: Question, query: Sequence[QueryWord], units: Sequence[Unit]) -> Outcome:
    """Decide between an answer, a partial answer and a refusal."""
    if not units or (question.evidence and not any(unit.has_evidence for unit in units[:8])):
        return "refused"
    sure = confidence(query, units)
    if sure < REFUSE_BELOW:
        return "refused"
    return "answered" if sure >= ANSWER_FROM else "partial"


def confidence(query: Sequence[QueryWord], units: Sequence[Unit]) -> float:
    """Estimate the probability that the best unit answers the question."""
    best = max(units[:3], key=lambda unit: unit.context_coverage)
    log_odds = 30 * (units[0].cosine - 0.84) + 5 * (best.context_coverage - 0.45)
    return 1 / (1 + math.exp(-log_odds))

"""Whether the documents hold an answer: three outcomes from what the best units cover."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Outcome
from assistant.evidence import OPTIONAL
from assistant.matching import coverage, match, text_words
from assistant.query import Query
from assistant.selection import best_of
from assistant.units import Unit

REFUSE_BELOW = 0.36
ANSWER_FROM = 0.50
GAP_REACH = 3.0  # in log-odds below the best unit
GAP_MARGIN = 3.0  # log-odds below the best unit at which a gap still stands beside it
MOST_WORDS = 12  # more words make a question longer, not its answer surer

# Fitted by logistic regression on three question sets over three corpora; each set was predicted
# by a model fitted on the two others. See `docs/decisions.md`.
WEIGHTS = {"cosine": 24.8, "context": 1.4, "grams": 1.4, "passage": 2.0, "words": 0.14}
ENGLISH = 1.9  # German passages are farther away from an English question
FITTING = 1.0  # what was asked for is there: the place, or a word about who is entitled
CONSTANT = -4.1


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer; shares are between 0 and 1."""

    cosine: float  # of the best unit, above the background of the corpus
    context: float  # weighted share of the question in the best unit and around it
    grams: float  # mean share of common 5-grams
    passage: float  # weighted share of the question in the best unit's passage
    words: float  # content words of the question
    is_english: bool
    is_fitting: bool  # the best unit is about the place, or of the kind, that is asked for
    is_missing: bool  # no unit holds the kind of fact that is asked for
    is_gap: bool  # the best unit says itself that this is not documented


def outcome(query: Query, units: Sequence[Unit], background: float) -> Outcome:
    """Decide between an answer, a partial answer and a refusal."""
    if not units:
        return "refused"
    found = signals(query, units, background)
    sure = confidence(found)
    if found.is_missing or found.is_gap or sure < REFUSE_BELOW:
        return "refused"
    return "answered" if sure >= ANSWER_FROM else "partial"


def signals(query: Query, units: Sequence[Unit], background: float) -> Signals:
    """Measure what the best unit and its surroundings say about the question."""
    best = best_of(units)
    passage = best.hit.passage
    is_optional = query.question.evidence in OPTIONAL
    whole = text_words("\n".join((passage.title, *passage.heading_path, passage.text)))
    return Signals(
        cosine=best.cosine - background,
        context=coverage(query.words, best.context),
        grams=best.grams,
        passage=coverage(query.words, [match(word, whole) for word in query.words]),
        words=min(len(query.words), MOST_WORDS),
        is_english=query.question.is_english,
        is_fitting=(query.is_local and best.has_evidence is not False)
        or (is_optional and best.has_evidence is True),
        is_missing=best.has_evidence is False,
        is_gap=stated_gap(query, units) is not None,
    )


def stated_gap(query: Query, units: Sequence[Unit]) -> Unit | None:
    """Return the unit that says that just this is not documented; None without one.

    It is the best unit, or one near it that covers more of the question.
    """
    if not units:
        return None
    best = best_of(units)
    covered = coverage(query.words, best.context)
    for unit in units:
        if (
            unit.score >= best.score - GAP_REACH
            and unit.is_gap
            and (unit is best or coverage(query.words, unit.context) > covered)
        ):
            return unit
    return None


def confidence(found: Signals) -> float:
    """Estimate the probability that the best unit answers the question."""
    log_odds = (
        CONSTANT
        + sum(weight * getattr(found, name) for name, weight in WEIGHTS.items())
        + ENGLISH * found.is_english
        + FITTING * found.is_fitting
    )
    return 1 / (1 + math.exp(-log_odds))

"""Whether the documents hold an answer: three outcomes from what the best units cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from assistant.answers import Outcome
from assistant.attachment import is_about_other_land, is_elsewhere, unsaid
from assistant.bearing import lacks_body
from assistant.evidence import OPTIONAL, names_kind
from assistant.logistic import log_odds
from assistant.matching import coverage, match, text_words
from assistant.query import Query, only_names_kind
from assistant.reading import MOST, gain
from assistant.selection import best_of
from assistant.units import Unit
from corpus.cross_encoder import CrossEncoder

REFUSE_BELOW, ANSWER_FROM = 0.0, 0.36  # in log-odds
GAP_REACH = 4.0  # in log-odds below the best unit
GAP_MARGIN = 3.0  # log-odds below the best unit at which a gap still stands beside it
RIVALS = 5  # next units that the best one is compared with
ALONE = 5.0  # lead in log-odds where there is no other unit
MOST_LEAD = 8.0  # in log-odds; among a handful of passages the best one leads by any length
MOST_WORDS = 12  # more words make a question longer, not its answer surer

# Fitted by logistic regression on three question sets over three corpora and on XQuAD-de; each
# corpus was predicted by a formula fitted on the others (`bench/gate`). Those of `cosine`,
# `context`, `lead`, `lacks_focus`, `is_english` and `is_fitting` were then set on ten. See
# `docs/decisions.md`.
WEIGHTS = {
    "cosine": 30.2,
    "context": 1.4,
    "grams": 0.3,
    "passage": 2.4,
    "words": 0.12,
    "lead": 0.34,
    "lacks_focus": -0.7,
    "unsaid": -1.3,
    "is_english": 2.0,  # German passages are farther away from an English question
    "is_elsewhere": -2.5,
    "is_fitting": 1.5,  # what was asked for is there: the place, or a word about who is entitled
}
CONSTANT = -4.1


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer; shares are between 0 and 1."""

    cosine: float  # of the best unit, above the background of the corpus
    context: float  # weighted share of the question in the best unit and around it
    grams: float  # mean share of common 5-grams
    passage: float  # weighted share of the question in the best unit's passage
    words: float  # content words of the question
    lead: float  # of the best unit before the next ones, mean, in log-odds
    lacks_focus: bool  # the word that names what is asked for stands nowhere around the best unit
    unsaid: float  # share of a question after a figure that is said nowhere near one
    is_english: bool
    is_elsewhere: bool  # the best unit's passage names none of the places that are asked about
    is_fitting: bool  # the best unit is about the place, or of the kind, that is asked for
    is_missing: bool  # the kind of fact, the body or somebody at the place that is asked for
    is_gap: bool  # the best unit says itself that this is not documented


def outcome(
    query: Query,
    units: Sequence[Unit],
    background: float,
    cross_encoder: CrossEncoder | None = None,
) -> Outcome:
    """Decide between an answer, a partial answer and a refusal.

    The best unit is read by the `cross_encoder` only where that can change what is decided.
    """
    if not units or not query.words or query.is_open:
        return "refused"
    found = signals(query, units, background)
    if found.is_missing or found.is_gap:
        return "refused"
    sure = confidence(found)
    if cross_encoder and REFUSE_BELOW - MOST <= sure < ANSWER_FROM + MOST:
        sure += gain(query, best_of(units), cross_encoder)
    if sure < REFUSE_BELOW:
        return "refused"
    return "answered" if sure >= ANSWER_FROM else "partial"


def signals(query: Query, units: Sequence[Unit], background: float) -> Signals:
    """Measure what the best unit and its surroundings say about the question."""
    best = best_of(units)
    passage = best.hit.passage
    whole = "\n".join((passage.title, *passage.heading_path, passage.text))
    words = text_words(whole)
    return Signals(
        cosine=best.cosine - background,
        context=coverage(query.words, best.context),
        grams=best.grams,
        passage=coverage(query.words, [match(word, words) for word in query.words]),
        words=min(len(query.words), MOST_WORDS),
        lead=_lead(best, units),
        lacks_focus=_lacks_focus(query, best),
        unsaid=unsaid(query, best.text),
        is_english=query.question.is_english,
        is_elsewhere=is_elsewhere(query, whole),
        is_fitting=(query.is_local and best.has_evidence is not False) or _is_told(query, best),
        is_missing=best.has_evidence is False
        or (query.is_local and not best.has_evidence)
        or lacks_body(query, best.context),
        is_gap=stated_gap(query, units) is not None,
    )


def _lacks_focus(query: Query, best: Unit) -> bool:
    if query.focus is None or only_names_kind(query.question, query.focus.token):
        return False
    around = zip(query.words, best.context, strict=True)
    return not any(said for word, said in around if word.is_focus)


def _lead(best: Unit, units: Sequence[Unit]) -> float:
    """Return how far the best unit stands above the next ones: a near miss has equals."""
    others = [unit.score for unit in units[: 1 + RIVALS] if unit is not best]
    return min(best.score - mean(others), MOST_LEAD) if others else ALONE


def stated_gap(query: Query, units: Sequence[Unit]) -> Unit | None:
    """Return the unit that says that just this is not documented; None without one.

    It is the best unit, or one near it that covers more of the question. Where the best unit is of
    the kind that was asked for, say who is entitled, what is missing around it is something else.
    What is not so is not what is not documented.
    """
    if not units or query.question.is_negated:
        return None
    best = best_of(units)
    is_told = _is_told(query, best)
    covered = coverage(query.words, best.context)
    for unit in units:
        if (
            unit.score >= best.score - GAP_REACH
            and unit.is_gap
            and not is_about_other_land(query, unit.text)
            and (not is_told or unit.has_evidence is True)
            and (unit is best or coverage(query.words, unit.context) > covered)
            and names_kind(query.question.evidence, unit.text)
        ):
            return unit
    return None


def _is_told(query: Query, unit: Unit) -> bool:
    """Tell whether a unit is of the kind asked for, in a question that could do without."""
    return query.question.evidence in OPTIONAL and unit.has_evidence is True


def confidence(found: Signals) -> float:
    """Estimate the log-odds that the best unit answers the question, before it is read."""
    return log_odds(found, WEIGHTS, CONSTANT)

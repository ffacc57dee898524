"""A sentence and passages to the span that backs it, or the reason why none does.

Deterministic, without a model: every figure, day, contact and name that the question does not hold
has to stand in one sentence of one passage, and that sentence has to be about the question
(`places`). A reversed relation ("A fördert B") no comparison of words can see; how well the rest
is told apart stands in `docs/decisions.md`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.generation.claims import Claim, read_claim
from assistant.generation.counted import contradicts, repeats
from assistant.generation.literals import literals
from assistant.generation.places import Place, places_of, signals, surroundings
from assistant.generation.qualifiers import same_qualifiers
from assistant.selection import points_back
from corpus.documents import Passage

Reason = Literal["contact", "figure", "name", "words", "sense"]

SURE = 0.77  # probability from which a place backs a claim

# A sentence that speaks to a model states nothing. Only the clumsiest are met here; the rest is
# kept harmless by the comparison itself.
_ORDER = re.compile(
    r"\b(?:ignorier|ignore|vergiss|disregard|missachte)\w*\b.{0,60}\b(?:anweisung|instruction)|"
    r"\b(?:antworte|answer|reply|respond)\b.{0,20}:|<\||\[/?INST|<<SYS|<!--|<span|\"role\"|"
    r"^\W*(?:system|assistant|administrator)\W",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Support:
    """The span of a passage that backs a claim."""

    passage: Passage
    start: int
    end: int


def check(text: str, question: str, passages: Sequence[Passage]) -> Support | Reason:
    """Locate a sentence in the passages and compare it with what stands there."""
    claim = read_claim(text, question)
    places = sorted(
        (place for passage in passages for place in places_of(claim, passage)),
        key=lambda one: -len(one.found),
    )
    if not places:
        return "name" if any(word.is_name for word in claim.words) else "words"
    reasons: list[Reason] = []
    for place in places:
        reason = _problem(claim, place)
        if reason is None:
            return Support(place.passage, *place.span)
        reasons.append(reason)
    return reasons[0]


def _problem(claim: Claim, place: Place) -> Reason | None:
    text, passage = place.text, place.passage
    there = literals(text)
    if not claim.literals.contacts <= there.contacts:
        return "contact"
    if not there.backs(claim.literals.without(claim.asked)):
        return "figure"  # the figures that make the answer
    if not literals(f"{surroundings(passage)}\n{passage.text}").backs(claim.literals):
        return "figure"  # those that were asked about may stand further away
    if contradicts(claim.text, passage.text) or repeats(claim.text, text):
        return "figure"
    if _missing_names(claim, place):
        return "name"
    if signals(claim, place).sureness < SURE:
        return "words"
    if _ORDER.search(text) or not same_qualifiers(claim.text, text):
        return "sense"
    return None


def _missing_names(claim: Claim, place: Place) -> bool:
    """Tell whether a new name is not there; "Sie" may stand for one of the sentence before."""
    there = place.found | place.before if points_back(place.text) else place.found
    return any(
        word.is_name and not word.is_asked and n not in there for n, word in enumerate(claim.words)
    )

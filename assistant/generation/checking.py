"""A sentence and passages to the span that backs it, or the reason why none does.

Deterministic, without a model: every figure, day, contact and name that the question does not hold
has to stand in one sentence of one passage, and that sentence has to be about the question
(`places`). A reversed relation ("A fördert B") no comparison of words can see; how well the rest
is told apart stands in `docs/decisions.md`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.generation.claims import Claim, read_claim
from assistant.generation.counted import contradicts, repeats
from assistant.generation.literals import literals
from assistant.generation.places import Place, places_of, signals, surroundings
from assistant.generation.qualifiers import same_qualifiers
from assistant.selection import points_back
from corpus.documents import Passage
from corpus.places import find_places

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
    told = frozenset[int]().union(*(place.whole for place in places))
    reasons: list[Reason] = []
    for place in places:
        reason = _problem(claim, place, told)
        if reason is None:
            return Support(place.passage, *place.span)
        reasons.append(reason)
    return reasons[0]


def _problem(claim: Claim, place: Place, told: frozenset[int]) -> Reason | None:
    text, passage = place.text, place.passage
    there = literals(text)
    if not claim.literals.contacts <= there.contacts:
        return "contact"
    if not there.backs(claim.literals.without(claim.asked)):
        return "figure"  # the figures that make the answer
    everything = f"{surroundings(passage)}\n{passage.text}"
    if not literals(everything).backs(claim.literals):
        return "figure"  # those that were asked about may stand further away
    if contradicts(claim.text, passage.text) or repeats(claim.text, text):
        return "figure"
    if not _towns(claim.text) <= _towns(everything) or _missing_names(claim, place, told):
        return "name"
    if signals(claim, place).sureness < SURE:
        return "words"
    if _ORDER.search(text) or not same_qualifiers(claim.text, text):
        return "sense"
    return None


@lru_cache(maxsize=2_000)
def _towns(text: str) -> frozenset[str]:
    """Return the names of German places in a text."""
    return frozenset(place.name for place in find_places(text))


def _missing_names(claim: Claim, place: Place, told: frozenset[int]) -> bool:
    """Tell whether a name is not there; "Sie" may stand for a new one of the sentence before.

    A name of the question may be paraphrased, but not where another passage holds it: that one
    would be about it, and this one is not. `told` are the words that any passage holds.
    """
    there = place.found | place.before if points_back(place.text) else place.found
    return any(
        n not in (place.whole if word.is_asked else there) and (not word.is_asked or n in told)
        for n, word in enumerate(claim.words)
        if word.is_name
    )

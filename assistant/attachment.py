"""Whether a fact is said of what is asked about, or only stands in the same text.

A near miss speaks of the subject and holds a fact of the right kind, but one about another thing.
"""

from assistant.clauses import clauses
from assistant.evidence import Evidence, holds
from assistant.matching import coverage, match, text_words
from assistant.query import Query
from corpus.places import find_places

CONTACTS: frozenset[Evidence] = frozenset({"phone", "email", "website", "address"})
FIGURES: frozenset[Evidence] = frozenset(
    {"amount", "count", "share", "duration", "span", "penalty"}
)


def unsaid(query: Query, text: str) -> float:
    """Return how much of a question after a figure is said nowhere near one, as a share.

    The best clause with a figure counts, together with the ones beside it; 0 for other questions.
    """
    evidence = query.question.evidence
    if evidence not in FIGURES:
        return 0.0
    around = [text_words(beside) for beside in _beside(evidence, text)]
    said = (coverage(query.words, [match(word, one) for word in query.words]) for one in around)
    return 1 - max(said, default=0.0)


def is_elsewhere(query: Query, text: str) -> bool:
    """Tell whether the question names places and `text` none of them.

    Never where somebody is asked for, and with its Land where a contact is: whoever advises a town
    is named for the Land.
    """
    asks_whom = query.is_local and query.question.kind == "person"
    asked = set() if asks_whom else {place.name for place in query.places}
    if query.is_local and query.question.kind in CONTACTS:
        asked |= query.lands
    return bool(asked) and asked.isdisjoint(place.name for place in find_places(text))


def is_about_other_land(query: Query, text: str) -> bool:
    """Tell whether the question names Länder and `text` names another one before them."""
    lands = (place.land for place in find_places(text) if place.land)
    first = next(lands, None)
    return bool(query.lands) and first is not None and first not in query.lands


def _beside(evidence: Evidence, text: str) -> list[str]:
    """Return each clause that holds such a fact, together with the clauses beside it."""
    spans = clauses(text)
    return [
        text[spans[max(0, at - 1)][0] : spans[min(at + 1, len(spans) - 1)][1]]
        for at, (start, end) in enumerate(spans)
        if holds(evidence, text[start:end])
    ]

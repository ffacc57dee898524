"""The best unit read together with the question, where the embedding model has learned that.

Vectors and words tell what a text is about; whether it says what is asked for takes both at once.
What the gate knows decides first: where reading could not change the outcome, it is saved.
"""

from assistant.query import Query
from assistant.units import Unit
from corpus.cross_encoder import CrossEncoder

WEIGHT = 1.5  # of the cross-encoder's log-odds beside those of the gate
NEUTRAL = -0.4  # what it says where it neither adds nor takes anything
MOST = 2.25  # in log-odds that reading may add or take
TITLE, HEADING, BEFORE, TEXT = 60, 80, 160, 700  # characters that it was trained on


def gain(query: Query, best: Unit, cross_encoder: CrossEncoder) -> float:
    """Return what reading adds to the log-odds that the best unit answers the question."""
    read = cross_encoder.log_odds(query.question.text, as_read(best))
    return 0.0 if read is None else max(-MOST, min(MOST, WEIGHT * (read - NEUTRAL)))


def as_read(unit: Unit) -> str:
    """Return the unit behind its title, its heading, and what leads to it."""
    passage = unit.hit.passage
    heading = passage.heading_path[-1] if passage.heading_path else passage.title
    start, end = passage.sentences[unit.position - 1] if unit.position else (0, 0)
    before = unit.head.text if unit.head else passage.text[start:end]
    return f"{passage.title[:TITLE]}, {heading[:HEADING]}: {before[-BEFORE:]} {unit.text[:TEXT]}"

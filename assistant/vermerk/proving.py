"""Ids and spans from outside, proven against the index before anything is printed."""

from collections.abc import Callable

from assistant.answers import Citation
from assistant.mark import Mark
from corpus.documents import Passage

FindPassage = Callable[[str], Passage | None]


def prove(passage_id: str, mark: Mark, find: FindPassage) -> Citation | None:
    """Look a span up in the index; None where it is empty, gone or holds other words."""
    passage = find(passage_id)
    if passage is None or not 0 <= mark.start < mark.end <= len(passage.text):
        return None
    if not mark.holds_in(passage):
        return None
    quote = passage.text[mark.start : mark.end]
    return Citation(mark.number, passage, quote, mark.start, mark.end)

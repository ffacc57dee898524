"""Where a passage and a quoted span of it are shown, as addresses."""

from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

from assistant.answers import Citation
from assistant.mark import proof_of
from assistant.page.shell import Visit
from assistant.wording.words import Words
from corpus.documents import Passage

PART = "/quelle"  # beside the conversation
WHOLE = "/stelle"  # a page of its own


def passage_path(passage_id: str, *, route: str = WHOLE) -> str:
    """Return the path under which a passage is shown."""
    return f"{route}/{percent_encode(passage_id, safe='')}"


def passage_link(reader: Visit, passage: Passage, start: int = 0, end: int = 0) -> str:
    """Return the stable address of a passage and a span of it; it says when they have changed."""
    if start >= end:
        return reader.link(passage_path(passage.id))
    proof = proof_of(passage.text[start:end])
    return reader.link(passage_path(passage.id), von=start, bis=end, beleg=proof)


def place_of(passage: Passage, start: int, end: int) -> str:
    """Return a span as the script of the Merkliste reads it off a button."""
    return f"{passage.id} {start} {end} {proof_of(passage.text[start:end])}"


def panel_address(citation: Citation, words: Words) -> str:
    """Return where the source of a citation is served, counted from the page."""
    query = urlencode(
        {
            "nr": citation.number,
            "von": citation.start,
            "bis": citation.end,
            "beleg": proof_of(citation.quote),
            "sprache": words.language,
        }
    )
    return f".{passage_path(citation.passage.id, route=PART)}?{query}"

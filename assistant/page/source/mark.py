"""The quoted span of a passage, as an address names it."""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

from assistant.answers import Citation
from assistant.page.shell import Visit
from assistant.page.words import Words
from corpus.documents import Passage

PART = "/quelle"  # beside the conversation
WHOLE = "/stelle"  # a page of its own


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a quote stands in its passage; `number` is the one printed in the answer, or 0."""

    start: int = 0
    end: int = 0
    proof: str = ""  # digest of the quote, see `proof_of`
    number: int = 0

    def holds_in(self, passage: Passage) -> bool:
        """Tell whether the span still holds the quote; a new index can change what it covers."""
        quoted = passage.text[max(self.start, 0) : max(self.end, 0)]
        return bool(quoted.strip()) and self.proof in ("", proof_of(quoted))


def proof_of(quote: str) -> str:
    """Return a short digest of a quote, so that an address need not carry the quote itself."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()[:16]


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

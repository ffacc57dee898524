"""The quoted span of a passage, and how to tell that it still holds the quote."""

import hashlib
from dataclasses import dataclass

from corpus.documents import Passage


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

"""Text that may stand in any file: without control characters and without hidden direction."""

import re

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def plain(text: str) -> str:
    """Return `text` with one kind of line end, and nothing that a file format forbids."""
    return _UNSEEN.sub("", _BREAK.sub("\n", text))

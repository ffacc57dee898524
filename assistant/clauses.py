"""Where the clauses of a text begin and end."""

import re

# A clause ends at a line, a semicolon or comma, and at a full stop that is not a number's.
_END = re.compile(r"\n|[;,](?=\s)|(?<!\d)[.!?](?=\s+[A-ZÄÖÜ]|\s*$)|\s[–|]\s")


def clauses(text: str) -> list[tuple[int, int]]:
    """Return start and end of each clause, in order."""
    ends = list(_END.finditer(text))
    starts = [0, *(match.end() for match in ends)]
    return list(zip(starts, [*(match.start() for match in ends), len(text)], strict=True))

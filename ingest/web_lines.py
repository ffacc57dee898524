"""The shape of single lines of a web page: what is short, a control of the page, a link label."""

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from ingest.contacts import is_detail
from ingest.web_phrases import CHROME, LINK_LABEL, LINK_TARGET

SENTENCE_END = re.compile(r"[.!?;,…][\"'»“”)\]]*$")
TO_TARGET = re.compile(
    r"(?:hier\s)?(?:zur|zum|zu\s(?:den|unseren?|allen))\s+(\w.*)$", re.IGNORECASE
)
_ARROWS = re.compile(r"^[\s→›»>▸►↗⇒➜➔<‹«↑▲|*•-]+|[\s→›»>▸►↗⇒➜➔<‹↑▲|:*]+$")
_MAX_SHORT = 60
_MAX_SHORT_WORDS = 8


def is_link_label(line: str) -> bool:
    """Whether a line is nothing but the words of a link or button, wherever it stands."""
    return is_chrome(line) or points_to_target(line)


def is_chrome(line: str) -> bool:
    """Whether a line is a control of the page: skip link, button, share or search label."""
    words = bare(line)
    if not words or len(words) > 100 or len(words.split()) > 12:
        return False
    if words.casefold().rstrip("?!.…") in CHROME:
        return True
    return not line.rstrip().endswith(".") and bool(LINK_LABEL.fullmatch(words.rstrip("!… ")))


def bare(line: str) -> str:
    """Return a line without the arrows, bars and bullets around it."""
    return _ARROWS.sub("", line).strip()


def is_short(line: str) -> bool:
    """Whether a line is too short for a sentence, and neither ends like one nor is a contact."""
    return (
        0 < len(line) <= _MAX_SHORT
        and len(line.split()) <= _MAX_SHORT_WORDS
        and not SENTENCE_END.search(line)
        and not is_detail(line)
    )


def points_to_target(line: str) -> bool:
    """Whether a line reads "Zur Dokumentation": a preposition and a thing links point to."""
    words = bare(line)
    match = TO_TARGET.match(words)
    if not match or not is_short(line) or not words[:1].isupper() or line.endswith(":"):
        return False
    return any(LINK_TARGET.search(word) for word in match.group(1).split()[:3])


def paragraphs(lines: Sequence[str]) -> list[list[int]]:
    """Return the positions of the lines of each paragraph."""
    grouped = groupby(range(len(lines)), key=lambda at: bool(lines[at].strip()))
    return [list(group) for filled, group in grouped if filled]


def take_while(positions: Sequence[int], accepts: Callable[[int], bool]) -> list[int]:
    """Return the positions up to the first that is not accepted."""
    stop = next((i for i, at in enumerate(positions) if not accepts(at)), len(positions))
    return list(positions[:stop])

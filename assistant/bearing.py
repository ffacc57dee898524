"""How a unit fits the form of a question: general before special, definitions, counted lists."""

import re
from collections.abc import Sequence

from assistant.evidence import counts
from assistant.matching import match, text_words
from assistant.query import Query
from corpus.dates import DAY
from corpus.places import find_places

# Where a question names no place, what holds for one place is an exception or an example.
_GENERAL = frozenset(
    {"eligibility", "share", "amount", "duration", "span", "end", "procedure", "yesno"}
)
_DEFINES = re.compile(
    r"^[\W_]*(?:\d+[a-z]?[.)]+\s+)?(?:(?:Der|Die|Das|Ein|Eine|The|An?)\s+)?((?:\S+\s+){1,6}?)"
    r"(?:ist|sind|war|waren|steht für|stehen für|bedeutet|heißt|meint|bezeichnet|is|are|means)\b"
)
_WHO_IS = re.compile(r"\b(?:wer|who)\s+(?:ist|sind|war|waren|is|are|was|were)\b", re.IGNORECASE)
_ENTITLES = re.compile(
    r"(?:antrags|förder|zuwendungs|teilnahme|bewerbungs)berechtigt (?:sind|ist)|"
    r"(?:zuwendungs|förder)empfänger (?:sind|ist|können)|"
    r"(?:Antrag|Anträge) (?:können|kann|dürfen|darf) .{0,60}(?:stellen|einreichen)|"
    r"(?:bewerben|beantragen) (?:können|dürfen)|(?:können|dürfen) sich .{0,80}bewerben",
    re.IGNORECASE | re.DOTALL,
)
_SINCE = re.compile(r"\b(?:seit|ab) wann\b|\bsince when\b", re.IGNORECASE)
_FROM = re.compile(rf"\b(?:seit|ab)\s+(?:(?:dem|Anfang|Mitte|Ende|\w+)\s+)?(?:{DAY}|(?:19|20)\d\d)")


def is_special(query: Query, heading: str, text: str) -> bool:
    """Tell whether a unit is about one place and the question about the rule for all."""
    if query.question.kind not in _GENERAL or query.places:
        return False
    return bool(find_places(f"{heading}. {text}"))


def defines(query: Query, text: str) -> bool:
    """Tell whether a unit says what the thing is that the question asks about."""
    focus = query.focus
    found = _DEFINES.match(text) if query.question.kind == "definition" and focus else None
    subject = next((word for word in found[1].split() if word[0].isupper()), "") if found else ""
    return focus is not None and match(focus, text_words(subject)) > 0


def entitles(query: Query, text: str) -> bool:
    """Tell whether a unit says who may apply, where that is asked."""
    return query.question.kind == "eligibility" and _ENTITLES.search(text) is not None


def lacks_role(query: Query, context: Sequence[float]) -> bool:
    """Tell whether a question asks who is something, and nothing around a unit says that word."""
    if query.question.kind not in ("person", "role") or not _WHO_IS.search(query.question.text):
        return False
    said = (known for word, known in zip(query.words, context, strict=True) if word.is_focus)
    return next(said, 1.0) == 0


def lacks_body(query: Query, context: Sequence[float]) -> bool:
    """Tell whether a question asks who sits in a body, and nothing around a unit names it."""
    if query.question.kind != "members":
        return False
    said = zip(query.words, context, strict=True)
    return next((not known for word, known in said if word.token[:1].isupper()), False)


def counts_list(query: Query, text: str) -> bool:
    """Tell whether a unit says how many of what is to be listed there are: "fünf Fachstellen:"."""
    if query.question.kind != "list" or query.focus is None or ":" not in text:
        return False
    head = text.split(":")[0]
    return any(match(query.focus, text_words(behind)) > 0 for behind in counts(head))


def begins(query: Query, text: str) -> bool:
    """Tell whether a unit gives the beginning that is asked for: "seit dem 1.2.2024"."""
    return bool(_SINCE.search(query.question.text)) and _FROM.search(text) is not None

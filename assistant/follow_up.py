"""A follow-up question and the conversation before it to a question that stands alone."""

import re
from collections.abc import Sequence

from assistant.answers import Message
from assistant.attachment import CONTACTS
from assistant.question import understand
from assistant.question_forms import QUESTION_WORD
from corpus.analysis import fold, is_stop_word
from corpus.places import find_places

FEW_WORDS = 2  # content words that do not make a topic of their own

_OPENING = re.compile(
    r"^(?:und|oder|aber|and|or)\s+(?:was ist mit\s+|wie ist es\s+|wie sieht es\s+|what about\s+)?|"
    r"^(?:was ist mit|wie ist es|wie sieht es|what about|how about)\s+|"
    r"^(?:gilt|geht|ist) (?:das|dies) (?:denn )?(?:auch|genauso)\s+(?=für|bei|in\b|im\b)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:dort|da|davon|dafür|dazu|darüber|dabei|damit|daran|darauf|deren|dessen|diese[rsmn]?|"
    r"dies|sie|er|es|ihnen|ihr|there|that|this|it|they|them)\b|\b(?:das|die|der|den|dem|denen)\b(?=\s*(?:[?.!]|$))",
    re.IGNORECASE,
)
# Of these, what can point to nothing but what was named before.
_POINTS_AWAY = re.compile(
    r"\b(?:dort|davon|dafür|dazu|darüber|dabei|daran|darauf|deren|dessen|of that|of it|for that)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b{QUESTION_WORD}\b", re.IGNORECASE)
# "Und für Landkreise?" takes the place of "für kreisfreie Städte" in the question before.
_PHRASE = r"\b{}\s+(?:[a-zäöüß]\w*\s+)*[A-ZÄÖÜ][\w-]*"
_PREPOSITION = re.compile(r"(?:für|bei|in|im|ab|seit|for|since)(?=\s)")
_QUANTITIES = frozenset(
    {"amount", "share", "count", "frequency", "duration", "span", "date", "end", "size", "height"}
)
_TOKEN = re.compile(r"[^\W_][\w-]*")


def standalone(question: str, history: Sequence[Message]) -> str:
    """Complete a follow-up from the user's question before it; a new topic stays as it is."""
    earlier = next((turn.text for turn in reversed(history) if turn.role == "user"), "")
    if not earlier:
        return question
    opening = _OPENING.match(question)
    rest = question[opening.end() :] if opening else question
    if opening and not _ASKS.search(rest):
        return _exchanged(earlier, rest)
    points_back = _POINTING.search(rest) is not None
    if (opening or points_back) and len(_content(rest)) <= FEW_WORDS:
        return _with_topic(rest, earlier)
    if _asks_for_contact_alone(rest):
        return _with_topic(rest, earlier)
    return question


def lacks_topic(question: str) -> bool:
    """Tell whether a question points to something that it does not name: "Was gibt es dazu?"."""
    is_completed = question.rstrip("?").endswith(")")
    is_short = len(_content(question)) <= FEW_WORDS
    return is_short and not is_completed and _POINTS_AWAY.search(question) is not None


def _asks_for_contact_alone(question: str) -> bool:
    """Tell whether a question asks for a phone number or the like and does not say whose."""
    return understand(question).kind in CONTACTS and len(_content(question)) <= 1


def _exchanged(earlier: str, rest: str) -> str:
    """Ask the earlier question about something else: "Und in Bayern?", "Und für Landkreise?"."""
    now = rest.rstrip(" ?.!")
    bare = earlier.rstrip(" ?.!")
    old, new = find_places(earlier), find_places(now)
    if old and new:
        named = re.search(
            rf"(?:\b(?:in|im|für|bei|aus)\s+)?(?:\bder\s+)?(?:\b(?:Landkreis|Kreis|Stadt)\s+)?"
            rf"{re.escape(old[0].name)}",
            bare,
            re.IGNORECASE,
        )
        if named:
            return f"{bare[: named.start()]}{now}{bare[named.end() :]}?"
    preposition = _PREPOSITION.match(now)
    if preposition:
        *_, last = (None, *re.finditer(_PHRASE.format(preposition[0]), bare))
        if last:
            return f"{bare[: last.start()]}{now}{bare[last.end() :]}?"
    return f"{bare} {now}?"


def _with_topic(rest: str, earlier: str) -> str:
    """Name what a pointing question points to: the nouns of the one before, and its places.

    A question with a place of its own asks for the same of that place.
    """
    known = {fold(token) for token in _TOKEN.findall(rest)}
    if find_places(rest):
        known |= {fold(token) for one in find_places(earlier) for token in _TOKEN.findall(one.name)}
    before = understand(earlier)
    done = before.focus if before.kind in _QUANTITIES else ""  # its amount, date or number is known
    topic = [
        word
        for word in _content(earlier)
        if word[0].isupper() and fold(word) not in known and word != done
    ]
    if not topic:
        topic = [word for word in _content(earlier) if fold(word) not in known]
    asked = rest[:1].upper() + rest[1:].rstrip(" ?.!")
    return f"{asked} ({', '.join(topic)})?" if topic else rest


def _content(text: str) -> list[str]:
    """Return the words that carry content, question words and pronouns left out."""
    return [
        token
        for token in _TOKEN.findall(text)
        if not is_stop_word(token.lower())
        and not _ASKS.fullmatch(token)
        and not _POINTING.fullmatch(token)
    ]

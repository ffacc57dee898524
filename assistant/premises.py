"""What a question takes for granted and the documents deny."""

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.figures import amounts, contradicted, in_english
from assistant.question import Question
from assistant.validity import Timeframe
from corpus.analysis import content_stems, stem
from corpus.enumerations import Key, asked_parts

SERIES = 2  # numbered parts that make a series; a single "erste Stufe" does not
SAME_SUBJECT = 2  # common words of a question and a sentence that speaks of the same

_NOTES: Mapping[str, Mapping[str, str]] = {
    "otherwise": {
        "de": "Die Frage nennt {}; in den Unterlagen steht {}.",
        "en": "The question says {}; the documents say {}.",
    },
    "part": {
        "de": "Die Frage nennt die Nummer {}; die Unterlagen zählen nur bis {}.",
        "en": "The question names number {}; the documents count only up to {}.",
    },
    "denied": {
        "de": "In den Unterlagen steht: „{}“.",
        "en": "The documents say: “{}”.",
    },
    "over": {
        "de": "{}; die Frage setzt voraus, dass es weitergeht.",
        "en": "{}; the question presumes that it goes on.",
    },
    "nowhere": {
        "de": "Die Frage nennt {}; das steht in den gefundenen Stellen nicht.",
        "en": "The question says {}; the passages found do not.",
    },
    "year": {
        "de": "Die Frage nennt {}; in den zitierten Stellen steht {}.",
        "en": "The question says {}; the passages quoted say {}.",
    },
    "negation": {
        "de": "Die Frage setzt eine Verneinung voraus, die im ersten Beleg so nicht steht.",
        "en": "The question presumes that something is not so; the first source does not say that.",
    },
}
_NEGATION = re.compile(r"\b(?:kein\w*|nicht|nie|niemals|no|not|never)\b", re.IGNORECASE)
WHY = re.compile(
    r"\b(?:warum|wieso|weshalb|why|aus welchem Grund|(?:wie kommt|woran liegt) es,? dass)\b",
    re.IGNORECASE,
)
# Questions of these kinds ask about something that is there: by when, how much, how to.
_OF_WHAT_IS = frozenset({"end", "date", "duration", "span", "amount", "share", "procedure"})
_STILL = re.compile(
    r"\b(?:wieder|weiterhin|immer noch|heute|derzeit|zurzeit|aktuell|jetzt|again|today|now)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"Nein[:,] ([^.;:]*)")
_EITHER = re.compile(r"\b(?:oder|or)\b", re.IGNORECASE)
_THERE_IS = re.compile(r"\bgibt\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "keine vorgeschaltete Projektskizze", "kein eigenes Thema": up to two words before the noun.
_DENIED = re.compile(r"\bkeine?[nmrs]?((?:\s+[a-zäöüß]\w*){0,2}\s+[A-ZÄÖÜ]\w+)")


def wrong_premise(
    question: Question,
    quotes: Sequence[str],
    passages: Sequence[str],
    parts: Mapping[Key, str],
    timeframe: Timeframe,
) -> str | None:
    """Name what the question presumes and the documents deny; None where nothing is denied.

    `passages` are the texts of the nearest passages, `parts` the numbered parts that the documents
    name. A question that asks whether something is so presumes nothing.
    """
    if question.kind in ("yesno", "still"):
        return None
    figure = contradicted(question.text, quotes)
    if figure:
        return say("otherwise", question, *(_worded(one, question) for one in figure))
    return (
        _unknown_part(question, passages, parts)
        or _denied_thing(question, quotes)
        or _goes_on(question, timeframe)
        or (_denied_whole(question, quotes) if question.kind in _OF_WHAT_IS else None)
        or (_unfounded(question, quotes, passages) if asks_reason(question.text) else None)
    )


def say(what: str, question: Question, *values: object) -> str:
    """Word a note in the language of the question."""
    return _NOTES[what][question.language].format(*values)


def _worded(figures: str, question: Question) -> str:
    """Write figures, parted by commas, in the language of the question."""
    if not question.is_english:
        return figures
    return ", ".join(map(in_english, figures.split(", ")))


def asks_reason(question: str) -> bool:
    """Tell whether a question asks why something is so, which it thereby takes for given."""
    return WHY.search(question) is not None


def _unfounded(question: Question, quotes: Sequence[str], passages: Sequence[str]) -> str | None:
    """Name what a question after the reason takes for given and the documents do not say."""
    return (
        _unknown_amount(question, passages)
        or _other_year(question, quotes)
        or _unsaid_negation(question, quotes)
    )


def _unknown_part(
    question: Question, passages: Iterable[str], parts: Mapping[Key, str]
) -> str | None:
    """Name a numbered part beyond those that there are: module 5 of three."""
    known = {*parts, *(key for passage in passages for key in asked_parts(passage))}
    for kind, number in asked_parts(question.text):
        series = {other for name, other in known if name == kind}
        if len(series) >= SERIES and number > max(series):
            return say("part", question, number, max(series))
    return None


def _denied_thing(question: Question, quotes: Iterable[str]) -> str | None:
    """Name a thing that the question takes for given, and a quote says there is none.

    The sentence has to say so outright ("gibt es keine") or to speak of the same beside the thing.
    """
    if _NEGATION.search(question.text) or _EITHER.search(question.text):
        return None
    asked = set(content_stems(question.text))
    for sentence in (one for quote in quotes for one in _SENTENCE.split(quote)):
        for match in _DENIED.finditer(sentence):
            thing = stem(match[1].split()[-1].lower())
            beside = asked & set(content_stems(sentence)) - {thing}
            is_same = len(beside) >= SAME_SUBJECT or _THERE_IS.search(sentence)
            if thing in asked and is_same:
                return say("denied", question, match[0])
    return None


def _goes_on(question: Question, timeframe: Timeframe) -> str | None:
    """Name what the question believes to go on, and the documents say it has ended."""
    noun = timeframe.ended_noun(question.text) if _STILL.search(question.text) else None
    return say("over", question, timeframe.end_of(noun)) if noun else None


def _denied_whole(question: Question, quotes: Sequence[str]) -> str | None:
    """Name the "no" with which the first quote answers the question whether it is so at all."""
    no = _NO.match(quotes[0]) if quotes else None
    return say("denied", question, no[0]) if no else None


def _unknown_amount(question: Question, passages: Sequence[str]) -> str | None:
    """Name an amount whose reason is asked for and that stands nowhere."""
    unknown = sorted(amounts(question.text) - amounts("\n".join(passages)))
    if not unknown:
        return None
    return say("nowhere", question, _worded(unknown[0], question))


def _other_year(question: Question, quotes: Sequence[str]) -> str | None:
    """Name a year of the question where the quotes name other years and not this one."""
    said = sorted({year for quote in quotes for year in _YEAR.findall(quote)})
    unsaid = [year for year in _YEAR.findall(question.text) if year not in said]
    if not unsaid or not said:
        return None
    return say("year", question, unsaid[0], ", ".join(said))


def _unsaid_negation(question: Question, quotes: Sequence[str]) -> str | None:
    """Tell that a question presumes that something is not so, and the first sentence has no "not".

    The sentence must speak of the same: of two words of the question at least.
    """
    first = _SENTENCE.split(quotes[0])[0] if quotes else ""
    if not _NEGATION.search(question.text) or _NEGATION.search(first):
        return None
    if len(set(content_stems(question.text)) & set(content_stems(first))) < SAME_SUBJECT:
        return None
    return say("negation", question)

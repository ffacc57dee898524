"""What a question takes for granted and the documents deny."""

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.figures import amounts, contradicted
from assistant.question import Question
from corpus.analysis import content_stems, stem
from corpus.enumerations import Key, asked_parts

SERIES = 2  # numbered parts that make a series; a single "erste Stufe" does not
SAME_SUBJECT = 2  # common words of a question and a sentence that speaks of the same

_NEGATION = re.compile(r"\b(?:kein\w*|nicht|nie|niemals|no|not|never)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "keine vorgeschaltete Projektskizze", "kein eigenes Thema": up to two words before the noun.
_DENIED = re.compile(r"\bkeine?[nmrs]?((?:\s+[a-zäöüß]\w*){0,2}\s+[A-ZÄÖÜ]\w+)")


def wrong_premise(
    question: Question, quotes: Sequence[str], passages: Sequence[str], parts: Mapping[Key, str]
) -> str | None:
    """Name what the question presumes and the documents deny; None where nothing is denied.

    `passages` are the texts of the nearest passages, `parts` the numbered parts that the documents
    name. A question that asks whether something is so presumes nothing.
    """
    if question.kind == "yesno":
        return None
    figure = contradicted(question.text, quotes)
    if figure:
        return f"Die Frage nennt {figure}."
    return (
        _unknown_part(question.text, passages, parts)
        or _denied_thing(question.text, quotes)
        or (_unfounded(question.text, quotes, passages) if question.kind == "reason" else None)
    )


def _unfounded(question: str, quotes: Sequence[str], passages: Sequence[str]) -> str | None:
    """Name what a question after the reason takes for given and the documents do not say."""
    return (
        _unknown_amount(question, passages)
        or _other_year(question, quotes)
        or _unsaid_negation(question, quotes)
    )


def _unknown_part(question: str, passages: Iterable[str], parts: Mapping[Key, str]) -> str | None:
    """Name a numbered part beyond those that there are: module 5 of three."""
    known = {*parts, *(key for passage in passages for key in asked_parts(passage))}
    for kind, number in asked_parts(question):
        series = {other for name, other in known if name == kind}
        if len(series) >= SERIES and number > max(series):
            return (
                f"Die Frage nennt die Nummer {number}; die Unterlagen zählen nur bis {max(series)}."
            )
    return None


def _denied_thing(question: str, quotes: Iterable[str]) -> str | None:
    """Name a thing that the question takes for given, and a quote says there is none."""
    if _NEGATION.search(question):
        return None
    asked = set(content_stems(question))
    for quote in quotes:
        for match in _DENIED.finditer(quote):
            if stem(match[1].split()[-1].lower()) in asked:
                return f"In den Unterlagen steht: „{match[0]}“."
    return None


def _unknown_amount(question: str, passages: Sequence[str]) -> str | None:
    """Name an amount whose reason is asked for and that stands nowhere."""
    unknown = sorted(amounts(question) - amounts("\n".join(passages)))
    if not unknown:
        return None
    return f"Die Frage nennt {unknown[0]}; das steht in den gefundenen Stellen nicht."


def _other_year(question: str, quotes: Sequence[str]) -> str | None:
    """Name a year of the question where the quotes name other years and not this one."""
    said = sorted({year for quote in quotes for year in _YEAR.findall(quote)})
    unsaid = [year for year in _YEAR.findall(question) if year not in said]
    if not unsaid or not said:
        return None
    return f"Die Frage nennt {unsaid[0]}; in den zitierten Stellen steht {', '.join(said)}."


def _unsaid_negation(question: str, quotes: Sequence[str]) -> str | None:
    """Tell that a question presumes that something is not so, and the first sentence has no "not".

    The sentence must speak of the same: of two words of the question at least.
    """
    first = _SENTENCE.split(quotes[0])[0] if quotes else ""
    if not _NEGATION.search(question) or _NEGATION.search(first):
        return None
    if len(set(content_stems(question)) & set(content_stems(first))) < SAME_SUBJECT:
        return None
    return "Die Frage setzt eine Verneinung voraus, die im ersten Beleg so nicht steht."

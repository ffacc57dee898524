"""Quotes to the text of an answer with its citations; refusals to words that help on."""

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answers import Citation, Note
from assistant.figures import conflicting
from assistant.premises import wrong_premise
from assistant.question import Question
from assistant.selection import Quote
from assistant.validity import has_ended
from corpus.documents import Hit
from corpus.enumerations import Key
from prompts import render

NEAREST = 3
_NEAREST = {"de": "Am nächsten kommen diese Stellen:", "en": "The nearest passages are:"}
_NOTHING = {"de": "Auch Ähnliches wurde nicht gefunden.", "en": "Nothing similar was found either."}
_CONTACT = {
    "de": "Bitte fragen Sie die Regionale Entwicklungsagentur (REAB) Ihres Landes oder den "
    "Projektträger.",
    "en": "Please ask the regional agency (REAB) of your state or the project management agency.",
}

_ASK = {"de": "Auskunft geben kann:", "en": "You can ask:"}


def cite(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Give the quotes their numbers; each citation proves itself against its passage."""
    return tuple(
        Citation(number, quote.hit.passage, quote.text, quote.start, quote.end)
        for number, quote in enumerate(quotes, 1)
    )


def quoted(citations: Sequence[Citation], day: date) -> str:
    """Write the quotes, each in quotation marks with its number behind it; what ended says so."""
    return "\n\n".join(
        f"{_in_marks(one.quote)} [{one.number}]{_ended(one, day)}" for one in citations
    )


def notes(
    question: Question,
    citations: Sequence[Citation],
    hits: Sequence[Hit],
    parts: Mapping[Key, str],
    day: date,
) -> tuple[Note, ...]:
    """Say what a reader must know beside the quotes: a wrong premise, a conflict, what ended."""
    found = []
    quotes = [citation.quote for citation in citations]
    premise = wrong_premise(question, quotes, [hit.passage.text for hit in hits], parts)
    if premise:
        found.append(Note("premise", premise))
    if question.kind == "count" and conflicting(question.focus, quotes):
        dates = "; ".join(f"Beleg {one.number}: {_dated(one)}" for one in citations)
        found.append(Note("conflict", f"Die Belege nennen verschiedene Zahlen ({dates})."))
    for one in citations:
        if has_ended(one.passage.source, day):
            found.append(Note("superseded", f"Beleg {one.number}{_ended(one, day)}."))
    recognised = [str(one.number) for one in citations if one.passage.is_recognised]
    if recognised:
        text = f"Texterkennung, Lesefehler sind möglich: Beleg {', '.join(recognised)}."
        found.append(Note("ocr", text))
    return tuple(found)


def _ended(citation: Citation, day: date) -> str:
    until = citation.passage.source.valid_until
    return f" (galt bis {until:%d.%m.%Y})" if until and until < day else ""


def _dated(citation: Citation) -> str:
    source = citation.passage.source
    parts = [f"Stand {source.as_of:%d.%m.%Y}" if source.as_of else "ohne Datum", source.level]
    return ", ".join(part for part in parts if part)


def _in_marks(quote: str) -> str:
    """Put a quote into marks that it does not hold itself."""
    return f"»{quote}«" if "„" in quote else f"„{quote}“"


def refusal(question: Question, hits: Sequence[Hit], gap: str, contact: str) -> str:
    """Say that the documents do not say it, where the nearest passages are and whom to ask.

    `gap` quotes where the documents say so themselves, `contact` whom they name to ask; both may
    be empty.
    """
    language = language_of(question)
    places = dict.fromkeys(_place(hit) for hit in hits[:NEAREST])
    listed = "\n".join(f"- {place}" for place in places)
    nearest = f"{_NEAREST[language]}\n{listed}" if listed else _NOTHING[language]
    nearest = f"{gap}\n\n{nearest}" if gap else nearest
    whom = f"{_ASK[language]}\n\n{contact}" if contact else _CONTACT[language]
    return render(f"refusal.{language}", question=question.text, nearest=nearest, contact=whom)


def partial(question: Question, quotes: str) -> str:
    """Show the quotes there are, and say that they are all."""
    return render(f"partial.{language_of(question)}", quotes=quotes)


def language_of(question: Question) -> str:
    """Return the language an answer's own words are in."""
    return "en" if question.is_english else "de"


def _place(hit: Hit) -> str:
    passage = hit.passage
    return ", ".join(part for part in (passage.title, passage.locator) if part)

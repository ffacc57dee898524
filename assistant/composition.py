"""Quotes to the text of an answer with its citations; refusals to words that help on."""

from collections.abc import Iterable, Sequence

from assistant.answers import Citation, Table
from assistant.missing import Missing
from assistant.question import Question
from assistant.selection import Quote
from assistant.validity import Timeframe
from corpus.documents import Hit
from corpus.places import Place
from prompts import render

NEAREST = 3
_NEAREST = {"de": "Am nächsten kommen diese Stellen:", "en": "The nearest passages are:"}
_NOTHING = {"de": "Auch Ähnliches wurde nicht gefunden.", "en": "Nothing similar was found either."}
_CONTACT = {
    "de": "Bitte fragen Sie die Regionale Entwicklungsagentur (REAB) Ihres Landes oder den "
    "Projektträger.",
    "en": "Please ask the regional agency (REAB) of your state or the project management agency.",
}

_WHICH = {
    "de": "Diesen Ort gibt es mehrfach: {}. Bitte nennen Sie das Land dazu.",
    "en": "There are several places of this name: {}. Please name the state as well.",
}
_ABOUT_WHAT = {
    "de": "Die Frage sagt nicht, worum es geht. Bitte nennen Sie das Programm oder das Thema dazu.",
    "en": "The question does not say what it is about. Please name the programme or the topic.",
}
NOT_STATED = {"de": "nicht angegeben", "en": "not stated"}
_AFFIRMED = {
    "de": "Keine der nächsten Stellen sagt, was nicht gilt oder ausgeschlossen ist.",
    "en": "None of the nearest passages says what does not hold or is excluded.",
}
_ABSENT = {
    "de": "Keine der nächsten Stellen nennt {}.",
    "en": "None of the nearest passages mentions {}.",
}
_HELD = {
    "de": "Die Unterlagen sprechen von {}, aber keine der nächsten Stellen nennt {}.",
    "en": "The documents speak of {}, but none of the nearest passages mentions {}.",
}
_FOR = {"de": "Zur Frage „{}“:", "en": "On the question “{}”:"}
_ASK = {"de": "Auskunft geben kann:", "en": "You can ask:"}


def cite(quotes: Sequence[Quote], first: int = 1) -> tuple[Citation, ...]:
    """Give the quotes their numbers from `first` on; each citation proves itself by its passage."""
    return tuple(
        Citation(number, quote.hit.passage, quote.text, quote.start, quote.end)
        for number, quote in enumerate(quotes, first)
    )


def quoted(citations: Sequence[Citation], timeframe: Timeframe) -> str:
    """Write the quotes, each in quotation marks with its number behind it; what ended says so."""
    return "\n\n".join(
        f"{_in_marks(one.quote)} [{one.number}]{_ended(one, timeframe)}" for one in citations
    )


def _ended(citation: Citation, timeframe: Timeframe) -> str:
    ended = timeframe.ended(citation.passage, citation.quote)
    return f" ({ended})" if ended else ""


def _in_marks(quote: str) -> str:
    """Put a quote into marks that it does not hold itself."""
    return f"»{quote}«" if "„" in quote else f"„{quote}“"


def listed(table: Table, citations: Sequence[Citation], timeframe: Timeframe, language: str) -> str:
    """Write a comparison row by row; what is not documented says so."""
    by_number = {one.number: one for one in citations}
    rows = []
    for label, cells in table.rows:
        lines = [f"{label}:"]
        for subject, cell in zip(table.columns, cells, strict=True):
            found = quoted([by_number[cell.number]], timeframe) if cell.number else ""
            lines.append(f"- {subject}: {found or NOT_STATED[language]}")
        rows.append("\n".join(lines))
    return "\n\n".join(rows)


def refusal(question: Question, hits: Sequence[Hit], gap: str, contact: str) -> str:
    """Say that the documents do not say it, where the nearest passages are and whom to ask.

    `gap` quotes where the documents say so themselves, asks which place is meant, or names what the
    nearest passages lack; `contact` quotes whom they name to ask. Both may be empty.
    """
    language = question.language
    places = dict.fromkeys(_place(hit) for hit in hits[:NEAREST])
    listed = "\n".join(f"- {place}" for place in places)
    nearest = f"{_NEAREST[language]}\n{listed}" if listed else _NOTHING[language]
    nearest = f"{gap}\n\n{nearest}" if gap else nearest
    whom = f"{_ASK[language]}\n\n{contact}" if contact else _CONTACT[language]
    return render(f"refusal.{language}", question=question.text, nearest=nearest, contact=whom)


def lacking(question: Question, missing: Missing) -> str:
    """Say which words of the question the nearest passages lack; empty where they have all."""
    language = question.language
    held, absent = (
        ", ".join(f"„{word}“" for word in part) for part in (missing.held, missing.absent)
    )
    if not absent:
        return _AFFIRMED[language] if question.is_negated else ""
    return _HELD[language].format(held, absent) if held else _ABSENT[language].format(absent)


def answer_for(question: Question, answer: str) -> str:
    """Name the question that an answer belongs to, where there are several."""
    return f"{_FOR[question.language].format(question.text)}\n\n{answer}"


def which(question: Question, places: Iterable[Place]) -> str:
    """Ask which of several places of one name is meant; empty where none is open."""
    labels = "; ".join(place.label for place in places if place.is_ambiguous)
    return _WHICH[question.language].format(labels) if labels else ""


def about_what(question: Question) -> str:
    """Ask what a question is about that points to something nobody has named."""
    return _ABOUT_WHAT[question.language]


def partial(question: Question, quotes: str) -> str:
    """Show the quotes there are, and say that they are all."""
    return render(f"partial.{question.language}", quotes=quotes)


def _place(hit: Hit) -> str:
    passage = hit.passage
    return ", ".join(part for part in (passage.title, passage.locator) if part)

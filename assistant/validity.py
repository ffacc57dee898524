"""When a statement holds: the day a question is about, and sources that held until before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.matching import text_words
from corpus.analysis import fold, stem, words
from corpus.dates import DAY, find_days
from corpus.documents import Passage, Source

_AS_OF = re.compile(
    r"\b(?:(?:Stand|as of|gültig|gueltig)\b\s*:?|(?<=galt )|(?<=galten )|(?<=gilt )|(?<=gelten ))"
    rf"\s*(?:am |vom |zum |on )?({DAY})"
    # "Wie hoch war sie am 1.6.2023?": a day at the end of a question that asks for none.
    rf"|(?<=\s)(?:am|zum|on) (?P<at>{DAY})(?=\s*\?\s*$)",
    re.IGNORECASE,
)
_ASKS_FOR_STATE = re.compile(r"\s*(?:wie|wer|welche\w*|was|how|who|which|what)\b", re.IGNORECASE)
# Words that say themselves that what follows is over.
_SAYS_SO = re.compile(
    r"\b(?:bisherig|ehemalig|frueher|vormals|vorlaeufer|vorgaenger|nachfolge|abgeloest|ausgelaufen|"
    r"ended?|endeten?|bis\b|former|previous)"
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PAST = re.compile(
    r"\b(?:war(?:en)?|wurden?|hatten?|gab|lief|liefen|galt|galten|bis wann|damals|frueher\w*|"
    r"ehemals?|ehemalig\w*|vorgaenger\w*|geschichte|historisch|bisher\w*|were|did|former|previous)\b"
)


def split_day(question: str) -> tuple[str, date | None]:
    """Part a question from the day it is about: "Wie hoch ist sie, Stand am 01.06.2023?"."""
    match = _AS_OF.search(question)
    if not match or (match["at"] and not _ASKS_FOR_STATE.match(question)):
        return question, None
    day = next(find_days(match[0]), None)
    if day is None:
        return question, None
    before, after = question[: match.start()].rstrip(" ,(;"), question[match.end() :].lstrip(") ")
    between = " " if after[:1].isalnum() else ""
    return f"{before}{between}{after}" if before else after.lstrip(":,; "), day


def asks_for_past(question: str, today: date) -> bool:
    """Tell whether what has ended is what is asked for."""
    folded = fold(question)
    years = [int(year) for year in _YEAR.findall(folded)]
    return bool(_PAST.search(folded)) or any(year < today.year for year in years)


def has_ended(source: Source, day: date) -> bool:
    """Tell whether a source no longer holds on a day."""
    return source.valid_until is not None and source.valid_until < day


def is_current(source: Source, day: date) -> bool:
    """Tell whether a source holds on a day, as far as it says so."""
    begun = source.valid_from is None or source.valid_from <= day
    return begun and not has_ended(source, day)


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The day that a question is about, and what the documents say has an end.

    `endings` maps the stems of nouns to the last day the documents give for them; with `is_past`,
    what has ended is what the question wants.
    """

    day: date
    endings: Mapping[str, date]
    is_past: bool = False

    def is_wanted(self, passage: Passage, text: str, asked: frozenset[str]) -> bool:
        """Tell whether a statement of a passage is about the right time.

        What the question names by itself is wanted even if it has ended; `asked` are its stems.
        """
        if self.is_past:
            return True
        noun = self.ended_noun(f"{passage.title} {text}")
        return is_current(passage.source, self.day) and (
            noun is None or stem(noun.lower()) in asked
        )

    def ended(self, passage: Passage, quote: str) -> str | None:
        """Say until when a quote held, in German; None if it holds or says so itself."""
        if has_ended(passage.source, self.day):
            return f"galt bis {passage.source.valid_until:%d.%m.%Y}"
        noun = self.ended_noun(quote)
        return self.end_of(noun) if noun else None

    def end_of(self, noun: str) -> str:
        """Say until when the documents know of something that has ended, in German."""
        return f"{noun}: bis {self.endings[stem(noun.lower())]:%d.%m.%Y}"

    def is_over(self, passage: Passage, text: str) -> bool:
        """Tell whether a statement speaks of what has ended, whether it says so or not."""
        stems = text_words(f"{passage.title} {passage.heading} {text}").stems
        return has_ended(passage.source, self.day) or any(
            self.endings[noun] < self.day for noun in self.endings.keys() & stems
        )

    def ended_noun(self, text: str) -> str | None:
        """Return the first noun in a text that has ended by then, unless the text says so."""
        ended = self.endings.keys() & text_words(text).stems
        if not ended or _SAYS_SO.search(fold(text)):
            return None
        for word in words(text):
            end = self.endings.get(stem(word))
            if end is not None and end < self.day and str(end.year) not in text:
                return word.capitalize()
        return None

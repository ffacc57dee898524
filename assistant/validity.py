"""When a statement holds: the day a question is about, and sources that held until before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.matching import text_words
from corpus.analysis import fold, stem, words
from corpus.dates import DAY, MONTHS, find_days, find_times
from corpus.documents import Passage, Source

_AS_OF = re.compile(
    r"\b(?:(?:Stand|as of|gültig|gueltig)\b\s*:?|(?<=galt )|(?<=galten )|(?<=gilt )|(?<=gelten ))"
    rf"\s*(?:am |vom |zum |on )?({DAY})"
    # "Wie hoch war sie am 1.6.2023?": a day at the end of a question that asks for none.
    rf"|(?<=\s)(?:am|zum|on) (?P<at>{DAY})(?=\s*\?\s*$)"
    # "Wer war am 1.6.2023 zuständig?"
    rf"|(?:(?<=\bwar )|(?<=\bwaren )|(?<=\bhatte ))am (?P<then>{DAY})",
    re.IGNORECASE,
)
_ASKS_FOR_STATE = re.compile(r"\s*(?:wie|wer|welche\w*|was|how|who|which|what)\b", re.IGNORECASE)
# Words that say themselves that what follows is over.
_SAYS_SO = re.compile(
    r"\b(?:bisherig|ehemalig|frueher|vormals|vorlaeufer|vorgaenger|nachfolge|abgeloest|ausgelaufen|"
    r"ended?|endeten?|bis\b|former|previous)"
)
_TIME = rf"({DAY}|(?:(?i:{MONTHS}) )?(?:19|20)\d\d)"
_UNTIL = re.compile(rf"\b[Bb]is (?:zum |Ende |Anfang |Mitte )?{_TIME}")
_SINCE = re.compile(rf"\b[Ss]eit (?:dem |Ende |Anfang |Mitte )?{_TIME}")
_TODAY = re.compile(r"\b(?:heute|derzeit|zurzeit)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PAST = re.compile(
    r"\b(?:war(?:en)?|wurden?|hatten?|gab|lief|liefen|galt|galten|bis wann|damals|frueher\w*|"
    r"ehemals?|ehemalig\w*|vorgaenger\w*|geschichte|historisch|bisher\w*|were|did|former|previous)\b"
)


def split_day(question: str) -> tuple[str, date | None]:
    """Part a question from the day it is about: "Wie hoch ist sie, Stand am 01.06.2023?"."""
    match = _AS_OF.search(question)
    named = match and (match["at"] or match["then"])
    if not match or (named and not _ASKS_FOR_STATE.match(question)):
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


_ANY_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?!\d|\.\d)")
_IN_YEAR = re.compile(
    r"(?<!bis )(?<!seit )(?<!ab )(?<!vor )(?<!nach )(?<!until )(?<!since )(?<!before )(?<!after )"
    r"\b((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# The year of a law or its gazette is part of its name.
_CITED = re.compile(r"\((?:BGBl|BAnz|GVBl|ABl)[^)]*\)|\bvom \d+\. ?(?:\w+|\d+\.) ?(?:19|20)\d\d\b")
_ONE_YEAR = r"[^;,\n]{0,30}?((?:19|20)\d\d)"
_OPEN_SPAN = re.compile(rf"\b(seit|ab|bis|since|from|until)\b{_ONE_YEAR}", re.IGNORECASE)
_SPAN = re.compile(rf"((?:19|20)\d\d)\s*(?:[-–/]|bis|to){_ONE_YEAR}", re.IGNORECASE)

_HAPPENED = re.compile(
    r"\b(?:wurden?|ha(?:ben|t|tten?)|gab|waren?|were|was|did|had)\b", re.IGNORECASE
)


def is_of_another_year(question: str, text: str) -> bool:
    """Tell whether a question asks for one year and a text speaks of others alone."""
    asked = {int(year) for year in _IN_YEAR.findall(question)}
    named = _CITED.sub("", text)
    said = {int(year) for year in _ANY_YEAR.findall(named)}
    if len(asked) != 1 or _SPAN.search(question) or not said or asked & said:
        return False
    (year,) = asked
    if any(int(first) <= year <= int(last) for first, last in _SPAN.findall(named)):
        return False
    return not any(
        int(end) >= year if word.lower() in ("bis", "until") else int(end) <= year
        for word, end in _OPEN_SPAN.findall(named)
    )


def lacks_year(question: str, text: str) -> bool:
    """Tell whether a question asks what was counted in a year that a text does not name."""
    asked = {int(year) for year in _ANY_YEAR.findall(question)}
    if len(asked) != 1 or not _HAPPENED.search(question):
        return False
    (year,) = asked
    spans = (sorted(map(int, span)) for span in _SPAN.findall(text))
    return year not in {int(one) for one in _ANY_YEAR.findall(text)} and not any(
        first <= year <= last for first, last in spans
    )


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The day that a question is about, and what the documents say has an end.

    `endings` maps the stems of nouns to the last day the documents give for them; with `is_past`,
    what has ended is what the question wants. `is_named`: the question names the day itself;
    `is_english`: in which language it is said until when something held.
    """

    day: date
    endings: Mapping[str, date]
    is_past: bool = False
    is_named: bool = False
    is_english: bool = False

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
        """Say until or from when a quote held; None if it holds on the day or says so itself."""
        if has_ended(passage.source, self.day):
            until = "was in force until" if self.is_english else "galt bis"
            return f"{until} {passage.source.valid_until:%d.%m.%Y}"
        if passage.source.valid_from and self.is_later(passage, quote):
            since = "in force only since" if self.is_english else "gilt erst seit"
            return f"{since} {passage.source.valid_from:%d.%m.%Y}"
        noun = self.ended_noun(quote)
        return self.end_of(noun) if noun else None

    def end_of(self, noun: str) -> str:
        """Say until when the documents know of something that has ended."""
        until = "until" if self.is_english else "bis"
        return f"{noun}: {until} {self.endings[stem(noun.lower())]:%d.%m.%Y}"

    def is_later(self, passage: Passage, text: str) -> bool:
        """Tell whether a statement began after the day that the question names.

        What says itself that it was until then, or names what has an end, is about the time before.
        """
        if not self.is_named or self.speaks_of_then(text):
            return False
        begun = passage.source.valid_from
        return (
            (begun is not None and begun > self.day)
            or _TODAY.search(text) is not None
            or any(self._is_after(match[1]) for match in _SINCE.finditer(text))
        )

    def is_unproven(self, passage: Passage, text: str) -> bool:
        """Tell whether nothing says that a statement held on the day that the question names.

        A source drawn up or in force by then says so, and a text that names since or until when.
        """
        if not self.is_named or self.ended(passage, text) or self.speaks_of_then(text):
            return False
        source = passage.source
        dates = filter(None, (source.valid_from, source.as_of))
        return not (
            any(one <= self.day for one in dates)
            or any(not self._is_after(match[1]) for match in _SINCE.finditer(text))
        )

    def speaks_of_then(self, text: str) -> bool:
        """Tell whether a statement is about what has an end, and had not ended on the named day."""
        nouns = self.endings.keys() & text_words(text).stems
        return self.is_named and (
            any(self.endings[noun] >= self.day for noun in nouns)
            or any(self._is_after(match[1]) for match in _UNTIL.finditer(text))
        )

    def _is_after(self, text: str) -> bool:
        """Tell whether a day, month or year lies after the day, as precisely as it is given."""
        times = list(find_times(text))
        return bool(times) and times[0] > self.day.isoformat()[: len(times[0])]

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

"""What the page says, as named texts; every language has to have all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from assistant.answers import NoteKind

Language = Literal["de", "en"]
MAX_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of one language; `{…}` is filled with `str.format`."""

    language: Language
    other_language: str
    skip: str
    tagline: str
    ai_notice: str
    ai_detail: str
    local_notice: str
    writing_detail: str
    writing_here: str
    writing_elsewhere: str
    searching_elsewhere: str
    welcome: str
    welcome_detail: str
    examples: Mapping[str, tuple[str, ...]]
    question_label: str
    question_hint: str
    question_placeholder: str
    counter: str
    send: str
    stop: str
    retry: str
    clear: str
    loading: str
    loading_detail: str
    waiting: str
    next_in_line: str
    own_before: str
    one_before: str
    some_before: str
    many_before: str
    searching: str
    stopped: str
    asked: str
    answered: str
    partial: str
    refused: str
    understood_as: str
    change: str
    place: str
    only_in: str
    choose: str
    in_all: str
    in_one: str
    in_some: str
    choice_hint: str
    choice_filter: str
    choice_count: str
    choice_none: str
    choice_apply: str
    choice_all: str
    choice_cancel: str
    extractive: str
    generated_by: str
    writing: str
    verbatim: str
    at_a_glance: str
    compared: str
    not_stated: str
    unsupported: str
    sources: str
    source: str
    open_source: str
    automatic: str
    announce_source: str
    announce_sources: str
    copy: str
    copy_without_sources: str
    copied: str
    copy_failed: str
    notes: Mapping[NoteKind, str]
    as_of: str
    valid_since: str
    valid_between: str
    valid_until: str
    valid_later: str
    expired: str
    expired_short: str
    panel_loading: str
    panel_failed: str
    error: str
    empty: str
    too_long: str
    defect: str
    defect_hint: str
    busy: str
    disconnected: str
    close_message: str

    def date(self, day: date) -> str:
        """Print a date the way the language does."""
        return printed_date(day, self.language)

    def moment(self, at: datetime) -> str:
        """Print a date with the time of day."""
        clock = f"{at:%H:%M} Uhr" if self.language == "de" else f"{at:%H:%M}"
        return f"{self.date(at)}, {clock}"


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def printed_date(day: date, language: Language) -> str:
    """Print a date the way a language does."""
    if language == "de":
        return day.strftime("%d.%m.%Y")
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"

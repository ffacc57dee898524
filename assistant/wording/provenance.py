"""What a reader has to know about a passage: title, place, date, validity; as plain text."""

from dataclasses import dataclass
from datetime import date

from assistant.wording.words import Words
from corpus.documents import Passage, Source


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a source holds today, in words."""

    text: str
    has_expired: bool = False


def title_of(passage: Passage) -> str:
    """Return the best name there is: the document's own before that of where it comes from."""
    return passage.title or passage.source.title or passage.document_name


def validity_of(source: Source, words: Words, today: date) -> Validity | None:
    """Say since when or until when a source holds; None when that is not known."""
    start = words.date(source.valid_from) if source.valid_from else ""
    end = words.date(source.valid_until) if source.valid_until else ""
    if source.valid_until and source.valid_until < today:
        return Validity(words.expired.format(end=end), has_expired=True)
    if source.valid_from and source.valid_from > today:
        return Validity(words.valid_later.format(start=start))
    if start and end:
        return Validity(words.valid_between.format(start=start, end=end))
    if start:
        return Validity(words.valid_since.format(start=start))
    return Validity(words.valid_until.format(end=end)) if end else None


def source_line(passage: Passage, words: Words, today: date) -> str:
    """One line for a file note: title, locator, date, validity."""
    source = passage.source
    validity = validity_of(source, words, today)
    parts = [
        title_of(passage),
        passage.locator,
        f"{words.as_of} {words.date(source.as_of)}" if source.as_of else "",
        validity.text if validity else "",
    ]
    return ", ".join(part for part in parts if part)

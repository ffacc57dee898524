"""A text and the words that are looked for → which of its words to mark, as spans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.matching import TextWords, in_compound, match, text_words
from assistant.query import QueryWord, build_query
from assistant.question import understand
from corpus.analysis import word_spans
from corpus.documents import Span
from corpus.index import Index

SURE = 0.5  # of `match`; below it a word is only spelt a little like the one that is looked for


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not."""

    text: str
    is_marked: bool


def matched_spans(text: str, words: Sequence[QueryWord]) -> tuple[Span, ...]:
    """Return the spans of the words in `text` that match, by stem, synonym, compound or misspelt.

    They are in order and do not overlap.
    """
    return tuple(
        span
        for span, forms in word_spans(text)
        if any(_is_meant(word, text_words(form)) for form in forms for word in words)
    )


def _is_meant(word: QueryWord, form: TextWords) -> bool:
    return match(word, form) >= SURE or in_compound(word, form) > 0


def marked_words(question: str, index: Index) -> tuple[QueryWord, ...]:
    """Return the words that a question is looked for by."""
    return build_query(understand(question), index).words


def pieces(text: str, within: Span, marked: Iterable[Span]) -> list[Piece]:
    """Cut the part `within` of a text where marks begin and end; empty pieces are left out."""
    position, end = within
    cut = []
    for first, last in marked:
        if last <= position or first >= end:
            continue
        cut.append(Piece(text[position : max(first, position)], is_marked=False))
        cut.append(Piece(text[max(first, position) : min(last, end)], is_marked=True))
        position = min(last, end)
    cut.append(Piece(text[position:end], is_marked=False))
    return [piece for piece in cut if piece.text]

"""Find a quote from a cleaned text again among the characters of the page it was read from.

Reading joins lines, heals hyphens, mends umlauts and makes blanks single. So only letters and
digits are compared, without case and accents; what stands between them follows.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.documents import Span
from corpus.page_views import Quote

_CONTEXT = 80  # letters on each side that tell repetitions apart
_SHORTEST_PIECE = 8  # letters; shorter ones occur by chance
_LEAST_COVERED = 0.6  # share of the quote that must be found, if it is found in pieces only
_LONGEST_GAP = 60  # letters of the page that pieces may leave out, a footnote for instance


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of a text, and for each the place of its character."""

    text: str
    places: tuple[int, ...]


def find_quote(characters: Sequence[str], quote: Quote) -> list[Span]:
    """Return the spans of `characters` that hold the quote, in order; none where it is not there.

    It is one span where the page shows the words in a row, several where something intervenes.
    """
    page = _letters(characters)
    before = _letters(quote.text[: quote.start]).text[-_CONTEXT:]
    wanted = _letters(quote.text[quote.start : quote.end]).text
    after = _letters(quote.text[quote.end :]).text[:_CONTEXT]
    if not wanted:
        return []
    starts = list(_occurrences(page.text, wanted))
    if not starts:
        spans = [(page.places[a], page.places[b - 1] + 1) for a, b in _pieces(page.text, wanted)]
        return spans
    start = max(
        starts,
        key=lambda at: (
            _shared(page.text[:at][::-1], before[::-1])
            + _shared(page.text[at + len(wanted) :], after)
        ),
    )
    span = (page.places[start], page.places[start + len(wanted) - 1] + 1)
    return [_with_marks(characters, span, quote.text[quote.start : quote.end])]


def _letters(text: Sequence[str]) -> _Letters:
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                letters.append(letter)
                places.append(at)
    return _Letters("".join(letters), tuple(places))


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _shared(one: str, other: str) -> int:
    """Count the letters that two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _pieces(text: str, wanted: str) -> list[Span]:
    """Return the spans of letters that hold most of a quote, or none."""
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    blocks = [one for one in matcher.get_matching_blocks() if one.size >= _SHORTEST_PIECE]
    if sum(one.size for one in blocks) < _LEAST_COVERED * len(wanted):
        return []
    kept = [blocks[0]]
    for block in blocks[1:]:
        if block.a - (kept[-1].a + kept[-1].size) <= _LONGEST_GAP:
            kept.append(block)
    return [(one.a, one.a + one.size) for one in kept]


def _with_marks(characters: Sequence[str], span: Span, quote: str) -> Span:
    """Take in the punctuation with which the quote begins and ends, if the page has it there."""
    start, end = span
    letters = [at for at, character in enumerate(quote) if character.isalnum()]
    for character in quote[letters[-1] + 1 :]:
        if end < len(characters) and characters[end] == character:
            end += 1
    for character in reversed(quote[: letters[0]]):
        if start and characters[start - 1] == character:
            start -= 1
    return start, end

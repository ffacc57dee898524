"""The text of an answer to lines: quotes and list items told apart, numbers become footnotes."""

import re
from collections.abc import Iterator, Mapping

from assistant.vermerk.note import Line, LineKind, Piece
from assistant.vermerk.plain import plain

_LIST_MARK = re.compile(r"^\s*([„»]?)[-*•–]\s+")  # a quote may begin with a list
_OPENING = ("„", "»")


def lines_of(text: str, quotes: Mapping[int, str], numbers: Mapping[int, int]) -> Iterator[Line]:
    """Split an answer's text into lines.

    `quotes` are the quotes by their number in the text, `numbers` the footnotes by the same.
    A number counts only right behind its quote: a document may print "[1]" as well.
    """
    pieces: list[Piece] = []
    is_quote = False
    for piece in _pieces(text, quotes):
        if isinstance(piece, int):
            pieces.append(numbers[piece])
            continue
        first, *rest = piece.split("\n")
        pieces.append(first)
        for line in rest:
            yield from _line(pieces, is_quote=is_quote)
            is_quote = _is_open(pieces, is_quote=is_quote)
            pieces = [line]
    yield from _line(pieces, is_quote=is_quote)


def _pieces(text: str, quotes: Mapping[int, str]) -> Iterator[Piece]:
    position = 0
    printed = sorted(
        (*span, number) for number, quote in quotes.items() for span in _spans(text, number, quote)
    )
    for start, end, one in printed:
        yield plain(text[position:start])
        yield one
        position = end
    yield plain(text[position:])


def _spans(text: str, number: int, quote: str) -> list[tuple[int, int]]:
    """Find where a number is printed: behind its quote, or anywhere if that stands nowhere."""
    printed = rf"(?P<number> \[{number}\])"
    behind = [*re.finditer(rf"{re.escape(quote)}[“«]{printed}", text)]
    return [match.span("number") for match in behind or re.finditer(printed, text)]


def _line(pieces: list[Piece], *, is_quote: bool) -> Iterator[Line]:
    first = pieces[0] if pieces and isinstance(pieces[0], str) else ""
    mark = _LIST_MARK.match(first)
    shown: list[Piece] = [mark[1] + first[mark.end() :] if mark else first.strip(), *pieces[1:]]
    if not any(piece if isinstance(piece, int) else piece.strip() for piece in shown):
        return
    kind: LineKind = "item" if mark else "text"
    if is_quote or first.lstrip().startswith(_OPENING):
        kind = "quote-item" if mark else "quote"
    yield Line(tuple(piece for piece in shown if piece != ""), kind)


def _is_open(pieces: list[Piece], *, is_quote: bool) -> bool:
    """Tell whether a quote goes on in the next line: it ends with its number."""
    if any(isinstance(piece, int) for piece in pieces):
        return False
    first = pieces[0] if pieces else ""
    return is_quote or (isinstance(first, str) and first.lstrip().startswith(_OPENING))

"""A unit longer than a passage is cut: at sentences, else at clauses, else at words."""

import re
from collections.abc import Callable, Sequence

from corpus.documents import Span
from corpus.sentences import sentence_spans

_CLAUSE = re.compile(r"(?<=[;,:–])\s+|\n+")
_WORD = re.compile(r"\s+")


def cut(text: str, count_tokens: Callable[[str], int], size: int) -> list[Span]:
    """Return spans of at most `size` tokens that together hold the whole text but its blanks."""
    return _refine(text, (0, len(text)), count_tokens, size, 0)


def _refine(
    text: str, span: Span, count: Callable[[str], int], size: int, depth: int
) -> list[Span]:
    start, stop = span
    if count(text[start:stop]) <= size:
        return [span]
    if depth == len(_BORDERS):
        return _halves(text, span, count, size)
    parts = [(start + a, start + b) for a, b in _BORDERS[depth](text[start:stop])]
    if len(parts) < 2:
        return _refine(text, span, count, size, depth + 1)
    return _filled(text, parts, count, size, depth)


def _filled(
    text: str, parts: Sequence[Span], count: Callable[[str], int], size: int, depth: int
) -> list[Span]:
    """Join neighbouring parts while they fit; refine a part that does not fit alone."""
    spans: list[Span] = []
    used = size + 1  # tokens in the last span, estimated by addition: never counts a text twice
    for part in parts:
        tokens = count(text[part[0] : part[1]]) + 1
        if used + tokens <= size:
            spans[-1] = (spans[-1][0], part[1])
            used += tokens
        elif tokens <= size:
            spans.append(part)
            used = tokens
        else:
            spans.extend(_refine(text, part, count, size, depth + 1))
            used = size + 1
    return spans


def _halves(text: str, span: Span, count: Callable[[str], int], size: int) -> list[Span]:
    """Cut a word longer than a passage (an endless URL, a damaged text layer) in the middle."""
    start, stop = span
    if stop - start < 2 or count(text[start:stop]) <= size:
        return [span]
    middle = (start + stop) // 2
    return [
        *_halves(text, (start, middle), count, size),
        *_halves(text, (middle, stop), count, size),
    ]


def _between(border: re.Pattern[str], text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for match in border.finditer(text):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _clauses(text: str) -> list[Span]:
    return _between(_CLAUSE, text)


def _words(text: str) -> list[Span]:
    return _between(_WORD, text)


_BORDERS: tuple[Callable[[str], list[Span]], ...] = (sentence_spans, _clauses, _words)

"""What a refusal names: the words of the question that none of the nearest passages holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.matching import match, text_words
from assistant.query import Query, QueryWord
from corpus.analysis import words
from corpus.documents import Hit
from corpus.places import find_places

_YEAR = re.compile(r"(?:19|20)\d\d")
HELD = 0.5  # how surely a word has to stand in a passage to be called one of its words


@dataclass(frozen=True, slots=True)
class Missing:
    """Words as the question writes them: those the nearest passage has, those that none has."""

    held: tuple[str, ...]
    absent: tuple[str, ...]


def missing(query: Query, hits: Sequence[Hit]) -> Missing:
    """Part the nouns and names of a question by whether the passages speak of them.

    A place counts as there where its Land is named. Without a noun or name that is absent there is
    nothing to name: the passages speak of everything, and still do not answer.
    """
    texts = [
        "\n".join((hit.passage.title, *hit.passage.heading_path, hit.passage.text)) for hit in hits
    ]
    if not texts:
        return Missing((), ())
    named = _named_words(query)
    nearest = max(texts, key=lambda text: len(_held(named, text)))
    elsewhere = _absent_places(query, texts)
    absent = [
        token
        for token, word in named.items()
        if token not in elsewhere and not any(match(word, text_words(text)) for text in texts)
    ]
    return Missing(tuple(_held(named, nearest)), (*absent, *elsewhere))


def _named_words(query: Query) -> dict[str, QueryWord]:
    """Return the nouns, names and years of the question, places left out, as it writes them."""
    places = {word for place in query.places for word in words(place.full_name)}
    return {
        word.token: word
        for word in query.words
        if word.token in query.question.text
        and (word.token[0].isupper() or _YEAR.fullmatch(word.token))
        and places.isdisjoint(words(word.token))
    }


def _held(named: dict[str, QueryWord], text: str) -> list[str]:
    found = text_words(text)
    return [token for token, word in named.items() if match(word, found) >= HELD]


def _absent_places(query: Query, texts: Iterable[str]) -> tuple[str, ...]:
    there = {
        name for text in texts for place in find_places(text) for name in (place.name, place.land)
    }
    return tuple(place.full_name for place in query.places if not {place.name, place.land} & there)

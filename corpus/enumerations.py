"""Numbered parts as documents name them: "die drei Module A, B und C" makes A module 1."""

import re
from collections.abc import Iterable

from corpus.analysis import fold, stem

_NUMBERS = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8}
_ORDINALS = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "sechst": 6}
_PARTS = (
    r"(?:Module?n?|Säulen?|Phasen?|Bausteine?n?|Stufen?|Ebenen?|Schritte?n?|Linien?|Bereiche?n?)"
)
_LISTED = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|[2-8])\s+({_PARTS})(?:\s*:|\s)\s*([^.;:\n]{{10,400}})"
)
_SEPARATOR = re.compile(r",\s+(?:und\s+|sowie\s+)?|\s+und\s+|\s+sowie\s+")
_ASKED = re.compile(
    rf"\b({_PARTS})\s+(\d|{'|'.join(['eins', *_NUMBERS])})\b|"
    rf"\b({'|'.join(_ORDINALS)})\w*\s+({_PARTS})\b",
    re.IGNORECASE,
)

Key = tuple[str, int]  # stem of the kind of part and its number, counted from 1


def enumerations(texts: Iterable[str]) -> dict[Key, str]:
    """Map each numbered part to its name, wherever a text names all of them in one sentence."""
    found: dict[Key, str] = {}
    for text in texts:
        for match in _LISTED.finditer(text):
            names = [name.strip() for name in _SEPARATOR.split(match[3]) if name.strip()]
            count = _NUMBERS.get(match[1]) or int(match[1])
            if len(names) == count:
                kind = stem(match[2].lower())
                for number, name in enumerate(names, 1):
                    found.setdefault((kind, number), name)
    return found


def asked_parts(question: str) -> list[Key]:
    """Return the numbered parts a question names: "Modul 2", "Modul zwei", "zweites Modul"."""
    keys = []
    for match in _ASKED.finditer(question):
        kind, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        keys.append((stem(kind.lower()), _value(number.lower())))
    return keys


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    if number == "eins":
        return 1
    return _NUMBERS.get(number) or next(
        value for word, value in _ORDINALS.items() if fold(number).startswith(fold(word))
    )

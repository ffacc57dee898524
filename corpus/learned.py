"""What documents teach about their own language."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.endings import endings
from corpus.enumerations import Key, enumerations
from corpus.short_forms import short_forms


@dataclass(frozen=True, slots=True)
class Learned:
    """Abbreviations, folded, with their long forms; numbered parts with their names.

    `endings` gives the last day of what has an end, by the stem of its noun.
    """

    short_forms: dict[str, str]
    parts: dict[Key, str]
    endings: dict[str, date]


def learn(texts: Sequence[str]) -> Learned:
    """Read what texts teach."""
    return Learned(short_forms(texts), enumerations(texts), endings(texts))


def together(pieces: Iterable[Learned]) -> Learned:
    """Join what several documents teach: the first one names a thing, the latest end counts."""
    whole = Learned({}, {}, {})
    for piece in pieces:
        for short, long_form in piece.short_forms.items():
            whole.short_forms.setdefault(short, long_form)
        for key, name in piece.parts.items():
            whole.parts.setdefault(key, name)
        for noun, day in piece.endings.items():
            whole.endings[noun] = max(day, whole.endings.get(noun, day))
    return whole


def learned_to_json(learned: Learned) -> str:
    """Write what was learned as one line."""
    parts = [[kind, number, name] for (kind, number), name in learned.parts.items()]
    ends = {noun: day.isoformat() for noun, day in learned.endings.items()}
    return json.dumps({"short_forms": learned.short_forms, "parts": parts, "endings": ends})


def learned_from_json(text: str) -> Learned:
    """Read what `learned_to_json` wrote."""
    learned = json.loads(text)
    parts = {(kind, number): name for kind, number, name in learned["parts"]}
    ends = {noun: date.fromisoformat(day) for noun, day in learned["endings"].items()}
    return Learned(learned["short_forms"], parts, ends)

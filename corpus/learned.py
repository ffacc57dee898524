"""What the documents of one generation teach about their own language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.endings import endings
from corpus.enumerations import Key, enumerations
from corpus.short_forms import short_forms

_FILE = "learned.json"


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


def write_learned(folder: Path, texts: Sequence[str]) -> None:
    """Read the texts of a generation and keep what they teach."""
    known = learn(texts)
    parts = [[kind, number, name] for (kind, number), name in known.parts.items()]
    ends = {noun: day.isoformat() for noun, day in known.endings.items()}
    learned = {"short_forms": known.short_forms, "parts": parts, "endings": ends}
    (folder / _FILE).write_text(json.dumps(learned, ensure_ascii=False), "utf-8")


def read_learned(folder: Path) -> Learned:
    """Read what `write_learned` kept."""
    learned = json.loads((folder / _FILE).read_text("utf-8"))
    parts = {(kind, number): name for kind, number, name in learned["parts"]}
    ends = {noun: date.fromisoformat(day) for noun, day in learned["endings"].items()}
    return Learned(learned["short_forms"], parts, ends)

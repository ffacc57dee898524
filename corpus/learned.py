"""What the documents of one generation teach about their own language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.enumerations import Key, enumerations
from corpus.short_forms import short_forms

_FILE = "learned.json"


@dataclass(frozen=True, slots=True)
class Learned:
    """Abbreviations, folded, with their long forms; numbered parts with their names."""

    short_forms: dict[str, str]
    parts: dict[Key, str]


def write_learned(folder: Path, texts: Sequence[str]) -> None:
    """Read the texts of a generation and keep what they teach."""
    parts = [[kind, number, name] for (kind, number), name in enumerations(texts).items()]
    learned = {"short_forms": short_forms(texts), "parts": parts}
    (folder / _FILE).write_text(json.dumps(learned, ensure_ascii=False), "utf-8")


def read_learned(folder: Path) -> Learned:
    """Read what `write_learned` kept."""
    learned = json.loads((folder / _FILE).read_text("utf-8"))
    parts = {(kind, number): name for kind, number, name in learned["parts"]}
    return Learned(learned["short_forms"], parts)

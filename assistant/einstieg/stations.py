"""The stations as `stations.toml` lists them: titles and questions, nothing about the matter."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.wording.words import Language

_FILE = Path(__file__).with_name("stations.toml")


@dataclass(frozen=True, slots=True)
class Check:
    """A question to the reader; the right option is the first, and `asks` finds what proves it."""

    asks: str
    question: str
    options: tuple[str, ...]

    @property
    def right(self) -> str:
        """The option that a quote has to hold."""
        return self.options[0]


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the path."""

    id: str
    titles: dict[Language, str]
    questions: tuple[str, ...]
    trial: str  # a question to ask oneself
    check: Check | None


@cache
def stations() -> tuple[Station, ...]:
    """Return all stations in order."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["station"]
    return tuple(_station(row) for row in rows)


def _station(row: dict[str, Any]) -> Station:
    test = row.get("test")
    return Station(
        id=row["id"],
        titles=row["title"],
        questions=tuple(row["questions"]),
        trial=row["try"],
        check=Check(test["asks"], test["question"], tuple(test["options"])) if test else None,
    )

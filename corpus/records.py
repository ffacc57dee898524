"""Documents and passages as JSON and back, for the files of the index."""

import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from corpus.documents import Health, Passage, Source

_DATES = frozenset({"as_of", "valid_from", "valid_until", "gone_since"})
_LISTS = frozenset({"lands", "themes"})


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index knows it. `origin` is the path it was read from."""

    id: str
    origin: str
    name: str
    title: str
    language: str
    pages: int
    passages: int
    source: Source
    health: Health = field(default_factory=Health)


def document_to_json(document: IndexedDocument) -> str:
    """Write a document as one line."""
    source, health = _known(document.source), _values(document.health)
    return _line({**_values(document), "source": source, "health": health})


def document_from_json(text: str) -> IndexedDocument:
    """Read what `document_to_json` wrote."""
    row = json.loads(text)
    health: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in row["health"].items()
    }
    health["dates"] = tuple(date.fromisoformat(day) for day in health["dates"])
    return IndexedDocument(**{**row, "source": _source(row["source"]), "health": Health(**health)})


def passage_to_json(passage: Passage) -> str:
    """Write a passage as one line."""
    return _line({**_values(passage), "source": _known(passage.source)})


def passage_from_json(text: str | bytes) -> Passage:
    """Read what `passage_to_json` wrote."""
    row = json.loads(text)
    return Passage(
        **{
            **row,
            "heading_path": tuple(row["heading_path"]),
            "sentences": tuple((start, end) for start, end in row["sentences"]),
            "source": _source(row["source"]),
        }
    )


def source_to_json(source: Source) -> str:
    """Write a source as JSON, dates in ISO form; what is not known is left out."""
    return _line(_known(source))


def source_from_json(text: str) -> Source:
    """Read what `source_to_json` wrote."""
    return _source(json.loads(text))


def _source(values: dict[str, Any]) -> Source:
    known: dict[str, Any] = {}
    for name, value in values.items():
        if name in _DATES:
            known[name] = date.fromisoformat(value)
        else:
            known[name] = tuple(value) if name in _LISTS else value
    return Source(**known)


def _known(source: Source) -> dict[str, Any]:
    return {name: value for name, value in _values(source).items() if value}


def _values(record: "IndexedDocument | Passage | Source | Health") -> dict[str, Any]:
    """Return the fields as they are; `asdict` copies every number of a long list."""
    return {each.name: getattr(record, each.name) for each in fields(record)}


def _line(row: dict[str, Any]) -> str:
    # ASCII, so that no strange line break inside a title can end a line.
    return json.dumps(row, default=date.isoformat, separators=(",", ":"))

"""Documents and passages as JSON and back, for the files of the index."""

import json
from dataclasses import asdict, dataclass, field, fields
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
    row = {**asdict(document), "source": json.loads(source_to_json(document.source))}
    return _line(row)


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
    row = {each.name: getattr(passage, each.name) for each in fields(Passage)}
    return _line({**row, "source": json.loads(source_to_json(passage.source))})


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
    known = {each.name: getattr(source, each.name) for each in fields(Source)}
    return _line({name: value for name, value in known.items() if value})


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


def _line(row: dict[str, Any]) -> str:
    # ASCII, so that no strange line break inside a title can end a line.
    return json.dumps(row, default=date.isoformat, separators=(",", ":"))

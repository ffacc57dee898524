"""The catalogue of official sources: a TOML file in, its entries out, checked."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.documents import Source
from corpus.errors import UserFacingError

BUNDLED = Path(__file__).resolve().parents[1] / "corpus" / "sources.toml"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One page; `source` is what is known about it whatever it says itself."""

    id: str
    url: str
    source: Source

    @property
    def host(self) -> str:
        """The machine that is asked."""
        return urlsplit(self.url).hostname or ""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    title: str = Field(min_length=1, max_length=300)
    url: str = Field(pattern=r"^https://")
    publisher: str = ""
    kind: str = ""
    level: str = Field("", pattern=r"^(Bund|Land|Kommune|intern)?$")
    evidence: str = Field("", pattern=r"^[ABC]?$")
    as_of: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    lands: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    note: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: list[_Row] = []


def load_catalogue(path: Path = BUNDLED) -> list[CatalogueEntry]:
    """Read a catalogue; a `UserFacingError` names what is wrong in which entry."""
    try:
        rows = _File(**tomllib.loads(path.read_text("utf-8"))).source
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, str(error)) from error
    except ValidationError as error:
        problem = error.errors()[0]
        raise _wrong(path, f"{_place(problem['loc'])}: {problem['input']!r} passt nicht") from error
    twice = {row.id for row in rows if sum(row.id == other.id for other in rows) > 1}
    if twice:
        raise _wrong(path, f"die Kennung `{min(twice)}` kommt zweimal vor")
    return [CatalogueEntry(row.id, row.url, _source(row)) for row in rows]


def _source(row: _Row) -> Source:
    return Source(**row.model_dump(exclude={"id", "note"}))


def _place(path: tuple[Any, ...]) -> str:
    numbered = [f"Eintrag {part + 1}" if isinstance(part, int) else f"`{part}`" for part in path]
    return ", ".join(numbered[1:] or numbered)


def _wrong(path: Path, detail: str) -> UserFacingError:
    return UserFacingError(
        f"Der Quellenkatalog `{path}` ist nicht lesbar: {detail}.", hint="Die Datei berichtigen."
    )

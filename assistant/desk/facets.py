"""Documents to the properties they can be narrowed down by, and a choice of them to a filter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal, get_args

from assistant.validity import is_current
from corpus.documents import Source
from corpus.places import find_places
from corpus.records import IndexedDocument

Facet = Literal["kind", "level", "land", "theme", "format"]
FACETS: tuple[Facet, ...] = get_args(Facet)
NOT_STATED = "-"
_NATIONWIDE = "Bund"  # what the federation publishes holds in every Land, whoever wrote it down
_FORMATS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".odt": "ODT",
    ".xlsx": "Excel",
    ".csv": "CSV",
    ".pptx": "PowerPoint",
    ".eml": "E-Mail",
    ".html": "HTML",
    ".htm": "HTML",
    ".mht": "HTML",
    ".mhtml": "HTML",
    ".md": "Markdown",
    ".markdown": "Markdown",
    ".txt": "Text",
}

Traits = Mapping[Facet, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose: within a facet any of the values, of the facets all.

    `day` leaves out what is known not to hold on it; what says nothing about its validity stays.
    """

    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    day: date | None = None

    @property
    def active(self) -> tuple[Facet, ...]:
        """The facets in which something is chosen."""
        return tuple(facet for facet in FACETS if self.chosen.get(facet))

    @property
    def is_empty(self) -> bool:
        """Whether every document is accepted."""
        return not self.active and self.day is None

    def without(self, facet: Facet) -> "Choice":
        """Return the same choice with one facet left open."""
        kept = {name: values for name, values in self.chosen.items() if name != facet}
        return Choice(kept, self.day)

    def accepts(self, document: IndexedDocument) -> bool:
        """Tell whether a document has what was chosen."""
        if self.day is not None and not is_current(document.source, self.day):
            return False
        traits = traits_of(document)
        return all(self.chosen[facet].intersection(traits[facet]) for facet in self.active)


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet and the number of documents it would leave."""

    value: str
    count: int
    is_chosen: bool


def traits_of(document: IndexedDocument) -> Traits:
    """Return the values of a document in every facet; `NOT_STATED` where there is none."""
    return _traits(document.title, document.name, document.source)


def count(
    facet: Facet, documents: Iterable[IndexedDocument], choice: Choice
) -> tuple[Counted, ...]:
    """Count the values of a facet, most frequent first; a chosen one stays even without any."""
    counts = Counter(value for one in documents for value in traits_of(one)[facet])
    chosen = choice.chosen.get(facet, frozenset())
    values = sorted(counts.keys() | chosen, key=lambda one: (one == NOT_STATED, -counts[one], one))
    return tuple(Counted(value, counts[value], value in chosen) for value in values)


@lru_cache(maxsize=50_000)
def _traits(title: str, name: str, source: Source) -> Traits:
    suffix = PurePath(name).suffix.lower()
    return MappingProxyType(
        {
            "kind": (source.kind or NOT_STATED,),
            "level": (source.level or NOT_STATED,),
            "land": _lands(title, source) or (NOT_STATED,),
            "theme": source.themes or (NOT_STATED,),
            "format": (_FORMATS.get(suffix, suffix.lstrip(".").upper() or NOT_STATED),),
        }
    )


def _lands(title: str, source: Source) -> tuple[str, ...]:
    """Return the Länder a document states, else those its title or, failing that, publisher names.

    A federal text is about no single Land, though an agency of one may have published it.
    """
    if source.lands:
        return source.lands
    if source.level == _NATIONWIDE:
        return ()
    return _named(f"{title}. {source.title}") or _named(source.publisher)


def _named(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.land for place in find_places(text) if place.land))

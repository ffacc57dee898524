"""What an address asks of the desk, and the addresses of what could be asked next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from starlette.datastructures import QueryParams

from assistant.desk.facets import FACETS, Choice, Facet
from assistant.desk.finding import Order
from assistant.dialogue import check_question
from corpus.dates import find_days
from corpus.errors import UserFacingError

PATH = "/quellen"
PARAMETERS: Mapping[Facet, str] = {
    "kind": "art",
    "level": "ebene",
    "land": "land",
    "theme": "thema",
    "format": "format",
}
_DATE_ORDER: Literal["datum"] = "datum"
_MOST_VALUES = 20  # of one facet
_LONGEST_VALUE = 200  # characters


@dataclass(frozen=True, slots=True)
class Wish:
    """A question (or none: all documents), what narrows it down, the order and the page."""

    question: str = ""
    choice: Choice = field(default_factory=Choice)
    order: Order = "relevance"
    page: int = 1

    @property
    def parameters(self) -> dict[str, tuple[str, ...]]:
        """The query of this wish's address, without the page; each name with all its values."""
        named = {
            "q": (self.question,) if self.question else (),
            **{
                PARAMETERS[facet]: tuple(sorted(self.choice.chosen.get(facet, ())))
                for facet in FACETS
            },
            "am": (self.choice.day.isoformat(),) if self.choice.day else (),
            "sort": (_DATE_ORDER,) if self.order == "date" else (),
        }
        return {name: values for name, values in named.items() if values}

    def toggled(self, facet: Facet, value: str) -> "Wish":
        """Return the wish with a value of a facet added, or taken away if it was chosen."""
        values = self.choice.chosen.get(facet, frozenset()) ^ {value}
        choice = replace(self.choice, chosen={**self.choice.chosen, facet: values})
        return replace(self, choice=choice, page=1)

    def ordered(self, order: Order) -> "Wish":
        """Return the wish in another order."""
        return replace(self, order=order, page=1)

    def without_day(self) -> "Wish":
        """Return the wish whatever the day."""
        return replace(self, choice=replace(self.choice, day=None), page=1)

    def without_filter(self) -> "Wish":
        """Return the wish with nothing narrowed down."""
        return replace(self, choice=Choice(), page=1)


def read_wish(query: QueryParams) -> Wish:
    """Read a wish off an address; a day that does not exist is a `UserFacingError`."""
    question = query.get("q", "")
    chosen = {
        facet: frozenset(query.getlist(name)[:_MOST_VALUES]) - {""}
        for facet, name in PARAMETERS.items()
    }
    chosen = {
        facet: frozenset(value[:_LONGEST_VALUE] for value in values)
        for facet, values in chosen.items()
        if values
    }
    page = query.get("seite", "")
    return Wish(
        question=check_question(question) if question.strip() else "",
        choice=Choice(chosen, _day(query.get("am", "").strip())),
        order="date" if query.get("sort") == _DATE_ORDER else "relevance",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    day = next(find_days(text), None)
    if day is None:
        raise UserFacingError(
            f"„{text[:40]}“ ist kein Datum.", hint="Bitte in der Form 31.12.2026 angeben."
        )
    return day

"""Documents of an index to a list: narrowed down, sorted, each with its card of health."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.desk.facets import FACETS, Choice, Counted, Facet, count
from assistant.desk.finding import Order, newest_first
from corpus.analysis import fold
from corpus.health import HealthCard, health_cards
from corpus.records import IndexedDocument


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with the state it is in."""

    document: IndexedDocument
    card: HealthCard


@dataclass(frozen=True, slots=True)
class Holdings:
    """The documents that fit a choice; `counts` hold those each further value would leave."""

    holdings: tuple[Holding, ...]
    counts: Mapping[Facet, tuple[Counted, ...]]


def list_documents(
    documents: Sequence[IndexedDocument], choice: Choice, order: Order = "relevance"
) -> Holdings:
    """List documents by title, or by date; without a question nothing is more relevant."""
    holdings = [
        Holding(document, card)
        for document, card in zip(documents, health_cards(documents), strict=True)
        if choice.accepts(document)
    ]
    holdings.sort(key=lambda one: fold(one.document.title or one.document.name).strip('"„»'))
    if order == "date":
        holdings.sort(key=lambda one: newest_first(one.document))
    counts = {
        facet: count(facet, filter(choice.without(facet).accepts, documents), choice)
        for facet in FACETS
    }
    return Holdings(tuple(holdings), counts)

"""What the templates of the desk show of documents and passages, as plain text and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from assistant.desk.finding import Find, Findings
from assistant.desk.marks import Piece, pieces
from assistant.links import host_of, official_link
from assistant.page.quellen.words import DeskWords
from assistant.wording.provenance import validity_of
from assistant.wording.texts import WORDS
from assistant.wording.words import Language
from corpus.documents import Source
from corpus.health import HealthCard, remarks
from corpus.records import IndexedDocument

PER_PAGE = 10  # documents
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[Item]
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Link:
    """Where a document comes from, and what to call that."""

    address: str
    label: str
    host: str


def part_of(items: Sequence[Item], number: int) -> Part[Item]:
    """Return the page of a list with this number, or the last one there is."""
    count = max(1, -(-len(items) // PER_PAGE))
    number = min(number, count)
    return Part(items[(number - 1) * PER_PAGE : number * PER_PAGE], number, count)


def title_of(document: IndexedDocument) -> str:
    """Return the best name a document has."""
    return document.title or document.source.title or document.name


def link_of(source: Source, words: DeskWords) -> Link | None:
    """Return where a document's source may be opened, if that is safe."""
    address = official_link(source.url)
    if address is None:
        return None
    label = words.official if source.is_official else words.other_source
    return Link(address, label, host_of(address))


def validity_line(source: Source, language: Language, today: date) -> tuple[str, bool]:
    """Say when a source holds, and whether it has ended; an empty text where it does not say."""
    validity = validity_of(source, WORDS[language], today)
    return (validity.text, validity.has_expired) if validity else ("", False)


def excerpt_of(find: Find) -> list[Piece]:
    """Cut what is shown of a find where words are marked."""
    return pieces(find.passage.text, find.excerpt, find.marked)


def is_cut(find: Find) -> tuple[bool, bool]:
    """Tell whether the passage goes on before and after what is shown of it."""
    start, end = find.excerpt
    text = find.passage.text
    return bool(text[:start].strip()), bool(text[end:].strip())


def health_remarks(card: HealthCard) -> list[str]:
    """Return what an owner should look into, in German; nothing where all is well."""
    return [line.partition(":")[0] for line in remarks([card])] + list(card.remarks)


def summary_of(findings: Findings, words: DeskWords) -> str:
    """Say how much was found, in one line."""
    if findings.is_cut:
        hits = words.hits_cut.format(count=findings.hits)
    elif findings.hits == 1:
        hits = words.one_hit
    else:
        hits = words.hits.format(count=findings.hits)
    count = len(findings.groups)
    where = words.in_one_document if count == 1 else words.in_documents.format(count=count)
    return f"{hits} {where}"

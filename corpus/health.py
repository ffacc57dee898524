"""Health cards: for each document what an owner should know about it, in plain German."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from corpus.documents import Health

if TYPE_CHECKING:  # opening an index takes a second, a card does not need one
    from corpus.records import IndexedDocument

_ALIKE = 0.8  # share of common word runs from which on two documents are near-duplicates
_MOST_SHARERS = 60  # documents; a word run in more of them is a phrase of the house
_MANY = 50  # invisible characters; fewer come from ordinary typesetting
_MOST_NAMES = 5
_LANGUAGES = {"de": "Deutsch", "en": "Englisch"}


@dataclass(frozen=True, slots=True)
class HealthCard:
    """One document's state; `ocr_share` is the share of pages (0 to 1) read off images."""

    document: str  # the file name, as cited
    title: str
    origin: str
    language: str
    pages: int
    pages_without_text: int
    ocr_share: float
    repaired_umlauts: int
    removed_characters: int
    tables: int
    near_duplicates: tuple[str, ...]  # file names
    dates: tuple[date, ...]  # earliest first
    passages: int
    remarks: tuple[str, ...] = ()  # German sentences about what was left out
    gone_since: date | None = None  # no longer found at its address


def health_cards(documents: Sequence["IndexedDocument"]) -> list[HealthCard]:
    """Return the card of each document, in the same order."""
    alike = _near_duplicates(documents)
    return [
        HealthCard(
            document=one.name,
            title=one.title,
            origin=one.origin,
            language=one.language,
            pages=one.pages,
            pages_without_text=one.health.pages_without_text,
            ocr_share=round(one.health.pages_recognised / one.pages, 3) if one.pages else 0.0,
            repaired_umlauts=one.health.repaired_umlauts,
            removed_characters=one.health.removed_characters,
            tables=one.health.tables,
            near_duplicates=tuple(documents[other].name for other in alike[at]),
            dates=one.health.dates,
            passages=one.passages,
            remarks=one.health.remarks,
            gone_since=one.source.gone_since,
        )
        for at, one in enumerate(documents)
    ]


def card_lines(card: HealthCard) -> list[tuple[str, str]]:
    """Return label and value of each line of a card, in German."""
    dates = f"{len(card.dates)}" if card.dates else "keine"
    if card.dates:
        dates += f", {_german(card.dates[0])} bis {_german(card.dates[-1])}"
    gone = f"seit {_german(card.gone_since)}, letzte Fassung" if card.gone_since else ""
    return [
        *((("Nicht mehr abrufbar", gone),) if gone else ()),
        ("Seiten", str(card.pages)),
        ("Seiten ohne Text", str(card.pages_without_text)),
        ("Anteil aus Texterkennung", f"{card.ocr_share:.0%}".replace("%", " %")),
        ("Reparierte Umlaute", str(card.repaired_umlauts)),
        ("Entfernte unsichtbare Zeichen", str(card.removed_characters)),
        ("Vermutete Tabellen", str(card.tables)),
        ("Sprache", _LANGUAGES.get(card.language, card.language)),
        ("Beinahe gleiche Dokumente", ", ".join(card.near_duplicates) or "keine"),
        ("Gefundene Daten", dates),
        ("Passagen", str(card.passages)),
        *(("Hinweis", remark) for remark in card.remarks),
    ]


def remarks(cards: Sequence[HealthCard]) -> list[str]:
    """Return a German line for each state that an owner should look into, with the documents."""
    found = {
        "Nicht mehr abrufbar": [one for one in cards if one.gone_since],
        "Seiten ohne Text": [one for one in cards if one.pages_without_text],
        "Text aus Texterkennung": [one for one in cards if one.ocr_share],
        "Viele unsichtbare Zeichen": [one for one in cards if one.removed_characters > _MANY],
        "Beinahe gleich": [one for one in cards if one.near_duplicates],
    }
    return [f"{name}: {_listed(ones)}" for name, ones in found.items() if ones]


def _listed(cards: Sequence[HealthCard]) -> str:
    names = ", ".join(card.document for card in cards[:_MOST_NAMES])
    return f"{names} und {len(cards) - _MOST_NAMES} weitere" if cards[_MOST_NAMES:] else names


def _german(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _near_duplicates(documents: Sequence["IndexedDocument"]) -> list[list[int]]:
    """Return for each document the places of those nearly the same, in order."""
    sharers: dict[int, list[int]] = defaultdict(list)
    for at, document in enumerate(documents):
        for value in document.health.fingerprint:
            sharers[value].append(at)
    pairs = {
        pair
        for places in sharers.values()
        if 1 < len(places) <= _MOST_SHARERS
        for pair in combinations(places, 2)
    }
    found: list[list[int]] = [[] for _ in documents]
    for one, other in sorted(pairs):
        if likeness(documents[one].health, documents[other].health) >= _ALIKE:
            found[one].append(other)
            found[other].append(one)
    return [sorted(places) for places in found]


def likeness(one: Health, other: Health) -> float:
    """Estimate the share of word runs that two documents have in common (Jaccard)."""
    mine, theirs = set(one.fingerprint), set(other.fingerprint)
    size = max(len(mine), len(theirs))
    smallest = set(sorted(mine | theirs)[:size])
    return len(smallest & mine & theirs) / len(smallest) if smallest else 0.0

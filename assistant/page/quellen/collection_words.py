"""What the Merkliste says, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.page.handling_words import HANDLING_WORDS
from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionWords:
    """The texts of one language; `{…}` is filled with `str.format`, or by the script."""

    title: str
    privacy: str
    without_script: str
    empty: str
    empty_hint: str
    to_search: str
    failed: str
    note: str
    up: str
    down: str
    remove: str
    copy: str
    copy_all: str
    save: str
    formats: Mapping[str, str]
    moved: str
    copied: str
    not_copied: str
    lost: str
    position: str


_GERMAN = CollectionWords(
    title="Merkliste",
    privacy="Die Merkliste liegt nur in diesem Browser. Gespeichert sind die Stellen und Ihre "
    "Notizen; der Wortlaut wird jedes Mal neu aus den Dokumenten geholt und geprüft.",
    without_script="Die Merkliste braucht JavaScript.",
    empty="Noch nichts gemerkt",
    empty_hint="„Merken“ steht unter Quellen bei jeder Fundstelle und bei jedem Beleg einer "
    "Antwort.",
    to_search="Zur Suche",
    failed="Die Stellen konnten nicht geladen werden. Bitte die Seite neu laden.",
    note="Notiz",
    up="Nach oben",
    down="Nach unten",
    remove="Entfernen",
    copy="Kopieren",
    copy_all="Alle kopieren",
    save="Als Vermerk speichern:",
    formats=HANDLING_WORDS["de"].formats,
    moved="Jetzt an Stelle {number} von {count}.",
    copied="Kopiert.",
    not_copied="Kopieren ist hier nicht möglich.",
    lost="Diese Stelle lässt sich im aktuellen Bestand nicht mehr nachweisen: Das Dokument wurde "
    "geändert oder entfernt. Sie wird weder kopiert noch in einen Vermerk übernommen.",
    position="Stelle {number}",
)

_ENGLISH = CollectionWords(
    title="Collection",
    privacy="The collection lies in this browser only. It keeps the places and your notes; the "
    "words are fetched from the documents and proven anew each time.",
    without_script="The collection needs JavaScript.",
    empty="Nothing collected yet",
    empty_hint="“Collect” stands beside each passage under Sources and each source of an answer.",
    to_search="To the search",
    failed="The passages could not be loaded. Please reload the page.",
    note="Note",
    up="Move up",
    down="Move down",
    remove="Remove",
    copy="Copy",
    copy_all="Copy all",
    save="Save as a note for the file:",
    formats=HANDLING_WORDS["en"].formats,
    moved="Now number {number} of {count}.",
    copied="Copied.",
    not_copied="Copying is not possible here.",
    lost="This passage can no longer be proven: its document was changed or removed. It is "
    "neither copied nor taken into a note for the file.",
    position="Passage {number}",
)

COLLECTION_WORDS: Mapping[Language, CollectionWords] = MappingProxyType(
    {"de": _GERMAN, "en": _ENGLISH}
)

"""The words of a note that the page does not have already, in German and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The texts of one language; `{…}` is filled with `str.format`."""

    note_on: str
    note_on_many: str
    collection: str
    created: str
    stock: str
    stock_value: str
    answered: str
    kind: str
    remark: str
    place: str
    section: str
    publisher: str
    file: str
    checksum: str
    beginning: str
    lost: str
    lost_mark: str
    closing: str
    ai_system: str
    ai_generated: str
    pages: str


GERMAN = Labels(
    note_on="Vermerk: {question}",
    note_on_many="Vermerk: {count} Fragen",
    collection="Vermerk: Merkliste",
    created="Erstellt",
    stock="Bestand",
    stock_value="{count} Dokumente, eingelesen am {moment}",
    answered="Beantwortet",
    kind="Art",
    remark="Notiz",
    place="Ort",
    section="Abschnitt",
    publisher="Herausgeber",
    file="Datei",
    checksum="SHA-256",
    beginning="beginnt mit",
    lost="Nicht mehr nachweisbar und deshalb nicht abgedruckt: {name}",
    lost_mark="Nicht mehr nachweisbar und deshalb nicht abgedruckt: Stelle {name}",
    closing="Zusammengestellt von einem KI-System (Bildungslotse). Jedes Zitat wurde beim "
    "Speichern dieses Vermerks Zeichen für Zeichen mit dem eingelesenen Dokument verglichen. Ob "
    "es die Frage trifft, prüfen Sie bitte selbst; maßgeblich ist die Richtlinie.",
    ai_system="Von einem KI-System zusammengestellt",
    ai_generated="KI-generiert",
    pages="Seite {page} von {pages}",
)
ENGLISH = Labels(
    note_on="Note: {question}",
    note_on_many="Note: {count} questions",
    collection="Note: collected passages",
    created="Created",
    stock="Collection",
    stock_value="{count} documents, read on {moment}",
    answered="Answered",
    kind="Kind",
    remark="Remark",
    place="Place",
    section="Section",
    publisher="Publisher",
    file="File",
    checksum="SHA-256",
    beginning="begins with",
    lost="Can no longer be proven and is therefore not printed: {name}",
    lost_mark="Can no longer be proven and is therefore not printed: passage {name}",
    closing="Compiled by an AI system (Bildungslotse). Every quote was compared character by "
    "character with the stored document when this note was saved. Whether it answers the "
    "question is for you to judge; the funding guideline is what counts.",
    ai_system="Compiled by an AI system",
    ai_generated="AI-generated",
    pages="Page {page} of {pages}",
)
LABELS: Mapping[Language, Labels] = MappingProxyType({"de": GERMAN, "en": ENGLISH})

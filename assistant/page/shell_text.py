"""What stands around every place, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from assistant.wording.words import Language

PlaceName = Literal["fragen", "quellen", "einstieg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellWords:
    """The texts of header, footer and the pages that only tell what is the matter."""

    tagline: str
    skip: str
    places_label: str
    places: Mapping[PlaceName, str]
    other_language: str
    log_out: str
    statement: str
    ai_notice: str
    new_tab: str
    opening: str
    opening_slow: str
    reload: str
    loading: str
    loading_detail: str
    without_script: str
    error: str
    missing: str
    missing_hint: str
    invalid: str
    invalid_hint: str
    defect: str
    defect_hint: str
    back: str


_GERMAN = ShellWords(
    tagline="Fragen zum Förderprogramm Bildungskommunen",
    skip="Direkt zum Inhalt",
    places_label="Bereiche",
    places=MappingProxyType({"fragen": "Fragen", "quellen": "Quellen", "einstieg": "Einstieg"}),
    other_language="English",
    log_out="Abmelden",
    statement="Barrierefreiheit",
    ai_notice="Auskünfte eines KI-Systems können unvollständig sein; maßgeblich ist die "
    "Richtlinie.",
    new_tab="öffnet in neuem Tab",
    opening="Das Fragefeld wird geladen …",
    opening_slow="Das dauert länger als sonst.",
    reload="Seite neu laden",
    loading="Die Dokumente werden vorbereitet",
    loading_detail="Diese Seite erscheint von selbst, sobald alles bereit ist.",
    without_script="Für Fragen braucht diese Seite JavaScript. Quellen und Einstieg gehen ohne.",
    error="Das hat nicht geklappt",
    missing="Diese Seite gibt es nicht.",
    missing_hint="Vielleicht wurde die Adresse nicht vollständig kopiert.",
    invalid="Die Angaben dieser Anfrage passen nicht.",
    invalid_hint="Bitte von der Startseite aus noch einmal beginnen.",
    defect="Beim Aufbau der Seite ist ein Fehler aufgetreten.",
    defect_hint="Bitte noch einmal versuchen. Geschieht es wieder, hilft das Protokoll weiter.",
    back="Zur Startseite",
)

_ENGLISH = ShellWords(
    tagline="Questions about the Bildungskommunen funding programme",
    skip="Skip to the content",
    places_label="Areas",
    places=MappingProxyType({"fragen": "Ask", "quellen": "Sources", "einstieg": "First steps"}),
    other_language="Deutsch",
    log_out="Log out",
    statement="Accessibility",
    ai_notice="Information from an AI system may be incomplete; the funding guideline is what "
    "counts.",
    new_tab="opens in a new tab",
    opening="Loading the question field …",
    opening_slow="This takes longer than usual.",
    reload="Reload the page",
    loading="The documents are being prepared",
    loading_detail="This page appears by itself as soon as everything is ready.",
    without_script="Asking needs JavaScript. Sources and First steps work without it.",
    error="That did not work",
    missing="This page does not exist.",
    missing_hint="Perhaps the address was not copied completely.",
    invalid="The details of this request do not fit.",
    invalid_hint="Please start again from the home page.",
    defect="An error occurred while building the page.",
    defect_hint="Please try again. If it happens again, the log will help.",
    back="To the home page",
)

SHELL_WORDS: Mapping[Language, ShellWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})

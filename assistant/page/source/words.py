"""The words of the source view, in German and English; a missing one fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.wording.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """The texts of one language; `{…}` is filled with `str.format`."""

    source: str
    close: str
    origin: str
    publisher: str
    level: str
    kind: str
    section: str
    position: str
    as_of: str
    validity: str
    file: str
    unknown: str
    official: str
    other_source: str
    opens: str
    download: str
    permanent: str
    copy_link: str
    passage: str
    before: str
    after: str
    quote_begins: str
    quote_ends: str
    moved: str
    gone: str
    removed: str
    removed_hint: str
    page: str
    page_of: str
    printed_page_of: str
    page_alt: str
    previous_page: str
    next_page: str
    back_to_quote: str
    zoom: str
    zoom_in: str
    zoom_out: str
    no_picture: str
    not_marked: str
    recognised: str
    without_text: str
    scroll: str
    page_text: str
    health: str


_GERMAN = SourceWords(
    source="Beleg",
    close="Quelle schließen",
    origin="Quelle",
    publisher="Herausgeber",
    level="Ebene",
    kind="Art",
    section="Abschnitt",
    position="Stelle",
    as_of="Stand",
    validity="Gültigkeit",
    file="Datei",
    unknown="nicht bekannt",
    official="Amtliche Quelle öffnen",
    other_source="Quelle öffnen",
    opens="öffnet {host} in neuem Tab",
    download="Originaldatei herunterladen",
    permanent="Diese Stelle als eigene Seite",
    copy_link="Link zu dieser Stelle kopieren",
    passage="Textstelle",
    before="Mehr Umgebung: Text davor",
    after="Mehr Umgebung: Text danach",
    quote_begins="Beginn des Zitats:",
    quote_ends="Ende des Zitats.",
    moved="Das Dokument hat sich seit der Antwort geändert; das Zitat steht hier nicht mehr "
    "wörtlich. Bitte die Frage wiederholen.",
    gone="Diese Stelle gibt es im aktuellen Bestand nicht mehr. Bitte die Frage wiederholen.",
    removed="Dieses Dokument wurde entfernt oder durch eine neue Fassung ersetzt.",
    removed_hint="Was daraus zitiert wurde, lässt sich hier nicht mehr nachprüfen. Bitte die Frage "
    "wiederholen.",
    page="Seite",
    page_of="PDF-Seite {page} von {pages}",
    printed_page_of="S. {label} (PDF-Seite {page} von {pages})",
    page_alt="Abbildung von {place}, {title}",
    previous_page="Vorige Seite",
    next_page="Nächste Seite",
    back_to_quote="Zur Seite mit der Textstelle",
    zoom="Größe {percent} %",
    zoom_in="Vergrößern",
    zoom_out="Verkleinern",
    no_picture="Diese Seite kann nicht als Bild gezeigt werden; der Text steht unten.",
    not_marked="Auf dem Bild ist das Zitat nicht markiert; im Text unten ist es hervorgehoben.",
    recognised="Der Text dieser Stelle stammt aus Texterkennung. Lesefehler sind möglich; bitte "
    "mit dem Original vergleichen.",
    without_text="Ein Teil des Dokuments ist nicht durchsuchbar: {count} von {pages} Seiten "
    "haben keinen Text.",
    scroll="Seite als Bild, mit den Pfeiltasten verschieben",
    page_text="Text dieser Seite",
    health="Zustand",
)

_ENGLISH = SourceWords(
    source="Source",
    close="Close source",
    origin="Source",
    publisher="Publisher",
    level="Level",
    kind="Kind",
    section="Section",
    position="Position",
    as_of="As of",
    validity="Validity",
    file="File",
    unknown="not known",
    official="Open the official source",
    other_source="Open the source",
    opens="opens {host} in a new tab",
    download="Download the original file",
    permanent="This passage as a page of its own",
    copy_link="Copy link to this passage",
    passage="Passage",
    before="More context: text before",
    after="More context: text after",
    quote_begins="Quote begins:",
    quote_ends="Quote ends.",
    moved="The document has changed since the answer; the quote is no longer here word for word. "
    "Please ask again.",
    gone="This passage is no longer in the current collection. Please ask again.",
    removed="This document has been removed or replaced by a newer version.",
    removed_hint="What was quoted from it can no longer be checked here. Please ask again.",
    page="Page",
    page_of="PDF page {page} of {pages}",
    printed_page_of="p. {label} (PDF page {page} of {pages})",
    page_alt="Picture of {place}, {title}",
    previous_page="Previous page",
    next_page="Next page",
    back_to_quote="To the page with the passage",
    zoom="Size {percent} %",
    zoom_in="Enlarge",
    zoom_out="Reduce",
    no_picture="This page cannot be shown as a picture; its text stands below.",
    not_marked="The quote is not marked on the picture; it is highlighted in the text below.",
    recognised="This text comes from text recognition. Reading errors are possible, "
    "so please compare it with the original.",
    without_text="A part of the document cannot be searched: {count} of {pages} pages have no "
    "text.",
    scroll="Page as a picture, move it with the arrow keys",
    page_text="Text of this page",
    health="Condition",
)

SOURCE_WORDS: Mapping[Language, SourceWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})

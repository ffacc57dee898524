"""Every word of the page, in German and English; a missing translation fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from assistant.answers import NoteKind

Language = Literal["de", "en"]
MAX_QUESTION = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of one language; `{…}` is filled with `str.format`."""

    language: Language
    other_language: str
    skip: str
    tagline: str
    ai_notice: str
    ai_detail: str
    local_notice: str
    welcome: str
    welcome_detail: str
    examples_title: str
    examples: Mapping[str, tuple[str, ...]]
    question_label: str
    question_hint: str
    question_placeholder: str
    counter: str
    send: str
    stop: str
    retry: str
    clear: str
    loading: str
    loading_detail: str
    waiting: str
    searching: str
    stopped: str
    asked: str
    answered: str
    partial: str
    refused: str
    refused_hint: str
    understood_as: str
    place: str
    extractive: str
    generated: str
    sources: str
    source: str
    open_source: str
    automatic: str
    announce_source: str
    announce_sources: str
    copy: str
    copy_without_sources: str
    copied: str
    copy_failed: str
    notes: Mapping[NoteKind, str]
    close: str
    publisher: str
    level: str
    kind: str
    section: str
    position: str
    as_of: str
    validity: str
    file: str
    unknown: str
    valid_since: str
    valid_between: str
    valid_until: str
    valid_later: str
    expired: str
    expired_short: str
    official: str
    official_detail: str
    passage: str
    before: str
    after: str
    quote_begins: str
    quote_ends: str
    moved: str
    gone: str
    panel_loading: str
    panel_failed: str
    error: str
    empty: str
    too_long: str
    defect: str
    defect_hint: str
    busy: str
    disconnected: str
    help_refused: tuple[str, ...]

    def date(self, day: date) -> str:
        """Print a date the way the language does."""
        if self.language == "de":
            return day.strftime("%d.%m.%Y")
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

GERMAN = Words(
    language="de",
    other_language="English",
    skip="Direkt zum Fragefeld",
    tagline="Fragen zum Förderprogramm Bildungskommunen",
    ai_notice="Sie chatten mit einem KI-System.",
    ai_detail="Die Antworten bestehen aus wörtlichen Zitaten der hinterlegten Dokumente und können "
    "unvollständig sein; maßgeblich ist die Richtlinie.",
    local_notice="Alles wird auf diesem Rechner beantwortet, nichts verlässt ihn.",
    welcome="Was möchten Sie wissen?",
    welcome_detail="Der Bildungslotse sucht die passenden Stellen in den Dokumenten und zeigt, wo "
    "sie stehen und von wann sie sind. Steht etwas nicht darin, sagt er das.",
    examples_title="Fragen zum Ausprobieren",
    examples=MappingProxyType(
        {
            "Für die Verwaltung": (
                "Wer darf einen Antrag auf Förderung stellen?",
                "Welche Module hat die Förderung?",
            ),
            "Für die Beratung": (
                "Welche REAB ist für Hessen zuständig?",
                "Was gehört zum Aufbau eines DKBM?",
            ),
            "Neu im Team": (
                "Worum geht es im Programm Bildungskommunen?",
                "Wie hilft das Fachnetzwerk den Kommunen?",
            ),
        }
    ),
    question_label="Ihre Frage",
    question_hint="Enter sendet, Umschalt + Enter beginnt eine neue Zeile. Höchstens "
    "2.000 Zeichen.",
    question_placeholder="Frage eingeben",
    counter="{count} von 2.000 Zeichen",
    send="Senden",
    stop="Stopp",
    retry="Wiederholen",
    clear="Verlauf löschen",
    loading="Modell wird geladen",
    loading_detail="Sie können schon fragen; die Antwort kommt, sobald das Modell bereit ist.",
    waiting="Das Modell wird noch geladen. Ihre Frage wird danach beantwortet.",
    searching="Die Dokumente werden durchsucht",
    stopped="Angehalten. Die Antwort ist nicht vollständig.",
    asked="Frage",
    answered="Antwort",
    partial="Dazu steht in den Unterlagen nur Folgendes",
    refused="Das steht nicht in den Unterlagen",
    refused_hint="Was Sie tun können:",
    understood_as="Verstanden als",
    place="Ort",
    extractive="Wörtliche Zitate, von einem KI-System zusammengestellt",
    generated="KI-generiert",
    sources="Belege",
    source="Beleg",
    open_source="anzeigen",
    automatic="Auskunft eines KI-Systems",
    announce_source="Ein Beleg.",
    announce_sources="{count} Belege.",
    copy_without_sources="Auskunft kopieren",
    copy="Antwort mit Belegen kopieren",
    copied="Kopiert",
    copy_failed="Kopieren nicht möglich",
    notes=MappingProxyType(
        {
            "superseded": "Nicht mehr gültig",
            "conflict": "Quellen widersprechen sich",
            "premise": "Zur Frage",
            "unsupported": "Nicht belegt",
            "ocr": "Texterkennung",
            "partial": "Unvollständig",
        }
    ),
    close="Quelle schließen",
    publisher="Herausgeber",
    level="Ebene",
    kind="Art",
    section="Abschnitt",
    position="Stelle",
    as_of="Stand",
    validity="Gültigkeit",
    file="Datei",
    unknown="nicht bekannt",
    valid_since="gilt seit {start}",
    valid_between="gilt vom {start} bis {end}",
    valid_until="gilt bis {end}",
    valid_later="gilt erst ab {start}",
    expired="galt bis {end}",
    expired_short="nicht mehr gültig",
    official="Amtliche Quelle öffnen",
    official_detail="öffnet {host} in neuem Tab",
    passage="Textstelle",
    before="Mehr Umgebung: Text davor",
    after="Mehr Umgebung: Text danach",
    quote_begins="Beginn des Zitats:",
    quote_ends="Ende des Zitats.",
    moved="Das Dokument hat sich seit der Antwort geändert; das Zitat steht hier nicht mehr "
    "wörtlich. Bitte die Frage wiederholen.",
    gone="Diese Stelle gibt es im aktuellen Bestand nicht mehr. Bitte die Frage wiederholen.",
    panel_loading="Die Quelle wird geladen",
    panel_failed="Die Quelle konnte nicht geladen werden. Bitte noch einmal versuchen.",
    error="Das hat nicht geklappt",
    empty="Bitte geben Sie eine Frage ein.",
    too_long="Die Frage hat {count} Zeichen; möglich sind 2.000. Bitte kürzen Sie sie.",
    defect="Bei der Antwort ist ein Fehler aufgetreten.",
    defect_hint="Bitte noch einmal versuchen. Geschieht es wieder, hilft das Protokoll weiter.",
    busy="Gerade fragen sehr viele gleichzeitig. Bitte versuchen Sie es gleich noch einmal.",
    disconnected="Die Verbindung zum Bildungslotsen ist unterbrochen. Läuft das Programm noch? "
    "Danach die Seite neu laden.",
    help_refused=(
        "Anders fragen, zum Beispiel mit einem Begriff aus der Richtlinie.",
        "Die zuständige Beratungsstelle fragen; wer das ist, können Sie hier ebenfalls fragen.",
    ),
)

ENGLISH = Words(
    language="en",
    other_language="Deutsch",
    skip="Skip to the question field",
    tagline="Questions about the Bildungskommunen funding programme",
    ai_notice="You are chatting with an AI system.",
    ai_detail="Its answers consist of verbatim quotes from the stored documents, which are in "
    "German, and may be incomplete; the funding guideline is what counts.",
    local_notice="Everything is answered on this computer, nothing leaves it.",
    welcome="What would you like to know?",
    welcome_detail="Bildungslotse finds the passages in the documents and shows where they are and "
    "how recent. If something is not in them, it says so.",
    examples_title="Questions to try",
    examples=MappingProxyType(
        {
            "For administrations": (
                "Who may apply for funding?",
                "Which modules does the funding have?",
            ),
            "For advisors": (
                "Which REAB is responsible for Hesse?",
                "What does building a DKBM involve?",
            ),
            "New to the team": (
                "What is the Bildungskommunen programme about?",
                "How does the expert network help municipalities?",
            ),
        }
    ),
    question_label="Your question",
    question_hint="Enter sends, Shift + Enter starts a new line. 2,000 characters at most.",
    question_placeholder="Enter a question",
    counter="{count} of 2,000 characters",
    send="Send",
    stop="Stop",
    retry="Retry",
    clear="Clear conversation",
    loading="The model is loading",
    loading_detail="You can ask already; the answer comes as soon as the model is ready.",
    waiting="The model is still loading. Your question will be answered after that.",
    searching="Searching the documents",
    stopped="Stopped. The answer is incomplete.",
    asked="Question",
    answered="Answer",
    partial="The documents say only this about it",
    refused="That is not in the documents",
    refused_hint="What you can do:",
    understood_as="Understood as",
    place="Place",
    extractive="Verbatim quotes, compiled by an AI system",
    generated="AI-generated",
    sources="Sources",
    source="Source",
    open_source="show",
    automatic="Information from an AI system",
    announce_source="One source.",
    announce_sources="{count} sources.",
    copy_without_sources="Copy this information",
    copy="Copy answer with sources",
    copied="Copied",
    copy_failed="Copying is not possible",
    notes=MappingProxyType(
        {
            "superseded": "No longer in force",
            "conflict": "Sources disagree",
            "premise": "About the question",
            "unsupported": "Not supported",
            "ocr": "Text recognition",
            "partial": "Incomplete",
        }
    ),
    close="Close source",
    publisher="Publisher",
    level="Level",
    kind="Kind",
    section="Section",
    position="Position",
    as_of="As of",
    validity="Validity",
    file="File",
    unknown="not known",
    valid_since="in force since {start}",
    valid_between="in force from {start} to {end}",
    valid_until="in force until {end}",
    valid_later="not in force before {start}",
    expired="was in force until {end}",
    expired_short="no longer in force",
    official="Open the official source",
    official_detail="opens {host} in a new tab",
    passage="Passage",
    before="More context: text before",
    after="More context: text after",
    quote_begins="Quote begins:",
    quote_ends="Quote ends.",
    moved="The document has changed since the answer; the quote is no longer here word for word. "
    "Please ask again.",
    gone="This passage is no longer in the current collection. Please ask again.",
    panel_loading="Loading the source",
    panel_failed="The source could not be loaded. Please try again.",
    error="That did not work",
    empty="Please enter a question.",
    too_long="The question has {count} characters; 2,000 are possible. Please shorten it.",
    defect="An error occurred while answering.",
    defect_hint="Please try again. If it happens again, the log will help.",
    busy="A lot of people are asking right now. Please try again in a moment.",
    disconnected="The connection to Bildungslotse is lost. Is the program still running? "
    "Then reload the page.",
    help_refused=(
        "Ask differently, for example with a term from the guideline.",
        "Ask the advisory service in charge; you can ask here who that is.",
    ),
)

WORDS: Mapping[Language, Words] = MappingProxyType({"de": GERMAN, "en": ENGLISH})

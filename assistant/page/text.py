"""Every word of the page, in German and English; a missing one fails at import."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.page.words import Language, Words

GERMAN = Words(
    language="de",
    other_language="English",
    skip="Direkt zum Fragefeld",
    tagline="Fragen zum Förderprogramm Bildungskommunen",
    ai_notice="Sie chatten mit einem KI-System.",
    ai_detail="Die Antworten bestehen aus wörtlichen Zitaten der hinterlegten Dokumente und können "
    "unvollständig sein; maßgeblich ist die Richtlinie.",
    local_notice="Alles wird auf diesem Rechner beantwortet, nichts verlässt ihn.",
    writing_detail="Ein Sprachmodell ({model}) formuliert die Antworten; jeder Satz wird mit den "
    "hinterlegten Dokumenten verglichen, und darunter stehen die wörtlichen Zitate. Maßgeblich "
    "ist die Richtlinie.",
    writing_here="Das Sprachmodell läuft auf diesem Rechner, nichts verlässt ihn.",
    writing_elsewhere="Das Sprachmodell läuft bei {host}: Die Frage und die gefundenen Textstellen "
    "werden dorthin übertragen.",
    welcome="Was möchten Sie wissen?",
    welcome_detail="Der Bildungslotse sucht die passenden Stellen in den Dokumenten und zeigt, wo "
    "sie stehen und von wann sie sind. Steht etwas nicht darin, sagt er das.",
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
    understood_as="Verstanden als",
    change="Frage ändern",
    place="Ort",
    only_in="Nur gesucht in",
    choose="Dokumente wählen",
    in_all="Gefragt wird in allen Dokumenten.",
    in_one="Gefragt wird nur in: {title}",
    in_some="Gefragt wird nur in {count} Dokumenten.",
    choice_hint="Antworten kommen dann nur aus den angekreuzten Dokumenten, bis Sie wieder alle "
    "wählen. Was in den anderen steht, bleibt außer Betracht.",
    choice_filter="Liste filtern",
    choice_count="{shown} Dokumente gezeigt, {chosen} gewählt",
    choice_none="Kein Dokument passt dazu.",
    choice_apply="Übernehmen",
    choice_all="Alle Dokumente",
    choice_cancel="Abbrechen",
    extractive="Wörtliche Zitate, von einem KI-System zusammengestellt",
    generated_by="KI-generiert von {model} am {moment}",
    writing="Das Sprachmodell formuliert eine Antwort",
    verbatim="Wörtlich aus den Unterlagen",
    at_a_glance="Auf einen Blick",
    compared="Vergleich",
    not_stated="nicht angegeben",
    unsupported="nicht belegt",
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
    as_of="Stand",
    valid_since="gilt seit {start}",
    valid_between="gilt vom {start} bis {end}",
    valid_until="gilt bis {end}",
    valid_later="gilt erst ab {start}",
    expired="galt bis {end}",
    expired_short="nicht mehr gültig",
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
    close_message="Meldung schließen",
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
    writing_detail="A language model ({model}) words the answers; every sentence is compared with "
    "the stored documents, and the verbatim quotes, which are in German, stand below it. The "
    "funding guideline is what counts.",
    writing_here="The language model runs on this computer, nothing leaves it.",
    writing_elsewhere="The language model runs at {host}: the question and the passages found are "
    "sent there.",
    welcome="What would you like to know?",
    welcome_detail="Bildungslotse finds the passages in the documents and shows where they are and "
    "how recent. If something is not in them, it says so.",
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
    partial="This is all the documents say about it",
    refused="The documents do not say this",
    understood_as="Understood as",
    change="Change the question",
    place="Place",
    only_in="Searched only in",
    choose="Choose documents",
    in_all="Questions go to all documents.",
    in_one="Questions go only to: {title}",
    in_some="Questions go only to {count} documents.",
    choice_hint="Answers then come from the ticked documents alone, until you choose all again. "
    "What the others say is left aside.",
    choice_filter="Filter the list",
    choice_count="{shown} documents shown, {chosen} chosen",
    choice_none="No document matches.",
    choice_apply="Apply",
    choice_all="All documents",
    choice_cancel="Cancel",
    extractive="Verbatim quotes, compiled by an AI system",
    generated_by="AI-generated by {model} on {moment}",
    writing="The language model is wording an answer",
    verbatim="Verbatim from the documents",
    at_a_glance="At a glance",
    compared="Comparison",
    not_stated="not stated",
    unsupported="not supported",
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
    as_of="As of",
    valid_since="in force since {start}",
    valid_between="in force from {start} to {end}",
    valid_until="in force until {end}",
    valid_later="not in force before {start}",
    expired="was in force until {end}",
    expired_short="no longer in force",
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
    close_message="Close message",
)

WORDS: Mapping[Language, Words] = MappingProxyType({"de": GERMAN, "en": ENGLISH})

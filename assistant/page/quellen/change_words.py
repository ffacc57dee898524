"""What changing the documents says, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.desk.jobs import State
from assistant.wording.words import Language
from corpus.audiences import INTERNAL, PUBLIC
from corpus.documents import IngestStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """The texts of one language; `{…}` is filled with `str.format`."""

    title: str
    files: str
    files_hint: str
    audience: str
    audience_hint: str
    audiences: Mapping[str, str]
    group: str
    submit: str
    sending: str
    sent: str
    not_sent: str
    too_many: str
    too_large: str
    together: str
    recent: str
    job: str
    job_of: str
    states: Mapping[State, str]
    details: Mapping[State, str]
    statuses: Mapping[IngestStatus, str]
    again: str
    reading: str
    file_waiting: str
    progress: str
    stop: str
    stopping: str
    more: str
    show_documents: str
    removing: str
    removing_detail: str
    removing_file: str
    remove: str
    keep: str
    gone: str
    gone_hint: str


_GERMAN = ChangeWords(
    title="Dokumente aufnehmen",
    files="Dateien",
    files_hint="PDF, DOCX, ODT, XLSX, CSV, PPTX, EML, HTML, Markdown oder Text; höchstens {count} "
    "Dateien, je Datei {each} MB, zusammen {together} MB. Eine Datei ersetzt eine früher "
    "aufgenommene mit demselben Namen.",
    audience="Wer darf sie lesen?",
    audience_hint="Andere erfahren nichts davon. Eine Datei ersetzt nur eine mit demselben Namen "
    "und demselben Leserkreis. Stand derselbe Inhalt bisher mehr Personen offen, gilt danach nur "
    "noch dieser Leserkreis.",
    audiences=MappingProxyType({INTERNAL: "alle mit Anmeldung (intern)", PUBLIC: "alle"}),
    group="Gruppe „{name}“",
    submit="Aufnehmen",
    sending="Wird übertragen: {percent} %",
    sent="Übertragen. Die Dokumente werden gelesen.",
    not_sent="Die Übertragung ist nicht gelungen. Bitte noch einmal versuchen.",
    too_many="Bitte höchstens {count} Dateien auswählen.",
    too_large="„{name}“ ist zu groß.",
    together="Die Dateien sind zusammen zu groß.",
    recent="Aufträge seit dem Start",
    job="Auftrag",
    job_of="Auftrag mit {count} Dateien",
    states=MappingProxyType(
        {
            "waiting": "Wartet auf einen anderen Auftrag",
            "running": "In Arbeit",
            "finishing": "Der Bestand wird aktualisiert",
            "done": "Fertig",
            "stopped": "Angehalten",
            "failed": "Nicht gelungen",
        }
    ),
    details=MappingProxyType(
        {
            "waiting": "Es arbeitet immer nur ein Auftrag.",
            "running": "Sie können die Seite verlassen, der Auftrag läuft weiter.",
            "finishing": "Bis er fertig ist, gilt der alte Bestand.",
            "done": "Der neue Bestand gilt ab sofort, auch für Fragen.",
            "stopped": "Am Bestand hat sich nichts geändert.",
            "failed": "Am Bestand hat sich nichts geändert.",
        }
    ),
    statuses=MappingProxyType(
        {
            "added": "neu",
            "replaced": "ersetzt",
            "unchanged": "unverändert",
            "removed": "entfernt",
            "empty": "nicht aufgenommen",
            "failed": "nicht aufgenommen",
        }
    ),
    again="Ein anderer Rechner hat den Bestand inzwischen geändert. Das ist Anlauf {number} von "
    "{most}.",
    reading="in Arbeit",
    file_waiting="wartet",
    progress="{done} von {count} Dateien",
    stop="Anhalten",
    stopping="Wird angehalten",
    more="Weitere Dokumente aufnehmen",
    show_documents="Zum Bestand",
    removing="Dieses Dokument entfernen?",
    removing_detail="Entfernt werden die Passagen, ihre Vektoren und Suchworte, "
    "zwischengespeicherte Texte und die Kopie des Originals. Das lässt sich nicht zurücknehmen. "
    "Danach wird der Datenordner durchsucht und eine Quittung ausgestellt.",
    removing_file="Die Datei, aus der das Dokument stammt, bleibt, wo sie ist, es sei denn, sie "
    "wurde hier hochgeladen.",
    remove="Endgültig entfernen",
    keep="Nicht entfernen",
    gone="Diesen Auftrag gibt es nicht mehr.",
    gone_hint="Aufträge werden beim Beenden des Programms vergessen; aufgenommene Dokumente "
    "bleiben.",
)

_ENGLISH = ChangeWords(
    title="Add documents",
    files="Files",
    files_hint="PDF, DOCX, ODT, XLSX, CSV, PPTX, EML, HTML, Markdown or text; at most {count} "
    "files, {each} MB each, {together} MB together. A file replaces one of the same name that was "
    "added earlier.",
    audience="Who may read them?",
    audience_hint="Others learn nothing of them. A file replaces only one of the same name and "
    "the same readers. Where the same content was open to more people, only these readers count "
    "from then on.",
    audiences=MappingProxyType({INTERNAL: "all who log in (internal)", PUBLIC: "everyone"}),
    group="Group “{name}”",
    submit="Add",
    sending="Sending: {percent} %",
    sent="Sent. The documents are being read.",
    not_sent="Sending failed. Please try again.",
    too_many="Please choose at most {count} files.",
    too_large="“{name}” is too large.",
    together="The files are too large together.",
    recent="Jobs since the start",
    job="Job",
    job_of="Job of {count} files",
    states=MappingProxyType(
        {
            "waiting": "Waiting for another job",
            "running": "In progress",
            "finishing": "The documents are being updated",
            "done": "Done",
            "stopped": "Stopped",
            "failed": "Failed",
        }
    ),
    details=MappingProxyType(
        {
            "waiting": "Only one job works at a time.",
            "running": "You may leave this page, the job goes on.",
            "finishing": "Until it is done, the old documents count.",
            "done": "The new documents count from now on, for questions too.",
            "stopped": "Nothing has changed in the documents.",
            "failed": "Nothing has changed in the documents.",
        }
    ),
    statuses=MappingProxyType(
        {
            "added": "new",
            "replaced": "replaced",
            "unchanged": "unchanged",
            "removed": "removed",
            "empty": "not added",
            "failed": "not added",
        }
    ),
    again="Another machine has changed the documents meanwhile. This is attempt {number} of "
    "{most}.",
    reading="in progress",
    file_waiting="waiting",
    progress="{done} of {count} files",
    stop="Stop",
    stopping="Stopping",
    more="Add more documents",
    show_documents="To the documents",
    removing="Remove this document?",
    removing_detail="Its passages, their vectors and search terms, cached texts and the copy of "
    "the original will be removed. This cannot be undone. The data folder is then searched and a "
    "receipt written.",
    removing_file="The file that the document came from stays where it is, unless it was uploaded "
    "here.",
    remove="Remove for good",
    keep="Keep it",
    gone="This job does not exist any more.",
    gone_hint="Jobs are forgotten when the program ends; documents that were added stay.",
)

CHANGE_WORDS: Mapping[Language, ChangeWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})

"""What taking in documents says, in German and English; a missing text fails at import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.desk.jobs import State
from assistant.page.words import Language
from corpus.documents import IngestStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeWords:
    """The texts of one language; `{…}` is filled with `str.format`."""

    title: str
    files: str
    files_hint: str
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
    reading: str
    file_waiting: str
    progress: str
    stop: str
    stopping: str
    more: str
    show_documents: str
    gone: str
    gone_hint: str


_GERMAN = IntakeWords(
    title="Dokumente aufnehmen",
    files="Dateien",
    files_hint="PDF, DOCX, ODT, XLSX, CSV, PPTX, EML, HTML, Markdown oder Text; höchstens {count} "
    "Dateien, je Datei {each} MB, zusammen {together} MB. Eine Datei ersetzt eine früher "
    "aufgenommene mit demselben Namen.",
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
            "running": "Die Dateien werden gelesen",
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
    reading="wird gelesen",
    file_waiting="wartet",
    progress="{done} von {count} Dateien gelesen",
    stop="Anhalten",
    stopping="Wird nach der laufenden Datei angehalten",
    more="Weitere Dokumente aufnehmen",
    show_documents="Zum Bestand",
    gone="Diesen Auftrag gibt es nicht mehr.",
    gone_hint="Aufträge werden beim Beenden des Programms vergessen; aufgenommene Dokumente "
    "bleiben.",
)

_ENGLISH = IntakeWords(
    title="Add documents",
    files="Files",
    files_hint="PDF, DOCX, ODT, XLSX, CSV, PPTX, EML, HTML, Markdown or text; at most {count} "
    "files, {each} MB each, {together} MB together. A file replaces one of the same name that was "
    "added earlier.",
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
            "running": "The files are being read",
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
    reading="being read",
    file_waiting="waiting",
    progress="{done} of {count} files read",
    stop="Stop",
    stopping="Will stop after the current file",
    more="Add more documents",
    show_documents="To the documents",
    gone="This job does not exist any more.",
    gone_hint="Jobs are forgotten when the program ends; documents that were added stay.",
)

INTAKE_WORDS: Mapping[Language, IntakeWords] = MappingProxyType({"de": _GERMAN, "en": _ENGLISH})

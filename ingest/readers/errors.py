"""Why a file cannot be read, in words its owner can act on."""

from pathlib import Path

from corpus.documents import Verdict
from corpus.errors import UserFacingError
from corpus.file_names import visible


class UnreadableDocument(UserFacingError):
    """A file that cannot become a document; `detail` says in German what is in the way."""

    def __init__(self, name: str, verdict: Verdict, detail: str, *, hint: str) -> None:
        super().__init__(f"`{name}` ist nicht lesbar: {verdict} ({detail}).", hint=hint)
        self.verdict = verdict
        self.detail = detail


def storable_name(path: Path) -> str:
    """Return a file's name as it is shown; names in foreign encodings have half characters."""
    return visible(path.name.encode("utf-8", "replace").decode("utf-8"))


def encrypted(name: str) -> UnreadableDocument:
    """Return the error for a file that asks for a password."""
    return UnreadableDocument(
        name,
        Verdict.ENCRYPTED,
        "sie öffnet sich nur mit Passwort",
        hint="Die Datei ohne Passwort speichern und erneut einlesen.",
    )


def damaged(name: str, detail: str = "") -> UnreadableDocument:
    """Return the error for a file that breaks off or contradicts its format."""
    return UnreadableDocument(
        name,
        Verdict.DAMAGED,
        detail or "sie bricht ab oder widerspricht ihrem Format",
        hint="Die Datei neu herunterladen oder aus dem Ursprungsprogramm neu speichern.",
    )


def empty(name: str) -> UnreadableDocument:
    """Return the error for a file in which nothing stands, whatever its name says."""
    return UnreadableDocument(
        name,
        Verdict.EMPTY,
        "die Datei ist leer",
        hint="Neu kopieren oder herunterladen, falls sie einen Inhalt haben sollte; sonst löschen.",
    )


def unsupported(name: str, detail: str, *, hint: str = "") -> UnreadableDocument:
    """Return the error for a format no reader exists for."""
    return UnreadableDocument(
        name,
        Verdict.UNSUPPORTED,
        detail,
        hint=hint or "Lesbar sind PDF, DOCX, ODT, XLSX, CSV, PPTX, EML, HTML, Markdown und Text.",
    )


def too_large(name: str, detail: str) -> UnreadableDocument:
    """Return the error for a file beyond a limit; `detail` names the limit."""
    return UnreadableDocument(
        name, Verdict.TOO_LARGE, detail, hint="Die Datei in Teile zerlegen und diese einlesen."
    )

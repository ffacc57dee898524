"""Why a file cannot be read, in words its owner can act on."""

from corpus.errors import UserFacingError


class UnreadableDocument(UserFacingError):
    """A file that cannot become a document; `reason` is one of the short German reasons below."""

    def __init__(self, name: str, reason: str, *, detail: str = "", hint: str) -> None:
        self.name = name
        self.reason = reason
        explained = f"{reason} ({detail})" if detail else reason
        super().__init__(f"`{name}` ist nicht lesbar: {explained}.", hint=hint)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are pickled by `args`, which cannot carry the keyword-only hint.
        return _restore, (self.name, self.reason, self.message, self.hint)


def _restore(name: str, reason: str, message: str, hint: str) -> UnreadableDocument:
    error = UnreadableDocument(name, reason, hint=hint)
    error.message = message
    return error


def encrypted(name: str) -> UnreadableDocument:
    """Return the error for a file that asks for a password."""
    return UnreadableDocument(
        name, "passwortgeschützt", hint="Die Datei ohne Passwort speichern und erneut einlesen."
    )


def damaged(name: str, detail: str = "") -> UnreadableDocument:
    """Return the error for a file that breaks off or contradicts its format."""
    return UnreadableDocument(
        name,
        "beschädigt",
        detail=detail,
        hint="Die Datei neu herunterladen oder aus dem Ursprungsprogramm neu speichern.",
    )


def unsupported(name: str, detail: str = "") -> UnreadableDocument:
    """Return the error for a format no reader exists for."""
    return UnreadableDocument(
        name,
        "nicht unterstützt",
        detail=detail,
        hint="Lesbar sind PDF, DOCX, HTML, Markdown und Text.",
    )


def too_large(name: str, detail: str) -> UnreadableDocument:
    """Return the error for a file beyond a limit; `detail` names the limit."""
    return UnreadableDocument(
        name, "zu groß", detail=detail, hint="Die Datei in Teile zerlegen und diese einlesen."
    )

"""Original files are handed out to be kept, never to be shown: nothing in them may run here."""

from pathlib import Path, PurePosixPath

from fastapi.responses import FileResponse

from assistant.page.escaping import visible

_PDF_WITHIN = 1024  # bytes
_PDF = "application/pdf"
_BINARY = "application/octet-stream"  # also for what a browser would show or run: HTML, mail
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
}


def is_pdf(path: Path) -> bool:
    """Whether a file begins like a PDF, whatever it is called."""
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(_PDF_WITHIN)
    except OSError:
        return False


def download(path: Path, name: str) -> FileResponse:
    """Return a file as an attachment; its kind is ours to say, its name is only shown."""
    kind = _PDF if is_pdf(path) else _TYPES.get(path.suffix, _BINARY)
    shown = PurePosixPath(visible(name).replace("\n", " ").replace("\\", "/")).name
    return FileResponse(
        path,
        media_type=kind,
        filename=shown or "dokument",
        content_disposition_type="attachment",
        headers={"Cache-Control": "no-store"},
    )

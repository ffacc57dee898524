"""The removal of a document as the work of a job; its report carries the receipt."""

from datetime import datetime

from assistant.desk.jobs import Reports
from corpus.documents import IngestReport
from corpus.receipt import Receipt
from corpus.records import IndexedDocument
from corpus.removal import remove_documents
from corpus.server import server_of
from corpus.settings import Settings


def removal(settings: Settings, document: IndexedDocument) -> Reports:
    """Remove a document from everything that is kept; yields one report."""
    receipt = remove_documents(settings.data, [document], server_of(settings))
    yield IngestReport(
        document.name,
        "removed",
        document.pages,
        document.passages,
        message=_searched(receipt),
        advice=_left(receipt),
    )


def _searched(receipt: Receipt) -> str:
    on_server = ""
    if receipt.rows_on_server is not None:
        on_server = f" Zeilen auf dem Server: {receipt.rows_on_server}."
    moment = datetime.fromisoformat(receipt.removed).astimezone()
    return (
        f"Quittung vom {moment:%d.%m.%Y, %H:%M} Uhr: {receipt.files} Dateien unter "
        f"{', '.join(receipt.places)} nach {receipt.looked_for} Texten und Vektoren durchsucht, "
        f"in {len(receipt.found)} etwas gefunden.{on_server}"
    )


def _left(receipt: Receipt) -> str:
    if not receipt.found:
        return ""
    return f"Noch gefunden in: {', '.join(receipt.found)}. Bitte der Betriebsstelle melden."

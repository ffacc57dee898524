"""The removal of a document as the work of a job; its report carries the receipt."""

from pathlib import Path

from assistant.desk.jobs import Reports
from corpus.documents import IngestReport
from corpus.receipt import Receipt
from corpus.records import IndexedDocument
from corpus.removal import remove_documents


def removal(data: Path, document: IndexedDocument) -> Reports:
    """Remove a document from everything that is kept under `data`; yields one report."""
    receipt = remove_documents(data, [document])
    yield IngestReport(
        document.name,
        "removed",
        document.pages,
        document.passages,
        message=_searched(receipt),
        advice=_left(receipt),
    )


def _searched(receipt: Receipt) -> str:
    return (
        f"Quittung vom {receipt.removed}: {receipt.files} Dateien unter "
        f"{', '.join(receipt.places)} nach {receipt.looked_for} Texten und Vektoren durchsucht, "
        f"in {len(receipt.found)} etwas gefunden."
    )


def _left(receipt: Receipt) -> str:
    if not receipt.found:
        return ""
    return f"Noch gefunden in: {', '.join(receipt.found)}. Bitte der Betriebsstelle melden."

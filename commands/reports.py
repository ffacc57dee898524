"""What became of a file, in German for people who read the command line."""

from corpus.documents import IngestReport

_STATUS = {
    "added": "neu",
    "replaced": "ersetzt",
    "unchanged": "unverändert",
    "removed": "entfernt",
}


def outcome(report: IngestReport) -> str:
    """Say what became of a file: its status, or the verdict, why and what to do."""
    words = _STATUS.get(report.status, report.verdict)
    return " ".join(f"{words}. {report.message} {report.advice}".split())

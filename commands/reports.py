"""What became of a file and of a run, in German for people who read the command line."""

import typer

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


def say_again(attempt: int) -> None:
    """Say that a run begins once more; what it reported so far no longer counts."""
    from corpus.shared import ATTEMPTS

    typer.echo(
        "Ein anderer Rechner hat den Index inzwischen geändert. "
        f"Noch einmal von vorn: Anlauf {attempt} von {ATTEMPTS}.",
        err=True,
    )

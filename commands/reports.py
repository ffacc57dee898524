"""What became of a file and of a run, in German for people who read the command line."""

from dataclasses import asdict

import typer

from commands.options import print_json
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


def show_report(report: IngestReport, *, as_json: bool) -> None:
    """Print what became of a file: as a line of JSON, or in words."""
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(f"{report.name}: {outcome(report)}")


def say_again(attempt: int) -> None:
    """Say that a run begins once more; what it reported so far no longer counts."""
    from corpus.shared import ATTEMPTS

    typer.echo(
        "Ein anderer Rechner hat den Index inzwischen geändert. "
        f"Noch einmal von vorn: Anlauf {attempt} von {ATTEMPTS}.",
        err=True,
    )

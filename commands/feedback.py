"""`feedback`: what readers said, as questions to evaluate with and as gaps to close."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import AsJson, Data, print_json
from corpus.errors import UserFacingError
from corpus.settings import load_settings

if TYPE_CHECKING:
    from assistant.feedback.log import FeedbackLog


def feedback(
    question_file: Annotated[
        Path | None,
        typer.Option("--questions", help="Fragensatz zum Ausfüllen schreiben, als JSONL."),
    ] = None,
    is_unanswered: Annotated[
        bool, typer.Option("--unanswered", help="Fragen ohne Antwort zeigen.")
    ] = False,
    delete: Annotated[
        list[str] | None, typer.Option("--delete", help="Eine Rückmeldung löschen, nach Kennung.")
    ] = None,
    delete_all: Annotated[
        bool, typer.Option("--delete-all", help="Alle Rückmeldungen löschen.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Rückmeldungen zeigen, auswerten und löschen."""
    from assistant.feedback.evaluation import case_lines, overview, unanswered
    from assistant.feedback.log import FeedbackLog

    log = FeedbackLog(load_settings(data=data).data)
    if delete or delete_all:
        _delete(log, delete or [], every=delete_all)
        return
    entries = log.entries()
    if question_file:
        _write(question_file, case_lines(entries))
    elif as_json:
        for entry in entries:
            print_json(asdict(entry))
    elif is_unanswered:
        typer.echo("\n".join(unanswered(entries)) or "Keine Frage ohne Antwort.")
        typer.echo("Gezählt sind nur Fragen, die jemand mit Einwilligung mitgesandt hat.", err=True)
    else:
        typer.echo(overview(entries) if entries else "Noch keine Rückmeldungen.")


def _delete(log: "FeedbackLog", ids: list[str], *, every: bool) -> None:
    count = log.delete_all() if every else log.delete(ids)
    if not count:
        raise UserFacingError(
            "Keine solche Rückmeldung gefunden.",
            hint="Die Kennungen zeigt `bildungslotse feedback --json`.",
        )
    typer.echo(f"{count} gelöscht.")


def _write(path: Path, lines: list[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise UserFacingError(
            f"`{path}` lässt sich nicht schreiben ({error.strerror}).",
            hint="Einen anderen Pfad angeben.",
        ) from error
    typer.echo(f"{len(lines)} Fragen nach `{path}` geschrieben.")

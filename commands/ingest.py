"""`ingest`: files and folders into the index."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, CheckContent, Data, print_json
from commands.progress import ProgressDisplay
from commands.reports import say_again, show_report
from commands.wiring import cached_embedder, late_embedder
from corpus.settings import load_settings


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Dateien und Ordner.")] = None,
    with_library: Annotated[
        bool,
        typer.Option("--with-library", help="Auch die Startdokumente einlesen."),
    ] = False,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild", help="Alles neu lesen und mit dem eingestellten Modell einbetten."
        ),
    ] = False,
    check_content: CheckContent = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Dateien und Ordner in den Index einlesen."""
    from corpus.origins import library_folder
    from corpus.shared import insist
    from ingest.files import list_files
    from ingest.pipeline import IngestRun, IngestSummary
    from ingest.readers.errors import storable_name

    wanted = [*(paths or []), *([library_folder()] if with_library else [])]
    if not wanted and not rebuild:
        raise typer.BadParameter("Bitte mindestens eine Datei oder einen Ordner angeben.")
    settings = load_settings(data=data)
    listing = list_files(wanted)  # a missing path is said before the model takes its time
    for place, why, advice in listing.left_out:
        typer.echo(f"{storable_name(place)}: nicht gelesen. {why} {advice}", err=True)
    embedder = cached_embedder(settings) if rebuild else late_embedder(settings)

    def take_in() -> IngestSummary:
        with ProgressDisplay() as progress:
            run = IngestRun(
                listing.files,
                settings=settings,
                embedder=embedder,
                rebuild=rebuild,
                check_content=check_content,
                progress=progress,
            )
            for report in run:
                show_report(report, as_json=as_json)
        return run.summary

    summary = insist(take_in, say_again)
    if as_json:
        print_json({"summary": asdict(summary)})
    else:
        typer.echo(
            f"{summary.added} neu, {summary.replaced} ersetzt, {summary.unchanged} unverändert, "
            f"{summary.empty} ohne Text, {summary.failed} nicht lesbar. "
            f"Im Index: {summary.documents} Dokumente, {summary.passages} Passagen."
        )
    if wanted and not (summary.added or summary.replaced or summary.unchanged):
        raise typer.Exit(1)  # no file could be taken in

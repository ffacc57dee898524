"""`backup` and `restore`: the data directory as one file, and back."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, Data, print_json
from commands.progress import ProgressDisplay
from commands.verify import ADVICE
from corpus.settings import load_settings


def backup(
    file: Annotated[Path, typer.Argument(help="Neue Datei, in die gesichert wird.")],
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Index, Originale und alles Weitere des Datenordners in eine Datei sichern."""
    from corpus.backup import back_up
    from corpus.server import server_of

    settings = load_settings(data=data)
    with ProgressDisplay() as progress:
        extent = back_up(settings.data, file, progress, server_of(settings))
    if as_json:
        print_json({"file": str(file), **asdict(extent)})
    else:
        typer.echo(
            f"Gesichert in `{file}`: {extent.files} Dateien, {extent.bytes} Bytes. Sie enthält die "
            "Texte aller Dokumente und gehört an einen geschützten Ort."
        )


def restore(
    file: Annotated[Path, typer.Argument(help="Datei, die `backup` schrieb.")],
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Eine Sicherung in einen neuen oder leeren Ordner zurückspielen und prüfen."""
    from corpus.restoring import restore as unpack
    from corpus.verification import verify as examine

    settings = load_settings(data=data)
    with ProgressDisplay() as progress:
        restored = unpack(settings.data, file, progress)
    findings = examine(settings.data)
    if as_json:
        findings_json = [asdict(one) for one in findings]
        print_json({"data": str(settings.data), **asdict(restored), "findings": findings_json})
    else:
        typer.echo(
            f"Zurückgespielt nach `{settings.data}`: {restored.files} Dateien, "
            f"Stand {restored.created}."
        )
    if findings:
        for one in findings:
            typer.echo(one.text, err=True)
        typer.echo(f"So wurde der Index gesichert. {ADVICE}", err=True)
        raise typer.Exit(1)

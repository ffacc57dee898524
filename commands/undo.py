"""`undo`: the index as it was before the last change."""

from dataclasses import asdict

import typer

from commands.options import AsJson, Data, print_json
from corpus.settings import load_settings


def undo_last(as_json: AsJson = False, data: Data = None) -> None:
    """Den Stand des Index vor der letzten Änderung zurückholen."""
    from corpus.history import undo
    from corpus.server import server_of

    settings = load_settings(data=data)
    manifest = undo(settings.data, server_of(settings))
    if as_json:
        print_json({"index": asdict(manifest)})
        return
    typer.echo(
        f"Es gilt wieder der Stand vom {manifest.created}: {manifest.documents} Dokumente, "
        f"{manifest.passages} Passagen. Noch einmal `undo` nimmt das zurück."
    )

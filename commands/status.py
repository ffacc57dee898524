"""`status`: what is in the index."""

from dataclasses import asdict

import typer

from commands.options import AsJson, Data, print_json
from corpus.settings import load_settings


def status(as_json: AsJson = False, data: Data = None) -> None:
    """Zeigen, was eingelesen ist."""
    from corpus.manifest import read_manifest

    settings = load_settings(data=data)
    manifest = read_manifest(settings.data)
    if as_json:
        print_json({"data": str(settings.data), "index": asdict(manifest) if manifest else None})
        return
    if manifest is None:
        typer.echo(f"Unter `{settings.data}` ist noch nichts eingelesen.")
        return
    typer.echo(
        f"{manifest.documents} Dokumente, {manifest.passages} Passagen, "
        f"Modell {manifest.embedder}, Stand {manifest.created}, Ordner `{settings.data}`"
    )

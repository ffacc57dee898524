"""Options that several commands take, and how they write their results."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Ordner für Index und Modell (Umgebung: BILDUNGSLOTSE_DATA, sonst var/)."
    ),
]
CheckContent = Annotated[
    bool,
    typer.Option(
        "--check-content",
        help="Auch Dateien lesen, deren Größe und Zeit sich nicht geändert haben.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON auf die Standardausgabe schreiben.")]


def print_json(value: dict[str, Any]) -> None:
    """Write one JSON object as one line to the standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False))

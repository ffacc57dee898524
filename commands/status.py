"""`status`: what is in the index, and in what state."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.naming import named
from commands.options import AsJson, Data, print_json
from commands.wiring import follow_or_say
from corpus.health import HealthCard, card_lines, health_cards, remarks
from corpus.settings import load_settings


def status(
    names: Annotated[
        list[str] | None, typer.Argument(help="Dokumente, deren Zustand gezeigt werden soll.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--documents", help="Den Zustand jedes Dokuments zeigen.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Zeigen, was eingelesen ist und in welchem Zustand."""
    from corpus.manifest import read_manifest

    settings = load_settings(data=data)
    follow_or_say(settings)
    manifest = read_manifest(settings.data)
    cards = _cards(settings.data) if manifest else []
    chosen = (
        named(cards, names, lambda card: (card.document, card.origin, card.title))
        if names
        else cards
    )
    if as_json:
        print_json(
            {
                "data": str(settings.data),
                "index": asdict(manifest) if manifest else None,
                "documents": [_card_json(card) for card in chosen],
            }
        )
        return
    if manifest is None:
        typer.echo(f"Unter `{settings.data}` ist noch nichts eingelesen.")
        return
    if names or every:
        typer.echo("\n\n".join(_card_text(card) for card in chosen))
        return
    typer.echo(
        f"{manifest.documents} Dokumente, {manifest.passages} Passagen, "
        f"Modell {manifest.embedder}, Stand {manifest.created}, Ordner `{settings.data}`"
    )
    for remark in remarks(cards):
        typer.echo(remark)


def _cards(data: Path) -> list[HealthCard]:
    from corpus.index import live_documents

    return health_cards(live_documents(data))


def _card_text(card: HealthCard) -> str:
    lines = [f"{card.document}: {card.title}"]
    lines += [f"  {label}: {value}" for label, value in card_lines(card)]
    return "\n".join(lines)


def _card_json(card: HealthCard) -> dict[str, object]:
    gone = card.gone_since.isoformat() if card.gone_since else None
    return {
        **asdict(card),
        "dates": [day.isoformat() for day in card.dates],
        "gone_since": gone,
    }

"""`remove`: documents out of everything that is kept, with a proof."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from commands.confirmation import agrees
from commands.naming import named
from commands.options import AsJson, Data, print_json
from commands.reports import say_again
from corpus.errors import UserFacingError
from corpus.settings import load_settings

if TYPE_CHECKING:
    from corpus.receipt import Receipt


def remove(
    names: Annotated[list[str], typer.Argument(help="Namen, Pfade oder Titel der Dokumente.")],
    yes: Annotated[bool, typer.Option("--yes", help="Nicht nachfragen.")] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Dokumente endgültig entfernen; eine Quittung belegt, dass nichts von ihnen blieb."""
    from corpus.following import follow
    from corpus.index import live_documents
    from corpus.removal import remove_documents
    from corpus.server import server_of
    from corpus.shared import insist

    settings = load_settings(data=data)
    server = server_of(settings)
    follow(settings.data, server)
    documents = live_documents(settings.data)
    chosen = named(documents, names, lambda one: (one.name, one.origin, one.title, one.id))
    for one in chosen:
        typer.echo(f"Entfernen: {one.name} ({one.origin})", err=True)
    if not yes and not agrees("Endgültig entfernen? `undo` holt sie nicht zurück."):
        raise UserFacingError(
            "Nichts wurde entfernt.", hint="Mit `ja` antworten oder `--yes` angeben."
        )
    receipt = insist(lambda: remove_documents(settings.data, chosen, server), say_again)
    if as_json:
        print_json(asdict(receipt))
    else:
        typer.echo(_text(receipt))
    if receipt.found or receipt.rows_on_server:
        raise typer.Exit(1)


def _text(receipt: "Receipt") -> str:
    searched = (
        f"Durchsucht: {receipt.files} Dateien, {receipt.bytes} Bytes in {', '.join(receipt.places)}"
        f" nach {receipt.looked_for} Texten und Vektoren."
    )
    if receipt.rows_on_server is not None:
        searched += f" Zeilen auf dem Server: {receipt.rows_on_server}."
    if receipt.found:
        return f"{searched} Noch gefunden in: {', '.join(receipt.found)}"
    return f"{len(receipt.documents)} entfernt am {receipt.removed}. {searched} Gefunden: 0"

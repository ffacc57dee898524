"""`verify`: the self-check, and the way back from what it finds."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import AsJson, Data, print_json
from commands.progress import ProgressDisplay
from commands.wiring import cached_embedder
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from corpus.verification import Finding

ADVICE = "Mit `bildungslotse verify --repair` reparieren; kein Dokument muss neu eingelesen werden."


def verify(
    repair: Annotated[
        bool, typer.Option("--repair", help="Beschädigtes aus Originalen und Cache neu aufbauen.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Prüfen, ob der Index unversehrt ist, und ihn auf Wunsch reparieren."""
    from corpus.following import follow
    from corpus.manifest import IndexMismatch
    from corpus.server import server_of
    from corpus.verification import verify as examine

    settings = load_settings(data=data)
    server = server_of(settings)
    with suppress(IndexMismatch):  # the check says more of what is wrong
        follow(settings.data, server)
    findings = _told(examine(settings.data, server))
    if findings and repair:
        repair_index(settings, findings)
        findings = _told(examine(settings.data, server))
    if as_json:
        print_json({"ok": not findings, "findings": [asdict(one) for one in findings]})
    elif not findings:
        typer.echo("Der Index ist unversehrt.")
    if findings:
        state = "veraltet" if {one.place for one in findings} == {"vectors"} else "beschädigt"
        typer.echo(f"Der Index ist {state}. {ADVICE}", err=True)
        raise typer.Exit(1)


def _told(findings: Sequence["Finding"]) -> Sequence["Finding"]:
    for one in findings:
        typer.echo(one.text, err=True)
    return findings


def repair_index(settings: Settings, findings: Sequence["Finding"]) -> None:
    """Fill the store anew, build or embed the whole index anew, and say so first."""
    from corpus.following import fetch_anew
    from corpus.index import live_documents
    from corpus.originals import renew_original
    from corpus.server import server_of
    from corpus.upkeep import refill_store

    places = {one.place for one in findings}
    server = server_of(settings)
    if "index" in places and server and fetch_anew(settings.data, server):
        typer.echo("Index beschädigt, vom Chroma-Server neu geholt.", err=True)
    elif "index" in places:
        typer.echo("Index beschädigt, Neuaufbau aus den Originalen.", err=True)
        _build_anew(settings)
    elif "store" in places:
        typer.echo("Vektorspeicher beschädigt, Neuaufbau aus dem Index.", err=True)
        refill_store(settings.data, server)
    if "vectors" in places and "index" not in places:
        typer.echo("Index einer früheren Version, alle Passagen werden neu eingebettet.", err=True)
        _embed_anew(settings)
    if "original" in places:
        for document in live_documents(settings.data):
            renew_original(settings.data, document.id, Path(document.origin))


def _embed_anew(settings: Settings) -> None:
    """Let the writer do what it does to an outdated index whenever it has the chance."""
    from ingest.pipeline import IngestRun

    with ProgressDisplay() as progress:
        embedder = cached_embedder(settings)
        for _ in IngestRun([], settings=settings, embedder=embedder, progress=progress):
            pass


def _build_anew(settings: Settings) -> None:
    from ingest.recovery import rebuild_index

    with ProgressDisplay() as progress:
        for one in rebuild_index(settings, cached_embedder(settings), progress):
            if one.reason:
                typer.echo(f"{one.document.name}: {one.reason}", err=True)

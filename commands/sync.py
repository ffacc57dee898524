"""`sync`: what differs between folders or official pages and the index, and then the change."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.confirmation import agrees
from commands.options import AsJson, CheckContent, Data, print_json
from commands.progress import ProgressDisplay
from commands.reports import say_again, show_report
from commands.wiring import cached_embedder
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from corpus.sync_plan import Item, SyncPlan

_MOST_NAMES = 20


def sync(
    folders: Annotated[list[Path] | None, typer.Argument(help="Ordner.")] = None,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="Auch die amtlichen Seiten des Quellenkatalogs.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ohne Rückfrage anwenden.")] = False,
    allow_deletions: Annotated[
        bool,
        typer.Option(
            "--allow-deletions",
            help="Auch anwenden, wenn mehr als ein Drittel entfällt oder ein Ordner fehlt.",
        ),
    ] = False,
    check_content: CheckContent = False,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Ordner und amtliche Seiten mit dem Index abgleichen; zeigt erst, was sich ändern würde."""
    if not folders and not catalogue:
        raise typer.BadParameter("Bitte mindestens einen Ordner oder --catalogue angeben.")
    from commands.comparing import compare

    settings = load_settings(data=data)
    with ProgressDisplay() as progress:
        plan = compare(
            folders or [],
            settings,
            with_catalogue=catalogue,
            check_content=check_content,
            progress=progress,
        )
    _show(plan, as_json=as_json)
    if plan.has_changes:
        if yes or (not as_json and _is_confirmed(plan, allow_deletions=allow_deletions)):
            _apply(plan, settings, allow_deletions=allow_deletions, as_json=as_json)
    elif plan.problems and not plan.unchanged:
        raise typer.Exit(1)  # nothing could be compared


def _show(plan: "SyncPlan", *, as_json: bool) -> None:
    if as_json:
        print_json({"plan": _plan_json(plan)})
        return
    typer.echo(f"{plan.text}.")
    for word, items in (("neu", plan.new), ("geändert", plan.changed), ("entfällt", plan.gone)):
        _list(word, items)
    for problem in plan.problems:
        typer.echo(f"  Problem: {problem.name}: {problem.message} {problem.advice}".rstrip())
    if plan.guard:
        typer.echo(plan.guard)


def _list(word: str, items: "Sequence[Item]") -> None:
    for item in items[:_MOST_NAMES]:
        typer.echo(f"  {word}: {item.name}")
    if len(items) > _MOST_NAMES:
        typer.echo(f"  {word}: und {len(items) - _MOST_NAMES} weitere")


def _is_confirmed(plan: "SyncPlan", *, allow_deletions: bool) -> bool:
    """Ask a person at a terminal; elsewhere the plan is all there is to see."""
    if plan.guard and not allow_deletions:
        typer.echo("Nichts wurde geändert. Ist das gewollt: `--allow-deletions` angeben.")
        return False
    if not sys.stdin.isatty():
        typer.echo("Nichts wurde geändert. Mit `--yes` anwenden.")
        return False
    return agrees("Anwenden?")


def _apply(plan: "SyncPlan", settings: Settings, *, allow_deletions: bool, as_json: bool) -> None:
    from corpus.shared import insist
    from ingest.sync import apply

    embedder = cached_embedder(settings)

    def make_true() -> dict[str, int]:
        counts: dict[str, int] = {}
        with ProgressDisplay() as progress:
            for report in apply(
                plan, settings, embedder, allow_deletions=allow_deletions, progress=progress
            ):
                counts[report.status] = counts.get(report.status, 0) + 1
                show_report(report, as_json=as_json)
        return counts

    counts = insist(make_true, say_again)
    if as_json:
        print_json({"summary": counts})
    else:
        typer.echo("Angewandt.")


def _plan_json(plan: "SyncPlan") -> dict[str, Any]:
    def rows(items: "Sequence[Item]") -> list[dict[str, str]]:
        return [{"name": item.name, "origin": item.origin} for item in items]

    return {
        "new": rows(plan.new),
        "changed": rows(plan.changed),
        "gone": rows(plan.gone),
        "unchanged": len(plan.unchanged),
        "problems": [
            {
                "name": problem.name,
                "message": problem.message,
                "advice": problem.advice,
                "lost": problem.lost is not None,
            }
            for problem in plan.problems
        ],
        "guard": plan.guard,
    }

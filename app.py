"""The entry point: commands, and the one place where objects are wired together."""

import json
import os
import sys
import threading
import time
import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click import exceptions as click  # typer brings its own copy of click

from corpus.errors import UserFacingError
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.dialogue import Assistant
    from corpus.embedder import Embedder

# Nothing may be fetched at run time; these have to stand before the libraries are imported.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

app = typer.Typer(
    help="Bildungslotse beantwortet Fragen zum Förderprogramm „Bildungskommunen“ "
    "mit wörtlichen, belegten Zitaten aus eingelesenen Dokumenten.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
INTERRUPTED = 130  # what typer returns after Ctrl+C
STATUS = {
    "added": "neu",
    "replaced": "ersetzt",
    "unchanged": "unverändert",
    "removed": "entfernt",
    "empty": "ohne Text.",
    "failed": "nicht gelesen.",
}
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Ordner für Index und Modell (Umgebung: BILDUNGSLOTSE_DATA, sonst var/)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON auf die Standardausgabe schreiben.")]


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Serve the page where no command is given."""
    if context.invoked_subcommand is None:
        serve()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adresse der Seite.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Anschluss der Seite.")] = 7860,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Die Seite im Browser öffnen.")
    ] = False,
    data: Data = None,
) -> None:
    """Die Seite starten; beim ersten Mal werden die Startdokumente eingelesen."""
    settings = load_settings(data=data)
    from assistant.page.address import free_address

    address = free_address(host, port)
    import uvicorn

    from assistant.page.server import create_app

    typer.echo(f"Bildungslotse läuft unter {address} (beenden mit Strg+C).", err=True)
    if open_browser:
        threading.Timer(1.5, webbrowser.open, [address]).start()
    page = create_app(lambda: _warm_up(settings))
    # An open page holds a stream of events; without a limit it would hold up the end.
    uvicorn.run(page, host=host, port=port, log_level="warning", timeout_graceful_shutdown=2)


@app.command()
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
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Dateien und Ordner in den Index einlesen."""
    from ingest.pipeline import IngestRun, find_files, library_folder

    wanted = [*(paths or []), *([library_folder()] if with_library else [])]
    if not wanted and not rebuild:
        raise typer.BadParameter("Bitte mindestens eine Datei oder einen Ordner angeben.")
    settings = load_settings(data=data)
    files = find_files(wanted)  # a missing path is said before the model takes its time
    run = IngestRun(
        files,
        settings=settings,
        embedder=_embedder(settings),
        rebuild=rebuild,
        progress=_progress,
    )
    for report in run:
        if as_json:
            _print_json(asdict(report))
        else:
            typer.echo(f"{report.name}: {STATUS[report.status]} {report.message}".rstrip())
    summary = run.summary
    if as_json:
        _print_json({"summary": asdict(summary)})
    else:
        typer.echo(
            f"{summary.added} neu, {summary.replaced} ersetzt, {summary.unchanged} unverändert, "
            f"{summary.empty} ohne Text, {summary.failed} nicht lesbar. "
            f"Im Index: {summary.documents} Dokumente, {summary.passages} Passagen."
        )
    if wanted and not (summary.added or summary.replaced or summary.unchanged):
        raise typer.Exit(1)  # no file could be taken in


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="Die Frage, in Anführungszeichen.")] = None,
    questions: Annotated[
        Path | None, typer.Option(help="Datei mit einer Frage je Zeile (JSON); nur mit --json.")
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Eine Frage beantworten, oder mit --questions eine ganze Datei."""
    from assistant.contract import answer_json
    from assistant.dialogue import answer_to, last
    from assistant.evaluation import read_cases

    if (question is None) == (questions is None):
        raise typer.BadParameter("Bitte entweder eine Frage oder --questions DATEI angeben.")
    cases = read_cases(questions) if questions else []
    assistant = _open(data)
    for case in cases:
        answer = answer_to(assistant, case.question)
        _print_json(answer_json(answer, question_id=case.id))
    if question is None:
        return
    answer = last(assistant.ask(question))
    if as_json:
        _print_json(answer_json(answer))
        return
    typer.echo(answer.text)
    for note in answer.notes:
        typer.echo(f"Hinweis: {note.text}")
    for citation in answer.citations:
        passage = citation.passage
        place = ", ".join(part for part in (passage.title, passage.locator) if part)
        typer.echo(f"[{citation.number}] {place} ({passage.document_name})")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Suchworte oder Frage.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Anzahl der Treffer.")] = 10,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Passagen suchen, ohne Antwort."""
    from assistant.contract import hits_json

    assistant = _open(data)
    started = time.perf_counter()
    hits = assistant.search(query, k)
    seconds = time.perf_counter() - started
    if as_json:
        _print_json(hits_json(query, hits, seconds))
        return
    for hit in hits:
        passage = hit.passage
        typer.echo(f"{hit.rank}. {passage.title} ({passage.document_name}) {passage.locator}")
        typer.echo(f"   {passage.text}\n")


@app.command(name="eval")
def evaluate_set(
    file: Annotated[Path, typer.Argument(help="Fragensatz, eine JSON-Zeile je Frage.")],
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Bericht mit allen Fehlern, als Markdown.")
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Einen Fragensatz beantworten und die Kennzahlen zeigen."""
    from assistant.dialogue import answer_to
    from assistant.evaluation import evaluate, metrics, read_cases
    from assistant.report import overview, report

    cases = read_cases(file)
    assistant = _open(data)
    results = evaluate(cases, lambda question: answer_to(assistant, question))
    rows = metrics(results)
    if report_file:
        _write(report_file, report(results, rows))
    if as_json:
        _print_json({"metrics": [asdict(row) for row in rows]})
        return
    typer.echo(overview(rows))


@app.command()
def status(as_json: AsJson = False, data: Data = None) -> None:
    """Zeigen, was eingelesen ist."""
    from corpus.manifest import read_manifest

    settings = load_settings(data=data)
    manifest = read_manifest(settings.data)
    if as_json:
        _print_json({"data": str(settings.data), "index": asdict(manifest) if manifest else None})
        return
    if manifest is None:
        typer.echo(f"Unter `{settings.data}` ist noch nichts eingelesen.")
        return
    typer.echo(
        f"{manifest.documents} Dokumente, {manifest.passages} Passagen, "
        f"Modell {manifest.embedder}, Stand {manifest.created}, Ordner `{settings.data}`"
    )


def main() -> None:
    """Run a command; a user's problem ends as one line, with exit code 1, or 2 for wrong usage."""
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            raise typer.Abort
        if code:
            sys.exit(code)
    except click.UsageError as error:
        typer.echo(f"Fehler: {_in_german(error)} Hilfe: bildungslotse --help", err=True)
        sys.exit(2)
    except UserFacingError as error:
        typer.echo(f"Fehler: {error}", err=True)
        sys.exit(1)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("Abgebrochen. Denselben Befehl wiederholen, um fortzufahren.", err=True)
        sys.exit(1)


def _in_german(error: click.UsageError) -> str:
    name = getattr(getattr(error, "param", None), "name", None)
    match error:
        case click.NoSuchOption():
            return f"Die Option `{error.option_name}` gibt es nicht."
        case click.MissingParameter():
            return f"Die Angabe `{name}` fehlt."
        case click.BadParameter() if name:
            return f"Der Wert für `{name}` ist ungültig."
        case click.BadParameter():
            return error.message
        case _:
            return "So ist der Befehl nicht zu verstehen."


def _warm_up(settings: Settings) -> "Assistant":
    """Load the model, take in the starter library where it is used, and open the index."""
    from assistant.dialogue import Assistant
    from corpus.manifest import read_manifest
    from ingest.pipeline import IngestRun, has_library, library_folder

    embedder = _embedder(settings)
    if read_manifest(settings.data) is None or has_library(settings.data):
        for _ in IngestRun([library_folder()], settings=settings, embedder=embedder):
            pass
    return Assistant(settings.data, embedder)


def _open(data: Path | None) -> "Assistant":
    from assistant.dialogue import Assistant
    from corpus.manifest import require_manifest

    settings = load_settings(data=data)
    require_manifest(settings.data)  # says so before the model takes its time
    return Assistant(settings.data, _embedder(settings))


def _embedder(settings: Settings) -> "Embedder":
    from corpus.embedder import load_embedder
    from corpus.vector_cache import VectorCache

    return VectorCache(load_embedder(settings), settings.data)


def _progress(stage: str, done: int, total: int) -> None:
    """Show how far a long run is, on the error output."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{stage}: {done} von {total}", end=end, file=sys.stderr, flush=True)  # noqa: T201
    elif done == total:
        typer.echo(f"{stage}: {total} von {total}", err=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UserFacingError(
            f"`{path}` lässt sich nicht schreiben ({error.strerror}).",
            hint="Einen anderen Pfad angeben.",
        ) from error


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""`ask` and `search`: answers, and passages without an answer."""

import time
from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, Data, print_json
from commands.vermerk import check_ending, export
from commands.wiring import open_assistant


def ask(
    question: Annotated[str | None, typer.Argument(help="Die Frage, in Anführungszeichen.")] = None,
    questions: Annotated[
        Path | None, typer.Option(help="Datei mit einer Frage je Zeile (JSON); nur mit --json.")
    ] = None,
    note_file: Annotated[
        Path | None,
        typer.Option(
            "--export",
            help="Die Antwort auf FRAGE auch als Vermerk speichern: .docx, .pdf oder .md.",
        ),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Eine Frage beantworten, oder mit --questions eine ganze Datei."""
    if (question is None) == (questions is None):
        raise typer.BadParameter("Bitte entweder eine Frage oder --questions DATEI angeben.")
    if note_file and questions:
        raise typer.BadParameter("--export speichert die Antwort auf eine einzelne Frage.")
    if question is not None:
        _ask_one(question, data, note_file=note_file, as_json=as_json)
    elif questions is not None:
        _ask_all(questions, data)


def _ask_all(file: Path, data: Path | None) -> None:
    from assistant.contract import answer_json
    from assistant.dialogue import answer_to
    from assistant.evaluation import read_cases

    cases = read_cases(file)
    assistant = open_assistant(data)
    for case in cases:
        print_json(answer_json(answer_to(assistant, case.question), question_id=case.id))


def _ask_one(question: str, data: Path | None, *, note_file: Path | None, as_json: bool) -> None:
    from assistant.contract import answer_json
    from assistant.dialogue import last

    if note_file:
        check_ending(note_file)  # before the model takes its time
    assistant = open_assistant(data)
    answer = last(assistant.ask(question))
    if note_file:
        export(answer, assistant, note_file, data=data)
    if as_json:
        print_json(answer_json(answer))
        return
    typer.echo(answer.text)
    for note in answer.notes:
        typer.echo(f"Hinweis: {note.text}")
    if answer.generated is None and answer.citations:
        typer.echo("(wörtliche Zitate)")
    for citation in answer.citations:
        passage = citation.passage
        place = ", ".join(part for part in (passage.title, passage.locator) if part)
        typer.echo(f"[{citation.number}] {place} ({passage.document_name})")


def search(
    query: Annotated[str, typer.Argument(help="Suchworte oder Frage.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Anzahl der Treffer.")] = 10,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Passagen suchen, ohne Antwort."""
    from assistant.contract import hits_json

    assistant = open_assistant(data)
    started = time.perf_counter()
    hits = assistant.search(query, k)
    seconds = time.perf_counter() - started
    if as_json:
        print_json(hits_json(query, hits, seconds))
        return
    for hit in hits:
        passage = hit.passage
        typer.echo(f"{hit.rank}. {passage.title} ({passage.document_name}) {passage.locator}")
        typer.echo(f"   {passage.text}\n")

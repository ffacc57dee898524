"""`ask` and `search`: answers, and passages without an answer."""

import time
from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, Data, print_json
from commands.wiring import open_assistant


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
    assistant = open_assistant(data)
    for case in cases:
        answer = answer_to(assistant, case.question)
        print_json(answer_json(answer, question_id=case.id))
    if question is None:
        return
    answer = last(assistant.ask(question))
    if as_json:
        print_json(answer_json(answer))
        return
    typer.echo(answer.text)
    for note in answer.notes:
        typer.echo(f"Hinweis: {note.text}")
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

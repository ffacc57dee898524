"""`eval`: a question set answered, and its metrics."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.options import AsJson, Data, print_json
from commands.wiring import open_assistant
from corpus.errors import UserFacingError


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
    assistant = open_assistant(data)
    results = evaluate(cases, lambda question: answer_to(assistant, question))
    rows = metrics(results)
    if report_file:
        _write(report_file, report(results, rows))
    if as_json:
        print_json({"metrics": [asdict(row) for row in rows]})
        return
    typer.echo(overview(rows))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UserFacingError(
            f"`{path}` lässt sich nicht schreiben ({error.strerror}).",
            hint="Einen anderen Pfad angeben.",
        ) from error

"""`check-llm`: whether the language model works, how fast it is, and whether it is fit."""

import typer

from commands.options import AsJson, print_json
from corpus.errors import UserFacingError
from corpus.settings import load_settings


def check_llm(as_json: AsJson = False) -> None:
    """Das eingestellte Sprachmodell mit zwölf kleinen Fragen prüfen."""
    settings = load_settings()
    if not settings.has_llm:
        raise UserFacingError(
            "Es ist kein Sprachmodell eingestellt.",
            hint="`BILDUNGSLOTSE_LLM_URL` und `BILDUNGSLOTSE_LLM_MODEL` setzen.",
        )
    from assistant.generation.endpoint import Endpoint
    from assistant.generation.probe import Probe, trials

    place = settings.llm_host or "diesem Rechner"
    typer.echo(f"Frage `{settings.llm_model}` auf {place} …", err=True)
    done = []
    for trial in trials(Endpoint(settings)):
        done.append(trial)
        mark = "richtig" if trial.is_right else "falsch"
        typer.echo(f"{len(done):2}/12 {mark}: {trial.question}", err=True)
    probe = Probe(tuple(done))
    if as_json:
        print_json(
            {
                "model": settings.llm_model,
                "host": settings.llm_host or None,
                "right": probe.right,
                "admitted": probe.admitted,
                "fitness": probe.fitness,
                "seconds": {
                    "first": round(probe.seconds_first, 2),
                    "answer": round(probe.seconds, 2),
                },
            }
        )
        return
    typer.echo(f"Beantwortbare Fragen richtig und belegt: {probe.right} von 8")
    typer.echo(f"Fragen ohne Antwort als solche erkannt: {probe.admitted} von 4")
    typer.echo(
        f"Bis zum ersten Wort {probe.seconds_first:.1f} s, ganze Antwort {probe.seconds:.1f} s"
    )
    typer.echo(f"Urteil: {probe.fitness}.")

"""A yes from whoever runs a command."""

import sys

import typer


def agrees(question: str) -> bool:
    """Ask on the error output; only a yes is a yes, no answer is a no."""
    typer.echo(f"{question} [j/N] ", nl=False, err=True)
    answer = sys.stdin.readline() if sys.stdin else ""
    return answer.strip().casefold() in ("j", "ja")

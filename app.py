"""The entry point: the commands by name, and what a person sees when one fails."""

import errno
import os
import sys

import typer
from typer._click import exceptions as click  # typer brings its own copy of click

from commands.ask import ask, search
from commands.backup import backup, restore
from commands.check_llm import check_llm
from commands.evaluate import evaluate_set
from commands.feedback import feedback
from commands.ingest import ingest
from commands.mcp import mcp
from commands.remove import remove
from commands.serve import serve
from commands.status import status
from commands.sync import sync
from commands.undo import undo_last
from commands.users import users
from commands.verify import verify
from corpus.errors import UserFacingError
from corpus.file_names import visible

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
DISK_PROBLEMS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
INTERRUPTED = 130  # what typer returns after Ctrl+C, and what a shell expects then

app.command()(serve)
app.command()(ingest)
app.command()(ask)
app.command()(search)
app.command(name="eval")(evaluate_set)
app.command()(status)
app.command(name="check-llm")(check_llm)
app.command()(sync)
app.command()(remove)
app.command(name="undo")(undo_last)
app.command()(mcp)
app.command()(feedback)
app.add_typer(users, name="users")
app.command()(verify)
app.command()(backup)
app.command()(restore)


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Serve the page where no command is given."""
    if context.invoked_subcommand is None:
        serve()


def main() -> None:
    """Run a command; a user's problem ends as one line and with a code of its own.

    1 for what a person can mend, 2 for wrong usage, 130 after Ctrl+C.
    """
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
        typer.echo(f"Fehler: {visible(str(error))}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno not in DISK_PROBLEMS:
            raise
        typer.echo(
            f"Fehler: Es lässt sich nicht schreiben ({error.strerror}); der Index ist unverändert. "
            "Platz schaffen, dann den Befehl wiederholen.",
            err=True,
        )
        sys.exit(1)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo(
            "Abgebrochen. Denselben Befehl wiederholen, um fortzufahren; was schon berechnet ist, "
            "bleibt.",
            err=True,
        )
        sys.exit(INTERRUPTED)


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


if __name__ == "__main__":
    main()

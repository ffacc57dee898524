"""`users`: who may log in, with which role and groups."""

from typing import Annotated

import typer

from commands.options import AsJson, Data, print_json
from corpus.errors import UserFacingError
from corpus.settings import load_settings

users = typer.Typer(
    help="Benutzer anlegen, zeigen und entfernen; sobald es einen gibt, ist Anmeldung nötig.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="Benutzername.")]


@users.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="reader, editor oder administrator.")] = "reader",
    group: Annotated[list[str] | None, typer.Option(help="Gruppe; mehrfach möglich.")] = None,
    data: Data = None,
) -> None:
    """Einen Benutzer anlegen oder ändern; das Passwort wird erfragt."""
    from assistant.access.identity import ROLES
    from assistant.access.users import UserFile

    if role not in ROLES:
        raise UserFacingError(
            f"Die Rolle `{role}` gibt es nicht.", hint=f"Möglich sind {', '.join(ROLES)}."
        )
    file = UserFile(load_settings(data=data).data)
    password = typer.prompt("Passwort", hide_input=True, confirmation_prompt="Noch einmal")
    file.add(name, password, role, tuple(group or ()))
    typer.echo(f"Benutzer `{name}` ist angelegt ({role}).")


@users.command()
def remove(name: Name, data: Data = None) -> None:
    """Einen Benutzer entfernen; seine Sitzungen enden sofort."""
    from assistant.access.users import UserFile

    UserFile(load_settings(data=data).data).remove(name)
    typer.echo(f"Benutzer `{name}` ist entfernt.")


@users.command()
def token(name: Name, data: Data = None) -> None:
    """Einem Benutzer ein neues Kennwort für Programme geben; es wird nur einmal gezeigt."""
    from assistant.access.users import UserFile

    typer.echo(UserFile(load_settings(data=data).data).give_token(name))


@users.command(name="list")
def show(as_json: AsJson = False, data: Data = None) -> None:
    """Alle Benutzer zeigen."""
    from assistant.access.users import UserFile

    for user in UserFile(load_settings(data=data).data).users.values():
        if as_json:
            print_json({"name": user.name, "role": user.role, "groups": list(user.groups)})
        else:
            typer.echo("  ".join((user.name, user.role, ", ".join(user.groups))).rstrip())

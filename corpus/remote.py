"""What every connection to a server of the operator's choosing shares: its secret, its manners."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import SecretStr

from corpus.errors import UserFacingError
from corpus.settings import is_loopback

if TYPE_CHECKING:
    import httpx


def secret_of(value: SecretStr | None, file: Path | None, *, setting: str) -> str:
    """Return a secret that stands in `setting` or in the file that `setting`_file names."""
    if file is None:
        return value.get_secret_value() if value else ""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError(
            f"Die Datei `{file}` mit dem Schlüssel ist nicht lesbar.",
            hint=f"Pfad und Leserechte prüfen (Einstellung `{setting}_file`).",
        ) from error


def client_for(url: str, *, seconds: float, connect: float) -> "httpx.Client":
    """Return a client that tells this server nothing but what it is asked."""
    import httpx  # here, because reading a secret does not need it

    limits = httpx.Timeout(seconds, connect=connect)

    def keep_limits(request: httpx.Request) -> None:
        """Undo the limits that openai sets itself; these are the only ones."""
        request.extensions["timeout"] = limits.as_dict()

    return httpx.Client(
        follow_redirects=False,  # the key and the texts are for this server alone
        event_hooks={"request": [_without_foreign_headers, keep_limits]},
        # No proxy between two programs of one machine.
        trust_env=not is_loopback(urlsplit(url).hostname or ""),
        timeout=limits,
    )


def _without_foreign_headers(request: "httpx.Request") -> None:
    """Send nothing that openai adds by itself: its environment, the machine it runs on."""
    for name in list(request.headers):
        if name.startswith(("openai-", "x-stainless-")):
            del request.headers[name]

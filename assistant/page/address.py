"""Where the page can be reached: a free port on this machine only."""

import socket

from corpus.errors import UserFacingError


def free_address(host: str, port: int) -> str:
    """Return the page's address; refuse one that is taken or open to others without a login."""
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise UserFacingError(
            f"Unter `{host}` wäre die Seite ohne Anmeldung für andere erreichbar.",
            hint="Ohne --host starten; die Seite ist dann nur auf diesem Rechner erreichbar.",
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserFacingError(
                f"Der Anschluss {port} ist schon belegt.",
                hint=f"Mit `--port {port + 1}` einen anderen wählen.",
            ) from error
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

"""Where the page can be reached: a port that is free."""

import socket

from corpus.errors import UserFacingError


def free_address(host: str, port: int) -> str:
    """Return the page's address; refuse a port that is taken or a host that is not ours."""
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

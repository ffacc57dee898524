"""`mcp`: the assistant as tools for a program on the same machine."""

from commands.options import Data
from commands.wiring import open_assistant


def mcp(data: Data = None) -> None:
    """Werkzeuge für KI-Programme anbieten (MCP über Standardein- und -ausgabe)."""
    from assistant.mcp_server import serve_stdio

    serve_stdio(open_assistant(data))

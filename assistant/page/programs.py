"""The interfaces for programs: REST under `/api`, MCP under `/mcp`."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request

from assistant.access.gate import line_key
from assistant.access.turnstile import Turnstile
from assistant.api.routes import assistant_for, create_api
from assistant.mcp_server import Json, create_mcp_server
from assistant.warmup import Warmup

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

MOST_MCP_BYTES = 64_000  # of a message; its checks by pydantic cost seconds where it is large


def add_programs(
    app: FastAPI, warmup: Warmup, turnstile: Turnstile
) -> AbstractAsyncContextManager[None]:
    """Add both interfaces; what is returned has to be open while the application runs."""
    app.mount("/api", create_api(warmup, turnstile))

    async def run(request: Request | None, work: "Callable[[Assistant], Json]") -> Json:
        assert request is not None
        assistant = assistant_for(warmup, request)
        async with turnstile.place(line_key(request)) as place:
            return await place.run(partial(work, assistant))

    server = create_mcp_server(run)
    # Hosts and origins are checked before every route of ours. Without sessions any replica can
    # answer any request.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    served = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        transport_security=unchecked,
        max_request_body_size=MOST_MCP_BYTES,
    )
    app.router.routes.extend(served.routes)
    return server.session_manager.run()

"""The interfaces for programs: REST under `/api`, MCP under `/mcp`, one line to wait in."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from assistant.api.deadline import within
from assistant.api.models import MOST_BYTES
from assistant.api.routes import assistant_for, create_api, line_key
from assistant.api.turnstile import Turnstile
from assistant.mcp_server import Json, create_mcp_server
from assistant.warmup import Warmup

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def add_programs(
    app: FastAPI, warmup: Warmup, *, at_once: int, most_waiting: int, seconds: float
) -> AbstractAsyncContextManager[None]:
    """Add both interfaces; what is returned has to be open while the application runs."""
    turnstile = Turnstile(at_once, most_waiting)
    app.mount("/api", create_api(warmup, turnstile, seconds))

    async def run(request: Request | None, work: "Callable[[Assistant], Json]") -> Json:
        assert request is not None
        assistant = assistant_for(warmup, request)
        key = line_key(request)

        async def done() -> Json:
            async with turnstile.turn(key):
                return await run_in_threadpool(work, assistant)

        return await within(seconds, done())

    server = create_mcp_server(run)
    # Hosts and origins are checked before every route of ours. Without sessions any replica can
    # answer any request.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    served = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        transport_security=unchecked,
        max_request_body_size=MOST_BYTES,
    )
    app.router.routes.extend(served.routes)
    return server.session_manager.run()

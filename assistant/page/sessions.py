"""Whose a session of Gradio's page is: its name is chosen by the browser and opens the answers."""

import threading
from collections import OrderedDict

import gradio as gr
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.gate import identity_of, path_of

STREAM = "/gradio_api/queue/data"  # of all that the events of a session say
MOST = 10_000  # sessions remembered; Gradio keeps far fewer


class Holders:
    """Remembers who named a session first; it is that person's, whoever else learns its name."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def holds(self, person: str, session: str) -> bool:
        """Whether a session is this person's; one that is nobody's becomes theirs."""
        with self._lock:
            holder = self._names.setdefault(session, person)
            self._names.move_to_end(session)
            if len(self._names) > MOST:
                self._names.popitem(last=False)
        return holder == person

    def require(self, request: gr.Request) -> None:
        """Raise an error for an event in the session of somebody else."""
        if request.request is None or request.session_hash is None:
            return
        if not self.holds(identity_of(request.request).name, request.session_hash):
            raise gr.Error("Bitte die Seite neu laden.", print_exception=False)


class OwnStream:
    """Lets nobody listen to the session of somebody else."""

    def __init__(self, app: ASGIApp, holders: Holders) -> None:
        self._app = app
        self._holders = holders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request or pass it on; needs an identity."""
        if scope["type"] == "http" and path_of(scope).startswith(STREAM):
            session = QueryParams(scope["query_string"]).get("session_hash", "")
            if not self._holders.holds(identity_of(Request(scope)).name, session):
                await Response(status_code=404)(scope, receive, send)
                return
        await self._app(scope, receive, send)

"""The two named endpoints for programs: `/ask` and `/search`, with the JSON of the command line."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from assistant.access.turnstile import Turnstile
from assistant.answers import Message
from assistant.contract import answer_json, hits_json
from assistant.dialogue import last
from assistant.page.visitor import assistant_of, place_key
from assistant.warmup import Warmup
from corpus.errors import UserFacingError

if TYPE_CHECKING:
    from assistant.dialogue import Assistant

MAX_HISTORY = 40  # messages
MAX_HITS = 50
Json = dict[str, Any]


def add_endpoints(warmup: Warmup, turnstile: Turnstile) -> None:
    """Add both endpoints to the Blocks that are being built."""

    async def run(request: gr.Request | None, work: "Callable[[Assistant], Json]") -> Json:
        await warmup.settled()
        with _errors_shown():
            async with turnstile.place(place_key(request)) as place:
                return await place.run(lambda: work(assistant_of(request, warmup)))

    async def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        request: gr.Request | None = None,
    ) -> Json:
        """Answer `question`; `history` holds the turns before it, oldest first."""

        def work(assistant: "Assistant") -> Json:
            if not isinstance(question, str):
                raise UserFacingError("Die Frage ist kein Text.", hint="`question` ist ein Text.")
            return answer_json(last(assistant.ask(question, _messages(history or []))))

        return await run(request, work)

    async def search(query: str, k: int = 10, request: gr.Request | None = None) -> Json:
        """Return the `k` best hits without an answer."""

        def work(assistant: "Assistant") -> Json:
            if not 1 <= k <= MAX_HITS:
                raise UserFacingError(
                    f"`k` ist {k}.", hint=f"Möglich sind Zahlen von 1 bis {MAX_HITS}."
                )
            start = time.perf_counter()
            hits = assistant.search(query, k)
            return hits_json(query, hits, time.perf_counter() - start)

        return await run(request, work)

    api(ask, api_name="ask", concurrency_limit=None)
    api(search, api_name="search", concurrency_limit=None)


@contextlib.contextmanager
def _errors_shown() -> Iterator[None]:
    """Pass a `UserFacingError` on to the caller; any other error stays a bare "error"."""
    try:
        yield
    except UserFacingError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _messages(history: list[dict[str, str]]) -> list[Message]:
    """Take the newest messages; refuse what is not a turn of a conversation."""
    messages = []
    for entry in history[-MAX_HISTORY:]:
        role, text = entry.get("role"), entry.get("text")
        if role not in ("user", "assistant") or not isinstance(text, str):
            raise UserFacingError(
                "Der Verlauf ist nicht lesbar.",
                hint='Jeder Eintrag braucht `role` ("user" oder "assistant") und `text`.',
            )
        messages.append(Message("user" if role == "user" else "assistant", text))
    return messages

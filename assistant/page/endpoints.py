"""The two named endpoints for programs: `/ask` and `/search`, with the JSON of the command line."""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.answers import Message
from assistant.contract import answer_json, hits_json
from assistant.page.visitor import assistant_of
from assistant.warmup import Warmup
from corpus.errors import UserFacingError

MAX_HISTORY = 40  # messages
MAX_HITS = 50


def add_endpoints(warmup: Warmup, *, concurrency: int) -> None:
    """Add both endpoints to the Blocks that are being built."""

    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer `question`; `history` holds the turns before it, oldest first."""
        with _errors_shown():
            answers = list(assistant_of(request, warmup).ask(question, _messages(history or [])))
            return answer_json(answers[-1])

    def search(query: str, k: int = 10, request: gr.Request | None = None) -> dict[str, Any]:
        """Return the `k` best hits without an answer."""
        with _errors_shown():
            if not 1 <= k <= MAX_HITS:
                raise UserFacingError(
                    f"`k` ist {k}.", hint=f"Möglich sind Zahlen von 1 bis {MAX_HITS}."
                )
            start = time.perf_counter()
            hits = assistant_of(request, warmup).search(query, k)
            return hits_json(query, hits, time.perf_counter() - start)

    api(ask, api_name="ask", concurrency_limit=concurrency)
    api(search, api_name="search", concurrency_limit=concurrency)


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

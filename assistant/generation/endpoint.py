"""Messages to the words of a language model, from any server that speaks OpenAI's protocol."""

import logging
import queue
import threading
from collections.abc import Iterator
from contextlib import closing

import httpx
import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from assistant.generation.failures import ModelUnavailable, Problem, unavailable
from corpus.remote import client_for, secret_of
from corpus.settings import Settings

log = logging.getLogger(__name__)

BRIEF = 100  # tokens of an answer that is awaited
CONTEXT = 8_192  # tokens; llama-index only asks that there is a figure
REASONS = {401: "refused", 403: "refused", 404: "missing", 429: "busy"}


class Endpoint:
    """One model at one server; every call is a stream with three time limits of its own.

    `httpx` limits the silence between two bytes, whatever they say. A server that sends signs of
    life and no words has to be given up as well, so the words are awaited here.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._key = secret_of(settings.llm_key, settings.llm_key_file, setting="llm_key")

    def stream(self, prompt: str) -> Iterator[str]:
        """Yield the words of the answer as they come; `ModelUnavailable` for any failure."""
        yield from self._words(
            prompt, self._settings.llm_max_tokens, self._settings.llm_first_seconds
        )

    def brief(self, prompt: str) -> str:
        """Return a few words; somebody waits for them before anything can be shown."""
        return "".join(self._words(prompt, BRIEF, self._settings.llm_between_seconds))

    def _words(self, prompt: str, limit: int, seconds: float) -> Iterator[str]:
        events: queue.Queue[str | BaseException | None] = queue.Queue()
        with closing(self._client()) as client:  # leaving early ends the reading as well
            reading = threading.Thread(
                target=self._read, args=(client, prompt, limit, events), daemon=True
            )
            reading.start()
            problem = Problem.SILENT
            while True:
                try:
                    event = events.get(timeout=seconds)
                except queue.Empty:
                    raise unavailable(problem, self._settings, seconds=seconds) from None
                if event is None:
                    return
                if isinstance(event, BaseException):
                    if _is_silence(event):  # `httpx` may have waited a moment less than this
                        raise unavailable(problem, self._settings, seconds=seconds) from None
                    raise self._failure(event) from None
                if event:
                    yield event
                seconds, problem = self._settings.llm_between_seconds, Problem.STOPPED

    def _read(
        self,
        client: httpx.Client,
        prompt: str,
        limit: int,
        events: "queue.Queue[str | BaseException | None]",
    ) -> None:
        """Put words into the queue, then None or what went wrong."""
        try:
            finish = None
            pieces = self._model(client, limit).stream_chat([ChatMessage(content=prompt)])
            for number, piece in enumerate(pieces):
                choices = getattr(piece.raw, "choices", None) or []
                finish = choices[0].finish_reason if choices else finish
                if piece.delta or "thinking_delta" in piece.additional_kwargs:
                    events.put(piece.delta or "")  # a thought is a sign of life, a ping is none
                if number > 2 * limit:  # a server that does not keep to the limit
                    finish = "length"
                    break
            if finish is None or finish == "length":
                raise _CutOff(finish)
            events.put(None)
        except Exception as error:  # a foreign server may send anything; the quotes stand anyway
            events.put(error)

    def _client(self) -> httpx.Client:
        limits = self._settings
        longest = max(limits.llm_first_seconds, limits.llm_between_seconds)
        return client_for(limits.llm_url, seconds=longest, connect=limits.llm_connect_seconds)

    def _model(self, client: httpx.Client, limit: int) -> OpenAILike:
        return OpenAILike(
            model=self._settings.llm_model,
            api_base=self._settings.llm_url,
            api_key=self._key or "none",  # a server without a key ignores it
            is_chat_model=True,
            context_window=CONTEXT,
            temperature=0.0,
            max_tokens=limit,
            max_retries=0,
            http_client=client,
        )

    def _failure(self, error: BaseException) -> ModelUnavailable:
        """Say in German what went wrong; what is unknown is logged without the request."""
        settings = self._settings
        match error:
            case _CutOff():
                problem = Problem.LONG if error.finish else Problem.STOPPED
                return unavailable(problem, settings)
            case openai.APIStatusError():
                status = error.status_code
                return unavailable(_problem_of(status), settings, status=status)
            case openai.APIConnectionError() | httpx.HTTPError():
                return unavailable(Problem.UNREACHABLE, settings)
        log.warning("the language model's answer was not understood: %s", type(error).__name__)
        return unavailable(Problem.BROKEN, settings)


class _CutOff(Exception):
    """The stream ended before the answer did; `finish` is "length" at the limit of tokens."""

    def __init__(self, finish: str | None) -> None:
        super().__init__(finish)
        self.finish = finish


def _is_silence(error: BaseException) -> bool:
    """Tell whether a server that was reached said nothing for too long."""
    is_late = isinstance(error, openai.APITimeoutError | httpx.TimeoutException)
    return is_late and not any(
        isinstance(one, httpx.ConnectTimeout) for one in (error, error.__cause__)
    )


def _problem_of(status: int) -> Problem:
    if 300 <= status < 400:
        return Problem.REDIRECT
    return Problem(REASONS.get(status, "failing"))

"""The endpoint against a real server process: every way in which it can fail has its words."""

import contextlib
import logging
import socket

import httpx
import pytest

from assistant.generation.endpoint import Endpoint
from assistant.generation.failures import ModelUnavailable
from corpus.errors import UserFacingError
from corpus.settings import Settings

TEXT = "Die Quote beträgt 60 Prozent."
SHORT = {"llm_first_seconds": 0.3, "llm_between_seconds": 0.3}
KEY = "sk-geheim-4711"


def words(settings):
    return "".join(Endpoint(settings).stream("Frage")).strip()


@pytest.mark.parametrize("reply", ["good", "reasoning"])
def test_words_arrive_and_thoughts_stay_out(language_model, reply):
    language_model.says(TEXT)

    assert words(language_model.settings(reply)) == TEXT


def test_request_is_plain(language_model):
    language_model.says(TEXT)

    words(language_model.settings(llm_max_tokens=77))

    (request,) = language_model.log
    assert request["path"] == "/v1/chat/completions"
    assert set(request["body"]) == {"messages", "model", "temperature", "max_tokens", "stream"}
    assert request["body"]["temperature"] == 0
    assert request["body"]["max_tokens"] == 77
    assert request["body"]["messages"] == [{"role": "user", "content": "Frage"}]


@pytest.mark.parametrize("reply", ["empty", "null"])
def test_no_words_are_no_error_here(language_model, reply):
    assert words(language_model.settings(reply)) == ""


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ("unauthorised", r"verweigert den Zugang \(401\)"),
        ("missing", r"nicht zu finden \(404\)"),
        ("busy", r"überlastet \(429\)"),
        ("failing", r"meldet einen Fehler \(500\)"),
        ("redirect", r"leitet .* um \(307\)"),
        ("killed", "mitten in der Antwort aufgehört"),
        ("broken", "Unverständliches"),
        ("odd", "Unverständliches"),
        ("error", "Unverständliches"),
        ("html", "mitten in der Antwort aufgehört"),
        ("truncated", "600 Tokens nicht fertig"),
        ("endless", "600 Tokens nicht fertig"),
    ],
)
def test_failure_is_said_in_german_with_the_next_step(language_model, reply, message):
    language_model.says(TEXT)

    with pytest.raises(ModelUnavailable, match=message) as raised:
        words(language_model.settings(reply))

    assert raised.value.hint
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("reply", ["mute", "slow"])
def test_silence_before_the_first_word_is_given_up(language_model, reply):
    language_model.says(TEXT)

    # The server waits to be let go on, so an answer can only be the time limit's; the pings of
    # the slow one are no words.
    with pytest.raises(ModelUnavailable, match=r"in 0\.3 Sekunden nicht geantwortet"):
        words(language_model.settings(reply, **SHORT))


def test_silence_between_words_is_given_up(language_model):
    language_model.says(TEXT)
    stream = Endpoint(language_model.settings("hanging", llm_between_seconds=0.3)).stream("Frage")

    assert next(stream).strip() == TEXT
    with pytest.raises(ModelUnavailable, match="aufgehört"):
        next(stream)


@pytest.fixture
def full():
    """Return the port of a server that lets nobody in: its queue is full."""
    with contextlib.ExitStack() as opened:
        server = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(server.getsockname())
        yield server.getsockname()[1]


def test_server_that_lets_nobody_in_is_unreachable_after_the_limit_for_connections(full):
    settings = Settings(
        llm_url=f"http://127.0.0.1:{full}/v1",
        llm_model="m",
        llm_connect_seconds=0.3,
        llm_first_seconds=300,
    )

    with pytest.raises(ModelUnavailable, match="nicht erreichbar"):
        words(settings)


@pytest.mark.parametrize("error", [httpx.ReadTimeout, httpx.ConnectTimeout])
def test_silence_and_a_connection_that_fails_are_told_apart(language_model, monkeypatch, error):
    def fail(*_):
        raise error("")

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", fail)
    said = "nicht geantwortet" if error is httpx.ReadTimeout else "nicht erreichbar"

    with pytest.raises(ModelUnavailable, match=said):
        words(language_model.settings("good"))


def test_unreachable_server_is_named():
    settings = Settings(llm_url="http://127.0.0.1:9/v1", llm_model="m")

    with pytest.raises(ModelUnavailable, match=r"http://127\.0\.0\.1:9/v1 nicht erreichbar"):
        words(settings)


def test_redirect_is_not_followed(language_model):
    language_model.says(TEXT)

    with pytest.raises(ModelUnavailable):
        words(language_model.settings("redirect", llm_key=KEY))

    assert [request["path"] for request in language_model.log] == ["/v1/chat/completions"]


@pytest.mark.parametrize("reply", ["good", "unauthorised", "broken"])
def test_key_is_sent_and_never_logged(language_model, reply, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "schluessel"
    file.write_text(f"{KEY}\n")
    language_model.says(TEXT)

    with contextlib.suppress(ModelUnavailable):
        words(language_model.settings(reply, llm_key_file=file))

    assert language_model.log[0]["headers"]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text


def test_environment_of_other_programs_is_not_sent(language_model, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-fremd")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-fremd")
    language_model.says(TEXT)

    words(language_model.settings())

    assert "fremd" not in str(language_model.log[0]["headers"])


def test_missing_key_file_is_named(language_model, tmp_path):
    with pytest.raises(UserFacingError, match="llm_key_file"):
        Endpoint(language_model.settings(llm_key_file=tmp_path / "fehlt"))

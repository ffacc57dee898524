"""Whatever is refused, people read on a page what to do next, and programs get it as JSON."""

import httpx
import pytest
from live_server import serve
from scripted_assistant import ScriptedAssistant

from assistant.page.guard import SECURITY_HEADERS
from assistant.page.refusals import wording
from assistant.page.shell_text import SHELL_WORDS

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAM = {"Accept": "application/json"}
FOREIGN = {"Host": "<b>fremd.example"}
JSON = {"Content-Type": "application/json"}
TOO_MUCH = b" " * 2_000_001


@pytest.fixture(scope="module")
def address():
    with serve(ScriptedAssistant) as url:
        yield url


REFUSALS = [
    ("GET", "/", {"Host": "fremd.example"}, b"", 400),
    ("GET", "/", FOREIGN, b"", 400),
    ("POST", "/vermerk", {"Origin": "http://fremd.example"}, b"{}", 403),
    ("POST", "/vermerk", {}, TOO_MUCH, 413),
    ("POST", "/gradio_api/queue/join", {}, TOO_MUCH, 413),
    ("POST", "/", {}, b"", 405),
    ("POST", "/seite/shell.css", {}, b"", 405),
    ("POST", "/assets/x.js", {}, b"", 405),
    ("PUT", "/gradio_api/queue/join", {}, b"", 405),
    ("GET", "/login", {}, b"", 404),
    ("GET", "/login/", {}, b"", 404),
    ("POST", "/login", {}, b"name=<b>", 404),
    ("GET", "/login<b>", {}, b"", 404),
    ("GET", "/<b>", {}, b"", 404),
    ("GET", "/seite/<b>.css", {}, b"", 404),
    ("GET", "/gradio_api/<b>", {}, b"", 404),
    ("POST", "/gradio_api/call/<b>", JSON, b'{"data": []}', 404),
]
EVERY_REFUSAL = pytest.mark.parametrize(("method", "path", "headers", "body", "status"), REFUSALS)


@EVERY_REFUSAL
@pytest.mark.parametrize("language", ["de", "en"])
def test_people_are_told_on_a_page(address, method, path, headers, body, status, language):
    sent = {**BROWSER, "Accept-Language": language, **headers}
    answer = httpx.request(method, address + path, headers=sent, content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value
    assert f'<html lang="{language}">' in answer.text
    assert f"<title>{SHELL_WORDS[language].error} – Bildungslotse</title>" in answer.text
    assert "<b>" not in answer.text
    if status == 400:
        assert "`" not in answer.text
        assert "<code>hosts</code>" in answer.text
        assert "href" not in answer.text  # nothing of ours would arrive there
    else:
        for said in wording(status, language):
            assert said in answer.text


@EVERY_REFUSAL
def test_programs_are_told_in_json(address, method, path, headers, body, status):
    sent = {**PROGRAM, **headers}
    answer = httpx.request(method, address + path, headers=sent, content=body)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["message"]
    assert error["hint"]
    assert "<b>" not in answer.text
    if path.startswith("/gradio_api/"):
        assert answer.json()["detail"] == f"{error['message']} {error['hint']}"


@pytest.mark.parametrize("path", ["/api/ask", "/mcp"])
@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/json"])
def test_interfaces_for_programs_never_answer_with_a_page(address, path, accept):
    sent = {"Accept": accept, **JSON}
    large = httpx.post(address + path, content=TOO_MUCH, headers=sent)
    foreign = httpx.post(address + path, headers={**sent, **FOREIGN})
    for answer, status in ((large, 413), (foreign, 400)):
        assert answer.status_code == status
        assert answer.json()["error"]["hint"]


def test_a_page_that_fails_answers_a_program_in_json(address):
    for_program = httpx.get(f"{address}/seite/fehlt.css", headers=PROGRAM)
    assert for_program.status_code == 404
    assert for_program.json()["error"]["message"] == SHELL_WORDS["de"].missing
    assert httpx.get(f"{address}/seite/fehlt.css", headers=BROWSER).text.startswith("<!doct")


def test_what_is_refused_still_says_when_to_come_back(address, monkeypatch):
    monkeypatch.setattr("assistant.page.server.MAX_EVENTS", 0)
    with serve(ScriptedAssistant) as url:
        answer = httpx.post(f"{url}/vermerk", headers=BROWSER)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Gerade kommen zu viele Anfragen auf einmal." in answer.text
    assert '<p lang="de">' in answer.text

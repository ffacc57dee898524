"""The application from outside: guards, headers, health, endpoints through `gradio_client`."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from live_server import serve
from scripted_assistant import HOSTILE, QUOTE, ScriptedAssistant

from assistant.page import events
from assistant.page.guard import SECURITY_HEADERS


@pytest.fixture(scope="module")
def scripted():
    return ScriptedAssistant()


@pytest.fixture(scope="module")
def address(scripted):
    with serve(lambda: scripted) as url:
        yield url


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False, analytics_enabled=False)


def test_ask_answers_in_the_contract_of_the_command_line(client):
    answer = client.predict("Wer ist antragsberechtigt?", api_name="/ask")
    assert answer["question"] == "Wer ist antragsberechtigt?"
    assert answer["refused"] is False
    assert answer["citations"][0]["quote"] == QUOTE
    assert answer["citations"][0]["page_label"] == "12"
    assert answer["notes"][0]["kind"] == "superseded"
    assert set(answer["seconds"]) == {"retrieve", "answer"}


def test_ask_takes_a_history(client, scripted):
    turns = [{"role": "user", "text": "Wer?"}, {"role": "assistant", "text": "Kreise."}]
    assert client.predict("Und das Wetter?", turns, api_name="/ask")["refused"] is True
    assert [(m.role, m.text) for m in scripted.asked[-1][1]] == [
        ("user", "Wer?"),
        ("assistant", "Kreise."),
    ]


def test_quotes_that_are_there_at_once_are_shown_in_one_step(address, monkeypatch):
    monkeypatch.setattr(events, "STEP", 60.0)
    steps = asyncio.run(steps_on_page(address, "Wer ist antragsberechtigt?"))
    assert len(steps) == 3  # the question, its answer, the end
    assert QUOTE not in steps[0]
    assert "Kreise und kreisfreie" in steps[1]


async def steps_on_page(address, question):
    """Ask as the page's browser part does; return every message that changes the page."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        config = (await client.get("/config")).json()
        function = next(one for one in config["dependencies"] if one["api_name"] == "page_ask")
        body = {
            "data": [question, None],
            "fn_index": function["id"],
            "trigger_id": function["targets"][0][0],
            "session_hash": "steps",
        }
        await client.post("/gradio_api/queue/join", json=body)
        stream = client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "steps"})
        async with stream as lines:
            found = []
            async for line in lines.aiter_lines():
                if '"process_generating"' in line or '"process_completed"' in line:
                    found.append(line)
                if '"process_completed"' in line:
                    return found
    return found


def test_search_returns_hits(client):
    found = client.predict("Antrag", 2, api_name="/search")
    assert found["query"] == "Antrag"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert found["seconds"] >= 0


@pytest.mark.parametrize(
    ("arguments", "name", "message"),
    [
        (("Fehler",), "/ask", "Der Index ist leer. `bildungslotse ingest` hilft."),
        (("Frage", [{"role": "system", "text": "x"}]), "/ask", "Der Verlauf ist nicht lesbar."),
        (("Frage", 0), "/search", "`k` ist 0."),
    ],
)
def test_errors_reach_the_caller_with_their_hint(client, arguments, name, message):
    with pytest.raises(AppError) as caught:
        client.predict(*arguments, api_name=name)
    assert message in str(caught.value)


def test_defects_keep_their_details(client):
    with pytest.raises(AppError) as caught:
        client.predict("Absturz", api_name="/ask")
    assert "geheimes Detail" not in str(caught.value)


def test_only_two_endpoints_have_a_name(client):
    assert set(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == {
        "/ask",
        "/search",
    }


def test_health_tells_how_far_loading_has_come():
    go = threading.Event()

    def load():
        go.wait(60)
        return ScriptedAssistant()

    with serve(load, wait_until_ready=False) as url:
        assert httpx.get(f"{url}/healthz").json() == {"status": "loading"}
        go.set()
        while (answer := httpx.get(f"{url}/healthz")).json() == {"status": "loading"}:
            pass
        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_health_fails_when_loading_did():
    def load():
        raise OSError("weg")

    with serve(load) as url:
        answer = httpx.get(f"{url}/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "failed"})


@pytest.mark.parametrize(
    "path", ["/", "/config", "/healthz", "/seite/shell.css", "/fehlt", "/quelle/x"]
)
def test_every_response_carries_the_headers(address, path):
    headers = httpx.get(address + path).headers
    for name, value in SECURITY_HEADERS.items():
        assert headers[name] == value
    policy = dict(one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "frame-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", ""])
def test_foreign_host_names_are_refused(address, host):
    answer = httpx.get(f"{address}/healthz", headers={"Host": host})
    assert answer.status_code == 400
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_loopback_names_are_accepted(address, host):
    port = address.rsplit(":", 1)[1]
    answer = httpx.get(f"{address}/healthz", headers={"Host": f"{host}:{port}"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_cannot_send_anything(address, headers):
    answer = httpx.post(f"{address}/gradio_api/queue/join", headers=headers, json={})
    assert answer.status_code == 403


def test_our_own_page_and_programs_can(address):
    for headers in ({"Origin": address}, {}):
        answer = httpx.post(f"{address}/gradio_api/queue/join", headers=headers, json={})
        assert answer.status_code == 422  # let in, and refused for what it did not say


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file",
        "/gradio_api/proxy",
        "/gradio_api/deep_link",
        "/gradio_api/stream",
        "/gradio_api/component_server",
        "/gradio_api/runs",
        "/monitoring",
        "/login",
    ],
)
def test_unused_parts_of_gradio_are_closed(address, path):
    for method in ("GET", "POST"):
        for url in (path, f"{path}=/etc/passwd", f"{path}/x"):
            assert httpx.request(method, address + url).status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_are_no_generated_pages(address, path):
    assert httpx.get(address + path).status_code == 404


def test_the_page_never_looks_up_another_host(monkeypatch):
    looked_up = []
    real = socket.getaddrinfo

    def watched(host, *arguments, **options):
        looked_up.append(host)
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    with serve(ScriptedAssistant) as url:
        httpx.get(url)
        Client(url, verbose=False, analytics_enabled=False).predict(HOSTILE, api_name="/ask")
    assert set(looked_up) <= {"127.0.0.1", "localhost", None}


def test_no_part_of_a_conversation_is_written_to_disk(tmp_path, monkeypatch):
    for name in ("GRADIO_TEMP_DIR", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with serve(ScriptedAssistant) as url:
        Client(url, verbose=False, analytics_enabled=False, download_files=False).predict(
            "Kanarienvogel 4711", api_name="/ask"
        )
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if b"Kanarienvogel" in path.read_bytes()] == []


def test_more_requests_at_once_than_fit_are_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr("assistant.page.server.MAX_EVENTS", 1)
    slow = ScriptedAssistant()
    with serve(lambda: slow) as url, ThreadPoolExecutor(1) as other:
        waiting = other.submit(httpx.post, f"{url}/api/ask", json={"question": "langsam"})
        assert slow.asking.wait(60)
        refused = httpx.post(f"{url}/api/ask", json={"question": "zwei"})
        looking = httpx.get(f"{url}/healthz")
        slow.go_on.set()
        answers = [waiting.result(), httpx.post(f"{url}/api/ask", json={"question": "drei"})]
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert refused.json()["error"]["hint"] == "Bitte in 5 s wiederholen."
    assert [answer.status_code for answer in (looking, *answers)] == [200, 200, 200]


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/rueckmeldung", "/quellen/sammlung"])
def test_a_body_that_is_too_large_is_refused_everywhere(address, path):
    assert httpx.post(address + path, content=b" " * 2_000_001).status_code == 413

"""The REST interface: its contract, its errors, its stream, and what random requests do to it."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import httpx
import pytest
import schemathesis
from hashing_embedder import HashingEmbedder
from hypothesis import assume, given, settings
from live_server import serve
from sample_passages import ELIGIBLE, PASSAGES, RATE, build
from schemathesis.specs.openapi.checks import positive_data_acceptance
from scripted_assistant import QUOTE, ScriptedAssistant

from assistant.api.models import (
    AnswerOut,
    DocumentsOut,
    DocumentWithPassagesOut,
    HitsOut,
    ProblemOut,
)
from assistant.dialogue import Assistant
from assistant.page import server
from corpus.settings import Settings


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("daten")
    build(folder, HashingEmbedder(), PASSAGES)
    return folder


@pytest.fixture(scope="module")
def api(data):
    def load():
        return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15))

    with serve(load, Settings(data=data)) as address:
        yield f"{address}/api"


@pytest.fixture(scope="module")
def scripted():
    with serve(ScriptedAssistant) as address:
        yield f"{address}/api"


def events(text):
    """Return the events of a stream as pairs of name and content."""
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in blocks
    ]


def test_an_answer_is_the_one_of_the_command_line(api):
    answer = httpx.post(f"{api}/ask", json={"question": "Wie hoch ist die Förderquote?"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = AnswerOut.model_validate_json(answer.text)
    assert body.citations[0].quote in RATE
    assert body.citations[0].page_label == "2"


@pytest.mark.parametrize("question", ["Was?", "Wetter", "Hessen", "Vergleich", "Sprachmodell"])
def test_every_kind_of_answer_fits_the_description(scripted, question):
    answer = httpx.post(f"{scripted}/ask", json={"question": question})
    AnswerOut.model_validate_json(answer.text)


def test_a_history_is_taken(api):
    history = [
        {"role": "user", "text": "Wie hoch ist die Förderquote in Hessen?"},
        {"role": "assistant", "text": "60 Prozent."},
    ]
    body = {"question": "Und in Bayern?", "history": history}
    answer = httpx.post(f"{api}/ask", json=body).json()
    assert answer["standalone_question"] == "Wie hoch ist die Förderquote in Bayern?"


def test_a_stream_grows_to_the_answer(scripted):
    answer = httpx.post(
        f"{scripted}/ask", json={"question": "Wer?"}, headers={"Accept": "text/event-stream"}
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    *texts, (name, last) = events(answer.text)
    assert {kind for kind, _ in texts} == {"text"}
    assert name == "answer"
    assert last["citations"][0]["quote"] == QUOTE
    lengths = [len(content["text"]) for _, content in texts]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize(
    ("question", "message"), [("Fehler", "Der Index ist leer."), ("Absturz", "ein Fehler")]
)
def test_a_stream_that_fails_says_so_in_an_event(scripted, question, message):
    answer = httpx.post(
        f"{scripted}/ask", json={"question": question}, headers={"Accept": "text/event-stream"}
    )
    ((name, content),) = events(answer.text)
    assert name == "error"
    assert message in content["error"]["message"]
    assert "geheimes Detail" not in answer.text


def test_search_returns_hits(api):
    found = httpx.get(f"{api}/search", params={"query": "antragsberechtigt", "k": 2})
    hits = HitsOut.model_validate_json(found.text).hits
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0].text == ELIGIBLE


def test_documents_can_be_listed_and_read(api):
    listed = DocumentsOut.model_validate_json(httpx.get(f"{api}/documents").text)
    assert (listed.total, [one.id for one in listed.documents]) == (
        3,
        ["leitfaden", "kontakte", "lesebus"],
    )
    second = httpx.get(f"{api}/documents", params={"offset": 1, "limit": 1}).json()
    assert [one["id"] for one in second["documents"]] == ["kontakte"]

    whole = httpx.get(f"{api}/documents/leitfaden")
    text = DocumentWithPassagesOut.model_validate_json(whole.text).text
    assert [one.id for one in text] == ["leitfaden:3:1", "leitfaden:4:1", "leitfaden:4:2"]
    assert text[0].locator == "S. 1 (PDF-Seite 3)"


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "words"),
    [
        ("POST", "/ask", b'{"question": " ?"}', 400, "Die Frage ist leer."),
        ("POST", "/ask", b'{"question": ""}', 422, "`question`"),
        ("POST", "/ask", b"kein json", 422, "gültiges JSON"),
        ("POST", "/ask", b'{"question": "a", "mehr": 1}', 422, "`mehr`"),
        ("POST", "/ask", json.dumps({"question": "a" * 2001}).encode(), 422, "`question`"),
        ("GET", "/search?query=a&k=0", None, 422, "k"),
        ("GET", "/documents/fehlt", None, 404, "gibt es nicht"),
        ("GET", "/fehlt", None, 404, "gibt es nicht"),
        ("DELETE", "/ask", None, 405, "Methode"),
    ],
)
def test_errors_are_german_and_say_what_to_do(api, method, path, content, status, words):
    answer = httpx.request(
        method, api + path, content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status
    error = ProblemOut.model_validate_json(answer.text).error
    assert words in error.message
    assert error.hint


def test_a_body_that_is_too_large_is_cut_off(api):
    assert httpx.post(f"{api}/ask", content=b" " * 2_000_001).status_code == 413

    def endless():
        for _ in range(400):
            yield b'{"question": "' + b"a" * 10_000

    answer = httpx.post(f"{api}/ask", content=endless())
    assert answer.status_code == 413


def test_a_defect_keeps_its_details(scripted):
    answer = httpx.post(f"{scripted}/ask", json={"question": "Absturz"})
    assert answer.status_code == 500
    assert "geheimes Detail" not in answer.text
    ProblemOut.model_validate_json(answer.text)


def test_while_loading_a_program_is_told_to_come_back():
    go = threading.Event()

    def load():
        go.wait(60)
        return ScriptedAssistant()

    with serve(load, wait_until_ready=False) as address:
        answer = httpx.post(f"{address}/api/ask", json={"question": "Wer?"})
        go.set()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"


def test_the_description_is_served_and_no_page_that_fetches_from_elsewhere(api):
    description = httpx.get(f"{api}/openapi.json").json()
    assert set(description["paths"]) == {
        "/ask",
        "/search",
        "/documents",
        "/documents/{document_id}",
    }
    for path in ("/docs", "/redoc"):
        assert httpx.get(api + path).status_code == 404


def test_no_request_breaks_the_interface(api):
    schema = schemathesis.openapi.from_url(f"{api}/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 4
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=60, deadline=None, derandomize=True, database=None)
        def sent(case):
            assume("%0A" not in case.formatted_path)  # no route of a mount matches a new line
            # A question of signs alone fits the description and is refused all the same.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        sent()


def test_whoever_hangs_up_leaves_the_line(monkeypatch):
    monkeypatch.setattr(server, "MAX_WAITING", 1)
    slow = ScriptedAssistant()
    with serve(lambda: slow) as address, ThreadPoolExecutor(4) as others:

        def ask(question, **options):
            return httpx.post(f"{address}/api/ask", json={"question": question}, **options)

        try:
            for _ in range(4):
                slow.asking.clear()
                others.submit(ask, "langsam", timeout=60)
                assert slow.asking.wait(60)
            with pytest.raises(httpx.ReadTimeout):
                ask("eins", timeout=0.5)  # in line, and gone
            with pytest.raises(httpx.ReadTimeout):  # in line, where there is room again
                while_crowded(lambda: ask("zwei", timeout=0.5))
        finally:
            slow.go_on.set()


def while_crowded(ask):
    end = time.monotonic() + 30
    while time.monotonic() < end and ask().status_code == 503:
        continue


def test_a_request_that_takes_too_long_is_answered_all_the_same():
    slow = ScriptedAssistant()
    question = {"question": "langsam eins"}
    with serve(lambda: slow, Settings(request_seconds=0.2)) as address:
        stream = {"Accept": "text/event-stream"}
        streamed = httpx.post(f"{address}/api/ask", json=question, headers=stream)
        # Four keep their turns; the fifth only ever waits, and leaves the line.
        answers = [httpx.post(f"{address}/api/ask", json=question) for _ in range(4)]
        slow.go_on.set()
        after = httpx.post(f"{address}/api/ask", json={"question": "schnell"})

    name, content = events(streamed.text)[-1]
    assert name == "error"
    assert "länger gedauert" in content["error"]["message"]
    assert [answer.status_code for answer in answers] == [504] * 4
    assert after.status_code == 200

"""Health, readiness, metrics, request numbers: numbers and words, nothing of what was asked."""

import os
import re
import shutil
import threading
import time
from datetime import date

import httpx
import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from sample_passages import build
from scripted_assistant import ScriptedAssistant

from assistant.dialogue import Assistant
from assistant.metrics import Metrics
from assistant.page.request_log import area_of
from corpus.contact import note_contact
from corpus.documents import IngestReport, Verdict
from corpus.server import Server
from corpus.settings import Settings
from corpus.shared import holder, holder_file


@pytest.fixture
def service(data):
    build(data, HashingEmbedder())
    metrics = Metrics()

    def load():
        return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15), observer=metrics)

    with serve(load, Settings(data=data), metrics=metrics) as address:
        yield address


def number(text, sample):
    (found,) = re.findall(rf"^{re.escape(sample)} (\S+)$", text, re.MULTILINE)
    return float(found)


def test_answers_refusals_and_failures_are_counted(service, data):
    for question in ("Wie hoch ist die Förderquote?", "Wie wird das Wetter auf dem Mars?"):
        assert httpx.post(f"{service}/api/ask", json={"question": question}).status_code == 200
    text = httpx.get(f"{service}/metrics").text
    label = 'bildungslotse_answers_total{mode="extractive",outcome="%s"}'
    assert number(text, label % "answered") == 1
    assert number(text, label % "refused") == 1
    assert number(text, "bildungslotse_answer_seconds_count") == 2
    assert number(text, "bildungslotse_retrieve_seconds_count") == 2
    assert number(text, "bildungslotse_index_generation") == 1
    assert number(text, "bildungslotse_index_passages") == 6
    assert number(text, 'bildungslotse_request_seconds_count{area="api",status="200"}') == 2

    shutil.rmtree(data / "index")
    assert httpx.post(f"{service}/api/ask", json={"question": "Was?"}).status_code == 503
    text = httpx.get(f"{service}/metrics").text
    assert number(text, 'bildungslotse_failures_total{error="EmptyCorpus"}') == 1


def test_files_are_counted_by_what_became_of_them():
    metrics = Metrics()
    metrics.ingested(IngestReport("geheim.pdf", "added"))
    metrics.ingested(IngestReport("geheim.pdf", "failed", verdict=Verdict.DAMAGED))
    text = metrics.text().decode()
    assert number(text, 'bildungslotse_ingested_total{verdict="beschädigt"}') == 1
    assert number(text, 'bildungslotse_ingested_total{verdict="ok"}') == 1
    assert "geheim" not in text


def test_ready_means_that_the_index_can_be_read(service, data):
    assert httpx.get(f"{service}/readyz").json() == {"ready": True}
    shutil.rmtree(data / "index")
    answer = httpx.get(f"{service}/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})
    assert httpx.get(f"{service}/healthz").status_code == 200


def test_who_is_cut_off_for_long_answers_nothing_and_is_not_ready(data):
    build(data, HashingEmbedder())
    holder(data)
    server = Server("http://127.0.0.1:9", longest_silence=60)  # nobody listens there

    def load():
        return Assistant(data, HashingEmbedder(), server=server)

    with serve(load, Settings(data=data)) as address:
        assert ask(address).status_code == 200  # from the copy

        last = time.time() - 61
        os.utime(holder_file(data), (last, last))

        refused = ask(address)
        assert refused.status_code == 503
        assert "seit 1 min nicht erreichbar" in refused.json()["error"]["message"]
        assert httpx.get(f"{address}/api/documents").status_code == 503
        assert httpx.get(f"{address}/readyz").status_code == 503

        note_contact(data)
        assert ask(address).status_code == 200


def ask(address):
    return httpx.post(f"{address}/api/ask", json={"question": "Wie hoch ist die Förderquote?"})


def test_who_is_loading_is_alive_and_not_ready():
    go = threading.Event()

    def load():
        go.wait(60)
        return ScriptedAssistant()

    with serve(load, wait_until_ready=False) as address:
        assert httpx.get(f"{address}/healthz").json() == {"status": "loading"}
        assert httpx.get(f"{address}/readyz").status_code == 503
        go.set()


def test_every_answer_has_a_number_of_its_own(service):
    numbers = {httpx.get(f"{service}/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("/", "page"),
        ("/api/documents/x", "api"),
        ("/quelle/geheim", "quelle"),
        ("/geheim", "other"),
    ],
)
def test_an_area_names_no_document(path, area):
    assert area_of(path) == area

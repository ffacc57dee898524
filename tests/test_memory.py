"""What one request may cost: the largest that are let in, and those that are not."""

import json
import tracemalloc

import httpx
import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from sample_passages import PASSAGES, build

from assistant.api.models import LONGEST_TURN, MOST_BYTES, MOST_HITS, MOST_TURNS
from assistant.dialogue import LONGEST_QUESTION, Assistant
from corpus.settings import Settings

MEGABYTE = 1 << 20
MOST = 32 * MEGABYTE  # of one request at its peak; docs/betrieb.md says so
LONG = ("Wer ist im Landkreis Gießen antragsberechtigt? Und bis 31.12.2026? " * 40)[
    :LONGEST_QUESTION
]
HISTORY = [
    {"role": role, "text": (LONG * 11)[:LONGEST_TURN]} for role in ("user", "assistant") * 20
]
HEADERS = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    data = tmp_path_factory.mktemp("daten")
    build(data, HashingEmbedder(), PASSAGES)
    with serve(lambda: Assistant(data, HashingEmbedder()), Settings(data=data)) as url:
        httpx.post(f"{url}/api/ask", json={"question": "Wer?"})
        yield url


@pytest.fixture
def peak():
    """Return how much memory is taken at most while a request is answered, in bytes."""
    tracemalloc.start()

    def measured(method, url, **request):
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        answer = httpx.request(method, url, timeout=60, **request)
        return answer, tracemalloc.get_traced_memory()[1] - before

    yield measured
    tracemalloc.stop()


def test_the_largest_question_with_the_longest_history_stays_small(address, peak):
    assert len(HISTORY) == MOST_TURNS
    body = json.dumps({"question": LONG, "history": HISTORY}, ensure_ascii=False)
    answer, most = peak("POST", f"{address}/api/ask", content=body.encode(), headers=HEADERS)
    assert answer.status_code == 200
    assert most < MOST


def test_the_longest_search_with_most_hits_stays_small(address, peak):
    answer, most = peak("GET", f"{address}/api/search", params={"query": LONG, "k": MOST_HITS})
    assert answer.status_code == 200
    assert most < MOST


@pytest.mark.parametrize(
    "path", ["/api/ask", "/mcp", "/gradio_api/queue/join", "/gradio_api/call/ask", "/rueckmeldung"]
)
@pytest.mark.parametrize("kind", ["deep", "wide", "endless"])
def test_a_crafted_body_breaks_nothing_and_takes_little(address, peak, path, kind):
    def endless():
        for _ in range(600):
            yield b'{"question": "' + b"a" * 10_000

    content = {
        "deep": b"[" * (MOST_BYTES - 10),
        "wide": b'{"data":[' + b"{}," * (MOST_BYTES // 4) + b"0]}",
        "endless": endless(),
    }[kind]
    answer, most = peak("POST", address + path, content=content, headers=HEADERS)
    assert answer.status_code < 500
    assert kind != "endless" or answer.status_code == 413
    assert most < 2 * MOST

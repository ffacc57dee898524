"""`POST /rueckmeldung`: without consent no word of a conversation reaches the disk."""

import json
from datetime import datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from scripted_assistant import ScriptedAssistant, answered

from assistant.access.limits import BURST
from assistant.feedback.entry import REASONS
from assistant.page.context import PageContext
from assistant.page.feedback import PATH
from assistant.page.places import add_places
from assistant.vermerk.sealing import Seal
from assistant.warmup import Warmup
from corpus.settings import Settings

SEAL = Seal()
CANARY = "Kanarienvogel 4711"
SEALED = SEAL.close(answered(f"Darf der {CANARY} einen Antrag stellen?"), datetime.now())


@pytest.fixture
def client(data):
    warmup = Warmup(ScriptedAssistant)
    warmup.start()
    warmup.wait()
    app = FastAPI()
    add_places(app, PageContext(warmup, Settings(data=data), seal=SEAL))
    return TestClient(app)


def written(data):
    return "".join(path.read_text("utf-8") for path in data.rglob("*") if path.is_file())


def lines(data):
    return [json.loads(line) for line in (data / "feedback.jsonl").read_text("utf-8").splitlines()]


def test_without_consent_no_word_reaches_the_disk(client, data):
    answer = client.post(PATH, json={"siegel": SEALED, "grund": "veraltet"})

    assert answer.json() == {"stored": True}
    (entry,) = lines(data)
    assert set(entry) == {"id", "at", "reason", "outcome", "kind", "language", "documents"}
    assert entry["reason"] == "veraltet"
    assert entry["documents"] == ["richtlinie", "integriert"]
    assert entry["at"].endswith(":00")
    for word in ("Kanarienvogel", "4711", "Antragsberechtigt", "richtlinie.pdf"):
        assert word not in written(data)


def test_with_consent_question_and_answer_are_kept(client, data):
    client.post(PATH, json={"siegel": SEALED, "grund": "falsch", "mit_text": True})
    (entry,) = lines(data)
    assert CANARY in entry["question"]
    assert "Antragsberechtigt sind Kreise" in entry["text"]
    assert entry["names"] == ["richtlinie.pdf", "integriert.pdf"]


def test_only_the_owner_can_read_it(client, data):
    client.post(PATH, json={"siegel": SEALED})
    for path in data.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("reason", [None, *REASONS])
def test_every_reason_can_be_given(client, data, reason):
    assert client.post(PATH, json={"siegel": SEALED, "grund": reason}).status_code == 200
    assert lines(data)[0]["reason"] == reason


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"siegel": "gefälscht"}, 409),
        ({"siegel": SEALED, "grund": CANARY}, 422),
        ({"siegel": SEALED, "frage": CANARY}, 422),
        ({}, 422),
    ],
)
def test_anything_else_is_refused_and_leaves_nothing(client, data, sent, status):
    assert client.post(PATH, json=sent).status_code == status
    assert written(data) == ""


def test_a_flood_is_turned_away(client, data):
    for _ in range(int(BURST)):
        assert client.post(PATH, json={"siegel": SEALED}).status_code == 200
    assert client.post(PATH, json={"siegel": SEALED}).status_code == 429
    assert len(lines(data)) == BURST

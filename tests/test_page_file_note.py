"""`POST /vermerk`: what the browser carries comes back as a file, or a clear refusal."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from scripted_assistant import BY_ID, OLD_QUOTE, QUOTE, ScriptedAssistant, answered

from assistant.mark import proof_of
from assistant.page import file_note
from assistant.page.context import PageContext
from assistant.page.file_note import LARGEST, LONGEST_REMARK, MOST_REMARKS, PATH
from assistant.page.places import add_places
from assistant.vermerk.export import FORMATS, Format
from assistant.vermerk.sealing import Seal
from assistant.warmup import Warmup
from corpus.settings import Settings

SEAL = Seal()
AT = datetime(2026, 11, 25, 11, 20)
OTHER = Seal().close(answered("Wer darf?"), AT)  # from before a restart
SEALED = SEAL.close(answered("Wer darf?"), AT)


@pytest.fixture
def client(data):
    warmup = Warmup(ScriptedAssistant)
    warmup.start()
    warmup.wait()
    app = FastAPI()
    add_places(app, PageContext(warmup, Settings(data=data), seal=SEAL))
    return TestClient(app, headers={"Accept-Language": "de"})


def place(passage="richtlinie:14:1", **changed):
    whole = {"passage": passage, "start": 0, "end": len(QUOTE), "proof": proof_of(QUOTE)}
    return whole | changed


@pytest.mark.parametrize("ending", FORMATS)
def test_an_answer_comes_back_as_a_file_that_is_saved(client, ending):
    answer = client.post(PATH, data={"antworten": json.dumps([SEALED]), "format": ending})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == FORMATS[ending].media_type
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="vermerk-')
    assert disposition.endswith(f'.{ending}"')
    assert answer.headers["cache-control"] == "no-store"


def test_a_conversation_is_one_note_in_the_language_of_the_page(client):
    fields = {"antworten": json.dumps([SEALED, SEALED]), "format": "md"}
    assert "# Vermerk: 2 Fragen" in client.post(PATH, data=fields).text
    assert "# Note: 2 questions" in client.post(f"{PATH}?sprache=en", data=fields).text


def test_the_merkliste_prints_what_the_documents_hold_now(client):
    places = [
        place(note="Für den *Kreis*", quote="gefälscht"),
        place(proof=proof_of("gefälscht")),
        place("integriert:3:0", end=len(OLD_QUOTE), proof=""),
    ]
    text = client.post(PATH, data={"stellen": json.dumps(places), "format": "md"}).text
    assert f"> „{QUOTE}“[^1]" in text
    assert f"> „{OLD_QUOTE}“[^2]" in text
    assert "Notiz: Für den \\*Kreis\\*" in text
    assert "gefälscht" not in text
    assert "nicht abgedruckt: Stelle richtlinie:14:1" in text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"format": "pdf"},
        {"format": "exe", "antworten": json.dumps([SEALED])},
        {"format": "../../x", "antworten": json.dumps([SEALED])},
        {"format": "pdf", "antworten": "[]"},
        {"format": "pdf", "antworten": "kein JSON"},
        {"format": "pdf", "antworten": json.dumps([SEALED] * 51)},
        {"format": "pdf", "stellen": json.dumps([{"passage": "x"}])},
        {"format": "pdf", "stellen": json.dumps([place()] * 201)},
        {"format": "pdf", "stellen": json.dumps([place(note="x" * (LONGEST_REMARK + 1))])},
        {"format": "pdf", "stellen": json.dumps([place(start=-1)])},
    ],
)
def test_other_fields_are_refused(client, fields):
    assert client.post(PATH, data=fields).status_code == 422


@pytest.mark.parametrize("sealed", ["", "abc.def", SEALED[:-1] + "x", OTHER])
def test_an_answer_that_is_not_ours_is_refused(client, sealed):
    answer = client.post(PATH, data={"antworten": json.dumps([sealed]), "format": "pdf"})
    assert answer.status_code == 400
    assert "Sie stammt aus der Zeit vor einem Neustart" in answer.text


def test_a_request_that_is_too_large_or_of_unknown_size_is_refused(client):
    large = client.post(PATH, data={"antworten": "x" * LARGEST, "format": "pdf"})
    unknown = client.post(PATH, content=iter([b"format=pdf"]))
    assert (large.status_code, unknown.status_code) == (413, 413)


def test_remarks_are_limited_in_all(client):
    longest = place(note="x" * LONGEST_REMARK)
    for count, status in ((MOST_REMARKS // LONGEST_REMARK, 200), (200, 400)):
        fields = {"stellen": json.dumps([longest] * count), "format": "md"}
        answer = client.post(PATH, data=fields)
        assert answer.status_code == status
    assert "in mehreren Vermerken speichern" in answer.text


def test_one_note_is_made_at_a_time(client, monkeypatch):
    inside, most = [], []

    def write(note):
        inside.append(note)
        most.append(len(inside))
        first.wait(60) if len(most) == 1 else None
        inside.pop()
        return b"Vermerk"

    first = threading.Event()
    monkeypatch.setattr(file_note, "FORMATS", {"md": Format("text/markdown", write)})
    fields = {"antworten": json.dumps([SEALED]), "format": "md"}
    with client, ThreadPoolExecutor(2) as people:
        notes = [people.submit(client.post, PATH, data=fields) for _ in range(2)]
        done, _ = wait(notes, timeout=0.5)
        first.set()
        assert not done
        assert [note.result().content for note in notes] == [b"Vermerk", b"Vermerk"]
    assert most == [1, 1]


def test_nothing_is_written(client, data):
    client.post(PATH, data={"antworten": json.dumps([SEALED]), "format": "docx"})
    assert BY_ID
    assert list(data.iterdir()) == []

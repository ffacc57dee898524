"""The log says what happened and never about what; nor does any file that a run writes."""

import io
import json
import logging
from datetime import date
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from hashing_embedder import HashingEmbedder
from live_server import serve

from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from commands.logs import log_to
from corpus.settings import Settings
from ingest.pipeline import IngestRun

DOCUMENT, FILE, QUESTION, PERSON = "Dokukanarie", "dateikanarie", "Fragekanarie", "personkanarie"
PASSWORD = "ein langes Passwortkanarie"


@pytest.fixture
def log():
    root, requests = logging.getLogger(), logging.getLogger("assistant.page.request_log")
    before = root.handlers[:], root.level, requests.level
    stream = io.StringIO()
    log_to(stream, requests=True)
    yield stream
    root.handlers[:], level, requests_level = before
    root.setLevel(level)
    requests.setLevel(requests_level)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_message_stands_without_its_values(log):
    logging.getLogger("corpus.x").warning("The model %s is missing", "geheim")
    logging.getLogger("fremd").warning("Wert geheim")
    first, second = lines(log)
    assert first["event"] == "The model %s is missing"
    assert first["level"] == "WARNING"
    assert "event" not in second
    assert "geheim" not in log.getvalue()


def test_an_exception_keeps_its_kind_and_place_and_loses_its_words(log):
    try:
        raise ValueError("geheim")
    except ValueError:
        logging.getLogger("assistant.x").exception("It failed")
    (line,) = lines(log)
    assert line["error"] == "ValueError"
    assert line["at"][0].startswith("test_logs.py:")
    assert "geheim" not in log.getvalue()


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Return a working folder, a data folder and a folder of documents, all watched."""
    work, data, sources = (tmp_path / name for name in ("lauf", "daten", "quellen"))
    for folder in (work, data, sources):
        folder.mkdir()
    for name in ("GRADIO_TEMP_DIR", "TMPDIR"):
        monkeypatch.setenv(name, str(work))
    monkeypatch.chdir(work)
    (sources / f"{FILE}.md").write_text(
        f"# {DOCUMENT}\n\nDie Förderquote der {DOCUMENT} beträgt 60 Prozent.\n", "utf-8"
    )
    (sources / f"{FILE}.pdf").write_bytes(b"%PDF-1.4 kaputt")
    return work, data, sources


def ingest(data, sources):
    for _ in IngestRun([sources], settings=Settings(data=data), embedder=HashingEmbedder()):
        pass


def use_everything(url, token):
    """Ask, look and log in through every interface, well and badly."""
    bearer = {"Authorization": f"Bearer {token}"}
    asked = {"question": f"Wie hoch ist die Förderquote der {QUESTION} {DOCUMENT}?"}
    with httpx.Client(base_url=url) as client:
        assert DOCUMENT in client.post("/api/ask", json=asked, headers=bearer).text
        client.post("/api/ask", json=asked, headers={**bearer, "Accept": "text/event-stream"})
        client.post("/api/ask", json={"question": QUESTION * 300}, headers=bearer)
        client.get(f"/quelle/{QUESTION}", headers=bearer)
        client.get(f"/{QUESTION}?{QUESTION}", headers=bearer)
        client.post("/anmelden", data={"name": PERSON, "passwort": "falsch" + PASSWORD})
        assert client.post("/anmelden", data={"name": PERSON, "passwort": PASSWORD}).is_redirect
    page = Client(url, headers=bearer, verbose=False, analytics_enabled=False)
    page.predict(asked["question"], api_name="/ask")


def holders(folders, canary):
    """Return the names of the folders under the watched ones with a file that holds a canary."""
    found = set()
    for folder in folders:
        for path in filter(Path.is_file, folder.rglob("*")):
            if canary.encode() in path.read_bytes():
                found.add(path.relative_to(folder).parts[0])
    return found


def test_no_file_of_a_whole_run_holds_what_people_asked_or_who_they_are(folders, log, capfd):
    work, data, sources = folders
    ingest(data, sources)
    users = UserFile(data)
    users.add(PERSON, PASSWORD, "reader")
    token = users.give_token(PERSON)

    with serve(
        lambda: Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15)),
        Settings(data=data),
    ) as url:
        use_everything(url, token)

    assert {"api", "anmelden", "quelle", "other", "gradio_api"} <= {
        line.get("area") for line in lines(log)
    }
    output = "".join(capfd.readouterr()) + log.getvalue()
    watched = (work, data)
    for canary in (DOCUMENT, FILE, QUESTION, PERSON, PASSWORD, token):
        assert canary not in output
    for canary in (QUESTION, PASSWORD, token):
        assert holders(watched, canary) == set()
    assert holders(watched, PERSON) == {"access"}
    assert holders(watched, DOCUMENT) == {"documents.jsonl", "index", "originals"}
    assert holders(watched, FILE) == {"documents.jsonl", "index"}

"""Files that are sent, the names they get, the limits they meet, and the job that comes of them."""

import re
import time
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from scripted_assistant import ScriptedAssistant
from scripted_intake import ScriptedIntake
from scripted_sync import GUARDED, PLAN, ScriptedSync

from assistant.access.entrance import Entrance
from assistant.access.gate import Gate
from assistant.access.identity import Role, person
from assistant.access.limits import AskingLimits
from assistant.desk.syncing import CATALOGUE
from assistant.dialogue import Assistant
from assistant.page.context import PageContext
from assistant.page.guard import SameOrigin
from assistant.page.places import add_places
from assistant.page.quellen import uploads
from assistant.page.quellen.change_words import CHANGE_WORDS
from assistant.page.quellen.changes import STAGING
from assistant.page.shell import Visit
from assistant.warmup import Warmup
from corpus.file_names import LONGEST_NAME, safe_name
from corpus.settings import Settings

PATIENCE = 60.0  # seconds
SEND = "/quellen/aufnehmen"


@pytest.fixture
def intake():
    return ScriptedIntake()


@pytest.fixture
def make_client(data):
    def make(intake, loader=ScriptedAssistant, sync=None):
        warmup = Warmup(loader)
        warmup.start()
        warmup.wait()
        app, settings = FastAPI(), Settings(data=data)
        app.add_middleware(Gate, entrance=Entrance(settings), limits=AskingLimits(60, 60))
        app.add_middleware(SameOrigin)
        add_places(app, PageContext(warmup, settings, intake=intake, sync=sync))
        return TestClient(app, headers={"Accept-Language": "de"})

    return make


@pytest.fixture
def client(make_client, intake):
    return make_client(intake)


def files_of(*names, content=b"Text"):
    return [(uploads.FIELD, (name, content)) for name in names]


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def ended(client, address):
    end = time.monotonic() + PATIENCE
    while "data-fertig" not in (answer := client.get(f"{address}/stand")).text:
        assert time.monotonic() < end
        time.sleep(0.01)
    return answer


# --- Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("richtlinie.pdf", "richtlinie.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("Fo\u0308rderung.md", "Förderung.md"),
        ("Bescheid\u202efdp.html", "Bescheidfdp.html"),
        ("a\x00b\u200b\ud800\n.txt", "ab.txt"),
        ("%2e%2e%2fa.txt", "%2e%2e%2fa.txt"),
        ("<script>.md", "_script_.md"),
        ("con.txt", "_con.txt"),
        (".versteckt", "versteckt"),
        ("...", "dokument"),
        ("", "dokument"),
        ("viele   Leer\u00a0zeichen .pdf ", "viele Leer zeichen.pdf"),
    ],
)
def test_a_name_can_do_no_harm(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "name", ["ä" * 200 + ".pdf", "a" * 300, "b." + "c" * 300, "🙂" * 90 + ".md"]
)
def test_a_name_is_short_and_keeps_its_ending(name):
    safe = safe_name(name)
    assert len(safe.encode()) <= LONGEST_NAME
    assert safe.endswith(name[-4:]) or "." not in name[-4:]


def test_names_that_come_twice_are_numbered():
    names = ["a.md", "A.md", "a (2).md", "b.md", "a.md"]
    found = uploads.distinct(names)
    assert found[0] == "a.md"
    assert len({name.casefold() for name in found}) == len(names)


# --- Sending


def test_a_job_that_begins_anew_says_so_until_it_has_ended(client, intake):
    intake.go_on.clear()
    answer = client.post(SEND, files=files_of("eilig.md"), follow_redirects=False)
    address, said = answer.headers["location"], "Das ist Anlauf 2 von 3."
    end = time.monotonic() + PATIENCE
    while said not in text_of(client.get(f"{address}/stand")):
        assert time.monotonic() < end
        time.sleep(0.01)
    intake.go_on.set()
    page = text_of(ended(client, address))
    assert "eilig.md neu" in page
    assert said not in page


def test_sent_files_become_a_job_with_a_verdict_for_each(client, intake, data):
    answer = client.post(SEND, files=files_of("../gut.md", "kaputt.pdf"), follow_redirects=False)
    assert answer.status_code == 303
    address = answer.headers["location"]
    page = ended(client, address)
    assert "Die Datei bricht bei <code>&lt;b&gt;</code> ab." in page.text
    text = text_of(page)
    assert "Fertig" in text
    assert "gut.md neu" in text
    assert "kaputt.pdf nicht aufgenommen beschädigt. Die Datei bricht bei" in text
    assert "Neu herunterladen." in text
    assert intake.contents == {"gut.md": b"Text", "kaputt.pdf": b"Text"}
    assert intake.audiences == ["public"]  # without users there is nobody to keep it from
    assert "leserkreis" not in client.get(SEND).text
    assert "gut.md" in text_of(client.get(address))
    assert "Auftrag mit 2 Dateien Fertig" in text_of(client.get(SEND))
    wait_until_empty(data / STAGING)


def wait_until_empty(folder):
    end = time.monotonic() + PATIENCE
    while any(folder.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_job_can_be_stopped_and_says_that_nothing_changed(client, intake):
    intake.go_on.clear()
    address = client.post(SEND, files=files_of("a.md", "b.md"), follow_redirects=False).headers[
        "location"
    ]
    assert "0 von 2 Dateien" in text_of(client.get(address))
    assert "Wird angehalten" in text_of(client.post(f"{address}/anhalten"))
    intake.go_on.set()
    text = text_of(ended(client, address))
    assert "Angehalten" in text
    assert "hat sich nichts geändert" in text
    assert intake.taken == []


def test_an_error_is_shown_as_one(client):
    answer = client.post(SEND, files=files_of("gesperrt.md"), follow_redirects=False)
    assert "Der Index ist gesperrt. Bitte warten." in text_of(
        ended(client, answer.headers["location"])
    )


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "keine Datei"),
        (files_of(*[f"{n}.md" for n in range(uploads.MOST_FILES + 1)]), "mehr als 20 Dateien"),
    ],
)
def test_what_is_no_upload_is_refused(client, intake, files, says):
    answer = client.post(SEND, files=files or [("anderes", ("a.md", b"x"))])
    assert answer.status_code == 400
    assert says in text_of(answer)
    assert intake.contents == {}


def test_too_much_is_refused(client, monkeypatch, data):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    answer = client.post(SEND, files=files_of("klein.md", "groß.md", content=b"x" * 11))
    assert "„klein.md“ ist größer als" in text_of(answer)
    monkeypatch.setattr(uploads, "MOST_TOGETHER", 5)
    assert "zusammen größer" in text_of(client.post(SEND, files=files_of("a.md")))
    assert not (data / STAGING).exists()


def test_the_disk_is_not_filled_with_files_that_wait(client, intake, monkeypatch, data):
    monkeypatch.setattr(uploads, "MOST_WAITING", 2_000)
    intake.go_on.clear()
    address = client.post(SEND, files=files_of("a.md", content=b"x" * 1_500)).url.path
    try:
        refused = client.post(SEND, files=files_of("b.md", content=b"x" * 1_500))
        assert refused.status_code == 400
        assert "warten schon zu viele Dateien" in text_of(refused)
    finally:
        intake.go_on.set()
    ended(client, address)
    wait_until_empty(data / STAGING)
    assert client.post(SEND, files=files_of("b.md", content=b"x" * 1_500)).status_code == 200


def test_a_body_of_unknown_size_is_not_read(client):
    def body():
        yield b"x"

    answer = client.post(SEND, content=body(), headers={"Content-Type": "multipart/form-data"})
    assert answer.status_code == 400
    assert "Größe" in text_of(answer)


def test_another_site_cannot_send_files(client, intake):
    answer = client.post(SEND, files=files_of("a.md"), headers={"Origin": "https://fremd.example"})
    assert answer.status_code == 403
    assert intake.contents == {}


def test_names_of_files_are_text(client):
    hostile = "<img src=x onerror=alert(1)>.md"
    answer = client.post(SEND, files=files_of(hostile), follow_redirects=False)
    assert "<img" not in ended(client, answer.headers["location"]).text


def test_what_an_ended_process_left_is_removed(make_client, intake, data):
    left = data / STAGING / "alt" / "a.md"
    left.parent.mkdir(parents=True)
    left.write_text("x")
    make_client(intake)
    assert not left.exists()


# --- Removing


@pytest.fixture
def real_client(make_client, indexed, embedder, intake):
    return make_client(intake, lambda: Assistant(indexed, embedder))


def test_a_document_is_removed_after_a_second_yes(real_client):
    page = real_client.get("/quellen/dokument/kontakte")
    assert 'href="/quellen/dokument/kontakte/entfernen"' in page.text
    asked = real_client.get("/quellen/dokument/kontakte/entfernen")
    assert "(kontakte.md) , 1 Passage" in text_of(asked)
    assert real_client.get("/quellen/dokument/kontakte").status_code == 200
    answer = real_client.post("/quellen/dokument/kontakte/entfernen", follow_redirects=False)
    text = text_of(ended(real_client, answer.headers["location"]))
    assert "kontakte.md entfernt Quittung vom" in text
    assert "in 0 etwas gefunden" in text
    assert real_client.get("/quellen/dokument/kontakte").status_code == 404


def test_what_is_not_there_cannot_be_removed(real_client):
    for send in (real_client.get, real_client.post):
        assert send("/quellen/dokument/fort/entfernen").status_code == 404


def test_another_site_cannot_remove_a_document(real_client):
    answer = real_client.post(
        "/quellen/dokument/kontakte/entfernen", headers={"Origin": "https://fremd.example"}
    )
    assert answer.status_code == 403
    assert real_client.get("/quellen/dokument/kontakte").status_code == 200


def test_a_forgotten_job_is_a_page_with_a_way_out(client):
    for address in ("/quellen/auftrag/fort", "/quellen/auftrag/fort/stand"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert SEND in answer.text


def test_without_an_intake_there_is_no_way_to_change_documents(make_client):
    client = make_client(None)
    assert client.get(SEND).status_code == 404
    assert client.post(SEND, files=files_of("a.md")).status_code in (404, 405)
    assert SEND not in client.get("/quellen").text
    assert client.post("/quellen/dokument/richtlinie/entfernen").status_code == 404


@pytest.mark.parametrize(
    ("identity", "may"),
    [
        (None, False),
        (person("Lena", Role.READER, frozenset()), False),
        (person("Lena", Role.EDITOR, frozenset()), True),
    ],
    ids=["unknown", "reader", "editor"],
)
def test_only_editors_are_shown_the_way(data, intake, identity, may):
    context = PageContext(Warmup(ScriptedAssistant), Settings(data=data), intake=intake)
    assert context.may_change(Visit(identity=identity)) is may


# --- Comparing


@pytest.fixture
def sync():
    return ScriptedSync()


@pytest.fixture
def comparing(make_client, intake, sync):
    return make_client(intake, sync=sync)


def compared(client, *places):
    data = {"ort": list(places or ("/unterlagen",))}
    return client.post("/quellen/abgleich", data=data, follow_redirects=False).headers["location"]


def test_differences_are_shown_with_names_and_nothing_is_changed(comparing, sync):
    address = compared(comparing, "/unterlagen", CATALOGUE)
    page = ended(comparing, address)
    text = text_of(page)
    assert "3 neu, 2 geändert, 1 entfällt, 1 unverändert" in text
    for item in (*PLAN.new, *PLAN.changed, *PLAN.gone):
        assert item.name.replace("<b>", "&lt;b&gt;") in page.text
    assert "<code>&lt;b&gt;</code> war nicht lesbar. Neu herunterladen." in page.text
    assert "Noch ist nichts geändert." in text
    assert sync.compared == ["/unterlagen", CATALOGUE]
    assert sync.applied == []
    english = text_of(comparing.get(f"{address}?sprache=en"))
    assert "3 new, 2 changed, 1 gone, 1 unchanged" in english


def test_a_plan_is_applied_once_and_its_result_has_names(comparing, sync):
    address = compared(comparing)
    ended(comparing, address)
    answer = comparing.post(f"{address}/anwenden", follow_redirects=False)
    text = text_of(ended(comparing, answer.headers["location"]))
    assert "alt.pdf entfernt" in text
    assert "aufruf.pdf neu" in text
    assert "faq.md ersetzt" in text
    again = comparing.post(f"{address}/anwenden", follow_redirects=False)
    assert again.headers["location"] == answer.headers["location"]
    assert sync.applied == [(PLAN, False)]
    assert answer.headers["location"] in comparing.get(address).text


def test_many_deletions_want_a_word_of_their_own(comparing, sync):
    sync.plan = GUARDED
    address = compared(comparing)
    page = ended(comparing, address)
    assert "2 von 3 Dokumenten entfallen" in text_of(page)
    refused = comparing.post(f"{address}/anwenden")
    assert refused.status_code == 400
    assert "Nichts wurde geändert" in text_of(refused)
    answer = comparing.post(f"{address}/anwenden", data={"entfallen": "ja"}, follow_redirects=False)
    ended(comparing, answer.headers["location"])
    assert sync.applied == [(GUARDED, True)]


def test_only_places_that_were_offered_are_compared(comparing, sync):
    answer = comparing.post("/quellen/abgleich", data={"ort": "/etc"})
    assert answer.status_code == 400
    assert comparing.post("/quellen/abgleich").status_code == 400
    ended(comparing, compared(comparing, "/etc", "/unterlagen"))
    assert sync.compared == ["/unterlagen"]


def test_without_a_place_the_page_says_how_to_get_one(comparing, sync):
    assert "/unterlagen" in comparing.get(SEND).text
    sync.offered = ()
    page = comparing.get(SEND)
    assert "sync_folders" in page.text
    assert 'action="/quellen/abgleich"' not in page.text


def test_only_a_comparison_can_be_applied(comparing):
    job = comparing.post(SEND, files=files_of("a.md"), follow_redirects=False).headers["location"]
    for address in (job, "/quellen/auftrag/fort"):
        assert comparing.post(f"{address}/anwenden").status_code == 404


def test_another_site_cannot_compare_or_apply(comparing, sync):
    address = compared(comparing)
    ended(comparing, address)
    for path in ("/quellen/abgleich", f"{address}/anwenden"):
        headers = {"Origin": "https://fremd.example"}
        answer = comparing.post(path, data={"ort": "/unterlagen"}, headers=headers)
        assert answer.status_code == 403
    assert sync.applied == []


def test_both_languages_name_every_state_and_status():
    german, english = CHANGE_WORDS["de"], CHANGE_WORDS["en"]
    assert german.states.keys() == english.states.keys() == german.details.keys()
    assert german.statuses.keys() == english.statuses.keys()

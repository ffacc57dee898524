"""Nothing but the login is there for someone unknown, and everyone sees only what is theirs."""

import re
import time
from datetime import date

import httpx
import pytest
from gradio_client import Client
from hashing_embedder import HashingEmbedder
from live_server import serve
from sample_passages import PASSAGES, build
from scripted_intake import ScriptedIntake
from scripted_sync import ScriptedSync
from starlette.routing import Mount
from test_restriction import CANARY, CLOSED

from assistant.access.entrance import (
    COOKIE,
    GROUPS_HEADER,
    OF_PROXY,
    ROLE_HEADER,
    SECRET_HEADER,
    USER_HEADER,
    Entrance,
)
from assistant.access.identity import Role, person
from assistant.access.lockout import PAIR_ATTEMPTS
from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from assistant.mark import proof_of
from assistant.page.guard import CLOSED_PATHS
from assistant.page.server import create_app
from corpus.originals import keep_original
from corpus.settings import Settings

PLACE = {
    "passage": CLOSED.id,
    "start": 0,
    "end": len(CLOSED.text),
    "proof": proof_of(CLOSED.text),
}
PASSWORD = "drei zufällige Wörter"
SECRET = "0123456789abcdef" * 4
OPEN = {"/abmelden", "/anmelden", "/healthz", "/readyz", "/barrierefreiheit"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("daten")
    build(folder, HashingEmbedder(), (CLOSED, *PASSAGES))
    file = folder / "geheim.md"
    file.write_text(CLOSED.text, "utf-8")
    keep_original(folder, CLOSED.document_id, file)
    file.unlink()
    users = UserFile(folder)
    users.add("lena", PASSWORD, "reader")
    users.add("kim", PASSWORD, "editor", ("Amt 40",))
    users.add("admin", PASSWORD, "administrator")
    return folder


@pytest.fixture(scope="module")
def tokens(data):
    return {name: UserFile(data).give_token(name) for name in ("lena", "kim", "admin")}


@pytest.fixture(scope="module")
def settings(data):
    return Settings(data=data, proxy_secret=SECRET)


@pytest.fixture(scope="module")
def intake():
    return ScriptedIntake()


@pytest.fixture(scope="module")
def address(settings, data, intake):
    def load():
        return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15))

    with serve(load, settings, intake=intake, sync=ScriptedSync()) as url:
        yield url


@pytest.fixture
def as_(address, tokens):
    """Return a function that gives a client of one user."""

    def client(name):
        return httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {tokens[name]}"}, timeout=60
        )

    return client


def paths(routes, prefix=""):
    """Yield every path with a method that it takes, those of mounted applications too."""
    for route in routes:
        if isinstance(route, Mount):
            yield from paths(route.routes, prefix + route.path)
            yield "GET", f"{prefix}{route.path}/x"
        elif hasattr(route, "effective_route_contexts"):  # an included router
            yield from paths(route.effective_route_contexts(), prefix)
        else:
            for method in route.methods or {"GET"}:
                yield method, prefix + re.sub(r"\{[^}]*\}", "x", route.path)


def test_every_route_wants_to_know_who_it_is(address, settings):
    app = create_app(lambda: None, settings, intake=ScriptedIntake(), sync=ScriptedSync())
    found = sorted(set(paths(app.routes)))
    assert len(found) > 60
    for wanted in ("/config", "/gradio_api/info", "/quelle/x", "/api/documents", "/mcp"):
        assert wanted in {path for _, path in found}
    passed = []
    with httpx.Client(base_url=address) as client:
        for method, path in found:
            answer = client.request(method, path)
            is_refused = answer.status_code in (401, 403, 404) or (
                answer.status_code == 303
                and answer.headers["location"].startswith("/anmelden?weiter=")
            )
            if answer.status_code == 404:
                is_refused = path.startswith(CLOSED_PATHS)  # for everyone
            if not is_refused:
                passed.append(path)
    assert {path for path in passed if not path.startswith("/seite/")} == OPEN


@pytest.mark.parametrize("path", ["/api/ask", "/mcp", "/gradio_api/queue/join"])
def test_programs_are_told_in_german_what_is_missing(address, path):
    answer = httpx.post(address + path, json={})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "Anmeldung" in answer.json()["error"]["message"]


def test_a_person_whose_session_has_ended_is_told_on_a_page(address):
    answer = httpx.post(f"{address}/quellen/aufnehmen", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "Dafür ist eine Anmeldung nötig." in answer.text
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer falsch"},
        {"Authorization": "Basic bGVuYTp4"},
        {"Cookie": f"{COOKIE}=gefälscht".encode()},
        {"X-Remote-User": "admin", "X-Remote-Role": "administrator"},
        {"X-Remote-User": "admin", "X-Bildungslotse-Secret": SECRET[:-1]},
        {"X-Bildungslotse-Secret": SECRET},
    ],
)
def test_what_proves_nothing_does_not_help(address, headers):
    assert httpx.get(f"{address}/api/documents", headers=headers).status_code == 401


def log_in(client, name="lena", password=PASSWORD, onward="/"):
    return client.post("/anmelden", data={"name": name, "passwort": password, "weiter": onward})


def test_a_person_logs_in_and_out(address):
    with httpx.Client(base_url=address) as client:
        asked = client.get("/quelle/x?nr=1")
        assert asked.headers["location"] == "/anmelden?weiter=/quelle/x%3Fnr%3D1"
        form = client.get(asked.headers["location"])
        assert 'name="weiter" value="/quelle/x?nr=1"' in form.text

        entered = log_in(client, onward="/api/documents")
        assert (entered.status_code, entered.headers["location"]) == (303, "/api/documents")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert client.get("/api/documents").status_code == 200

        kept = client.cookies[COOKIE]
        assert client.post("/abmelden").status_code == 303
        client.cookies.set(COOKIE, kept)
        assert client.get("/api/documents").status_code == 401
        left = client.post("/abmelden")  # in another tab, where the button is still there
        assert (left.status_code, left.headers["location"]) == (303, "/anmelden")


def test_whoever_has_logged_in_can_log_out_on_every_page(address, as_):
    with httpx.Client(base_url=address) as client:
        log_in(client)
        for path in ("/quellen", "/einstieg", "/merkliste", "/barrierefreiheit"):
            assert 'action="/abmelden"' in client.get(path).text
        client.cookies.clear()
        assert 'action="/abmelden"' not in client.get("/barrierefreiheit").text
    assert 'action="/abmelden"' not in as_("lena").get("/quellen").text  # a token has no end


@pytest.mark.parametrize(
    ("chosen", "status"),
    [("internal", 303), ("public", 303), ("amt 40", 303), ("amt 10", 400), ("../x", 400)],
)
def test_an_editor_chooses_readers_among_their_own_groups(as_, chosen, status):
    kim = as_("kim")
    form = kim.get("/quellen/aufnehmen").text
    assert re.findall(r'<option value="([^"]*)"', form) == ["internal", "public", "amt 40"]
    answer = kim.post(
        "/quellen/aufnehmen", files={"dateien": ("a.md", b"x")}, data={"leserkreis": chosen}
    )
    assert answer.status_code == status


def test_a_file_is_for_the_house_unless_its_sender_says_more(as_, intake):
    before = len(intake.audiences)
    answer = as_("kim").post("/quellen/aufnehmen", files={"dateien": ("a.md", b"x")})
    while "data-fertig" not in as_("kim").get(f"{answer.headers['location']}/stand").text:
        time.sleep(0.01)
    assert intake.audiences[before:][-1] == "internal"


def test_the_cookie_stays_on_encrypted_connections_but_at_the_desk(address):
    with httpx.Client(base_url=address) as client:
        assert "Secure" not in log_in(client).headers["set-cookie"]
        client.headers["X-Forwarded-Proto"] = "https"
        assert "Secure" in log_in(client).headers["set-cookie"]


@pytest.mark.parametrize(
    "onward", ["https://fremd.example/", "//fremd.example", "/\\fremd.example", "javascript:1", ""]
)
def test_nobody_is_led_elsewhere(address, onward):
    with httpx.Client(base_url=address) as client:
        assert log_in(client, onward=onward).headers["location"] == "/"


def test_another_site_cannot_log_anyone_in(address):
    answer = httpx.post(
        f"{address}/anmelden",
        data={"name": "lena", "passwort": PASSWORD},
        headers={"Origin": "http://fremd.example"},
    )
    assert answer.status_code == 403


def test_guessing_ends_in_a_lock(address):
    with httpx.Client(base_url=address) as client:
        answers = [log_in(client, "kim", f"falsch {n}") for n in range(PAIR_ATTEMPTS)]
        assert {answer.status_code for answer in answers} == {401}
        assert "stimmt nicht" in answers[0].text
        assert 'role="alert"' in answers[0].text
        locked = log_in(client, "kim")
        assert locked.status_code == 429
        assert "gesperrt" in locked.text
        assert COOKIE not in client.cookies


def test_a_proxy_with_the_secret_names_people(address):
    headers = {
        "X-Bildungslotse-Secret": SECRET,
        "X-Remote-User": "sso",
        "X-Remote-Groups": "Presse, AMT 40",
    }
    documents = httpx.get(f"{address}/api/documents", headers=headers).json()
    assert documents["total"] == 4


@pytest.mark.parametrize("name", OF_PROXY)
def test_a_header_that_came_twice_names_nobody(address, name):
    sent = {SECRET_HEADER: SECRET, USER_HEADER: "kim", ROLE_HEADER: "reader", GROUPS_HEADER: "A"}
    assert httpx.get(f"{address}/api/documents", headers=sent).status_code == 200
    twice = [*sent.items(), (name, sent[name])]
    assert httpx.get(f"{address}/api/documents", headers=twice).status_code == 401


def test_roles_decide_who_sees_the_metrics(as_):
    assert as_("lena").get("/metrics").status_code == 403
    assert as_("kim").get("/metrics").status_code == 403
    assert "bildungslotse_answers" in as_("admin").get("/metrics").text


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_lower_ones_may(role):
    for wanted in Role:
        if wanted <= role:
            person("x", role, frozenset()).require(wanted)
        else:
            with pytest.raises(Exception, match="Rechte"):
                person("x", role, frozenset()).require(wanted)


def everything_of(client, address, token):
    """Return all that a person can get at through every interface."""
    question = {"question": "Wie hoch ist die geheime Förderquote der Zulage?"}
    stream = {"Accept": "text/event-stream"}
    gradio = Client(
        address,
        headers={"Authorization": f"Bearer {token}"},
        verbose=False,
        analytics_enabled=False,
    )
    return [
        client.post("/api/ask", json=question).text,
        client.post("/api/ask", json=question, headers=stream).text,
        client.get("/api/search", params={"query": "geheime Zulage", "k": 50}).text,
        client.get("/api/documents").text,
        client.get(f"/api/documents/{CLOSED.document_id}").text,
        client.get(f"/quelle/{CLOSED.id}").text,
        client.get(f"/stelle/{CLOSED.id}").text,
        client.get("/quellen").text,
        client.get("/quellen", params={"q": "geheime Zulage"}).text,
        client.get(f"/quellen/dokument/{CLOSED.document_id}").text,
        client.post("/merkliste/stellen", json=[PLACE]).text,
        client.get(f"/original/{CLOSED.document_id}").text,
        client.get("/config").text,
        str(gradio.predict(question["question"], api_name="/ask")),
        str(gradio.predict("geheime Zulage", 50, api_name="/search")),
    ]


def test_a_closed_document_shows_at_no_interface(as_, address, tokens):
    inside = everything_of(as_("kim"), address, tokens["kim"])
    outside = everything_of(as_("lena"), address, tokens["lena"])

    # The lists of documents hold no text, the settings of Gradio nothing of any document.
    assert [at for at, text in enumerate(inside) if CANARY not in text] == [3, 7, 12]
    assert "geheim" in inside[3]
    assert "Geheim" in inside[7]
    for text in outside:
        assert CANARY not in text
        assert "geheim.md" not in text
        assert ">Geheim<" not in text


def test_nobody_gets_at_the_session_of_somebody_else(as_):
    """Its name is no secret of ours: a browser makes it up and puts it into an address."""
    session = {"session_hash": "kims-sitzung"}
    named = {one["api_name"]: one["id"] for one in as_("kim").get("/config").json()["dependencies"]}

    def send(name, what, data=(None,)):
        body = {"data": [*data], "fn_index": named[what], **session}
        return as_(name).post("/gradio_api/run/predict", json=body)

    question = ["Wie hoch ist die geheime Förderquote der Zulage?", None]
    joined = {"data": question, "fn_index": named["page_ask"], **session}
    assert send("kim", "open").status_code == 200
    assert as_("kim").post("/gradio_api/queue/join", json=joined).status_code == 200
    assert as_("lena").get("/gradio_api/queue/data", params=session).status_code == 404
    with as_("kim").stream("GET", "/gradio_api/queue/data", params=session) as said:
        assert CANARY in "".join(said.iter_text())
    for what in ("change_language", "open", "stop", "clear"):
        answer = send("lena", what)
        assert answer.status_code == 500
        assert "Bitte die Seite neu laden." in answer.text
    assert CANARY not in send("lena", "choose", ("", None)).text
    assert CANARY in send("kim", "change_language").text


def test_a_removed_user_is_out_at_once(settings, data):
    users = UserFile(data)
    users.add("kurz", PASSWORD, "reader")
    entrance = Entrance(settings)
    session = entrance.sessions.begin(users.users["kurz"])
    token = users.give_token("kurz")
    bearer = {"authorization": f"Bearer {token}"}
    assert entrance.identity({}, session).name == "kurz"
    assert entrance.identity(bearer, "").name == "kurz"

    users.add("kurz", PASSWORD + "!", "reader")
    assert entrance.identity({}, session) is None
    users.remove("kurz")
    assert entrance.identity(bearer, "") is None


def test_a_lost_file_of_users_opens_nothing(tmp_path):
    UserFile(tmp_path).add("lena", PASSWORD, "reader")
    entrance = Entrance(Settings(data=tmp_path))
    assert entrance.identity({}, "") is None
    (tmp_path / "access" / "users.json").unlink()
    assert entrance.identity({}, "") is None


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_without_a_login_nobody_comes_through_a_proxy(tmp_path, header):
    with serve(lambda: None, Settings(data=tmp_path), wait_until_ready=False) as url:
        answer = httpx.get(f"{url}/api/documents", headers={header: "192.0.2.1"})
    assert answer.status_code == 403
    assert "Proxy" in answer.json()["error"]["message"]


def test_one_person_cannot_ask_without_end_and_disturbs_nobody(data, tokens):
    few = Settings(data=data, questions_per_minute=2)
    with serve(lambda: Assistant(data, HashingEmbedder()), few) as url:

        def ask(name):
            return httpx.get(
                f"{url}/api/search?query=a1", headers={"Authorization": f"Bearer {tokens[name]}"}
            )

        answers = [ask("lena") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert "zu viele" in answers[-1].json()["error"]["message"]
        assert ask("admin").status_code == 200


def test_a_search_on_the_page_counts_as_a_question(data, tokens):
    few = Settings(data=data, questions_per_minute=2)
    with serve(lambda: Assistant(data, HashingEmbedder()), few) as url:
        headers = {"Authorization": f"Bearer {tokens['lena']}", "Accept": "text/html"}

        def get(path):
            return httpx.get(url + path, headers=headers)

        answers = [get("/quellen?q=Antrag") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert "zu viele Fragen" in answers[-1].text
        assert '<html lang="de"' in answers[-1].text
        assert get("/api/search?query=a1").status_code == 429  # the same tokens
        assert get("/quellen").status_code == 200  # a list is no search


def test_many_people_of_one_address_share_a_limit(data, tokens):
    few = Settings(data=data, questions_per_minute=2, address_questions_per_minute=3)
    with serve(lambda: Assistant(data, HashingEmbedder()), few) as url:

        def ask(name):
            headers = {"Authorization": f"Bearer {tokens[name]}"}
            return httpx.get(f"{url}/api/search?query=a1", headers=headers).status_code

        # What lena asks in vain is not taken from what the others have.
        assert [ask("lena") for _ in range(4)] == [200, 200, 429, 429]
        assert [ask("admin"), ask("admin")] == [200, 429]


@pytest.mark.parametrize(("name", "status"), [("lena", 403), ("kim", 200), ("admin", 200)])
def test_only_editors_take_documents_in(as_, name, status):
    assert as_(name).get("/quellen/aufnehmen").status_code == status
    page = as_(name).get("/quellen").text
    assert ("/quellen/aufnehmen" in page) == (status == 200)
    if status == 403:
        sent = as_(name).post("/quellen/aufnehmen", files={"dateien": b"x"})
        assert sent.status_code == 403
        assert as_(name).post("/quellen/abgleich", data={"ort": "/"}).status_code == 403
        assert as_(name).post("/quellen/auftrag/x/anwenden").status_code == 403

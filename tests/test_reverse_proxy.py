"""The service behind a real nginx, with the example configuration: TLS, sub-path, headers."""

import re
import socket
import ssl
from datetime import date

import httpx
import pytest
from gradio_client import Client
from hashing_embedder import HashingEmbedder
from live_server import serve
from nginx_proxy import NAME, NGINX, PATH, proxied
from sample_passages import PASSAGES, RATE, build

from assistant.access.entrance import COOKIE
from assistant.access.users import UserFile
from assistant.dialogue import Assistant
from corpus.settings import Settings

PASSWORD = "drei zufällige Wörter"
SECRET = "0123456789abcdef" * 4
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("daten")
    build(folder, HashingEmbedder(), PASSAGES)
    UserFile(folder).add("lena", PASSWORD, "reader")
    return folder


@pytest.fixture(scope="module")
def ports(tmp_path_factory, data):
    """Run service and proxy and give the proxy's ports, without and with TLS."""
    settings = Settings(data=data, hosts=NAME, root_path=PATH, proxy_secret=SECRET)

    def load():
        return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15))

    with (
        serve(load, settings) as address,
        proxied(tmp_path_factory.mktemp("nginx"), address) as both,
    ):
        yield both


@pytest.fixture
def client(ports):
    """Return a browser-like client that finds our name at the proxy's address."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    headers = {"Host": f"{NAME}:{ports[1]}"}
    with httpx.Client(
        base_url=f"https://127.0.0.1:{ports[1]}", headers=headers, verify=context
    ) as one:
        yield one


def log_in(client):
    return client.post(
        "/bildungslotse/anmelden",
        data={"name": "lena", "passwort": PASSWORD, "weiter": "/quellen"},
        headers={"Origin": f"https://{client.headers['Host']}"},
    )


def test_without_tls_everything_is_sent_on(ports):
    answer = httpx.get(f"http://127.0.0.1:{ports[0]}/bildungslotse/", headers={"Host": NAME})
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://{NAME}/bildungslotse/"


def test_every_redirect_and_link_stays_below_the_path(client):
    asked = client.get("/bildungslotse/quellen")
    assert asked.headers["location"] == "/bildungslotse/anmelden?weiter=/quellen"
    form = client.get(asked.headers["location"])
    addresses = re.findall(r'(?:href|src|action)="([^"#]+)"', form.text)
    assert len(addresses) > 5
    assert [one for one in addresses if not one.startswith("/bildungslotse/")] == []
    for one in addresses:
        if "/seite/" in one:
            assert client.get(one).status_code == 200


def test_a_person_logs_in_below_the_path(client):
    entered = log_in(client)
    assert (entered.status_code, entered.headers["location"]) == (303, "/bildungslotse/quellen")
    cookie = entered.headers["set-cookie"]
    assert "Secure" in cookie
    assert "Path=/bildungslotse/" in cookie
    assert client.get("/bildungslotse/quellen").status_code == 200
    assert "max-age" in entered.headers["strict-transport-security"]


def test_the_page_and_its_endpoints_work_below_the_path(client, ports, data):
    assert log_in(client).status_code == 303
    page = client.get("/bildungslotse/")
    assert page.status_code == 200
    root = client.get("/bildungslotse/config").json()["root"]
    assert root == f"https://{NAME}:{ports[1]}/bildungslotse"
    for asset in re.findall(r'(?:href|src)="(\./[^"]+\.(?:js|css))"', page.text)[:3]:
        assert client.get(f"/bildungslotse/{asset.removeprefix('./')}").status_code == 200


def test_programs_ask_below_the_path(client, data):
    bearer = {"Authorization": f"Bearer {UserFile(data).give_token('lena')}"}
    question = {"question": "Wie hoch ist die Förderquote?"}
    answer = client.post("/bildungslotse/api/ask", json=question, headers=bearer)
    assert answer.json()["citations"][0]["quote"] in RATE
    stream = {**bearer, "Accept": "text/event-stream"}
    with client.stream("POST", "/bildungslotse/api/ask", json=question, headers=stream) as grown:
        assert "event: answer" in "".join(grown.iter_text())
    assert client.post("/bildungslotse/mcp", json={}, headers=bearer).status_code in (400, 406)


def test_the_named_endpoints_answer_through_the_proxy(ports, data, monkeypatch):
    token = UserFile(data).give_token("lena")
    real = socket.getaddrinfo

    def here(host, *arguments, **options):
        return real("127.0.0.1" if host in (NAME, NAME.encode()) else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    gradio = Client(
        f"https://{NAME}:{ports[1]}/bildungslotse/",
        headers={"Authorization": f"Bearer {token}"},
        ssl_verify=False,
        verbose=False,
        analytics_enabled=False,
    )
    answer = gradio.predict("Wie hoch ist die Förderquote?", api_name="/ask")
    assert answer["citations"][0]["quote"] in RATE


@pytest.mark.parametrize("path", ["gradio_api/upload", "gradio_api/file=/etc/passwd", "monitoring"])
def test_what_is_closed_stays_closed_below_the_path(client, path):
    log_in(client)
    assert client.get(f"/bildungslotse/{path}").status_code == 404


def test_visitors_cannot_name_themselves(client):
    headers = {"X-Bildungslotse-Secret": SECRET, "X-Remote-User": "chefin"}
    assert client.get("/bildungslotse/api/documents", headers=headers).status_code == 401
    assert COOKIE not in client.cookies


def test_other_names_are_refused(client):
    headers = {"Host": f"fremd.example:{client.base_url.port}"}
    assert client.get("/bildungslotse/healthz", headers=headers).status_code == 400

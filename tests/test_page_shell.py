"""The frame around every place: language, links, header, errors, waiting, escaping."""

import threading
from dataclasses import fields

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from live_server import serve
from markupsafe import Markup
from scripted_assistant import ScriptedAssistant

from assistant.page.context import PageContext
from assistant.page.escaping import visible
from assistant.page.guard import SECURITY_HEADERS
from assistant.page.places import add_places
from assistant.page.shell import PLACES, Visit, _templates, render_html
from assistant.page.shell_text import SHELL_WORDS
from assistant.warmup import Warmup
from corpus.errors import UserFacingError
from corpus.settings import Settings


@pytest.fixture(scope="module")
def address():
    with serve(ScriptedAssistant, Settings(contact="Frau Müller, Zimmer 3 <b>")) as url:
        yield url


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "de"),
        ("fr", "de"),
        ("en-GB,en;q=0.9,de;q=0.4", "en"),
        ("de;q=0.4, en;q=0.9", "en"),
        ("fr, de-AT;q=0.7, en;q=0.1", "de"),
        ("*;q=x, ,;;", "de"),
    ],
)
def test_the_language_is_what_the_browser_prefers(address, accepted, language):
    answer = httpx.get(f"{address}/barrierefreiheit", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.text


def test_the_address_decides_before_the_browser(address):
    answer = httpx.get(f"{address}/barrierefreiheit?sprache=en", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in answer.text
    assert 'href="/barrierefreiheit?sprache=de"' in answer.text
    assert 'href="/?sprache=en"' in answer.text


def test_what_is_no_language_is_ignored(address):
    answer = httpx.get(f"{address}/barrierefreiheit?sprache=xx", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in answer.text


def test_links_keep_a_chosen_language_and_nothing_else():
    chosen = Visit("en", is_chosen=True, root="/lotse", path="/quellen", query=(("q", "a b"),))
    assert chosen.link("/quellen", q="ä", seite=None) == "/lotse/quellen?q=%C3%A4&sprache=en"
    assert chosen.elsewhere == "/lotse/quellen?q=a+b&sprache=de"
    assert Visit().link("/quellen") == "/quellen"


@pytest.mark.parametrize("place", PLACES)
def test_every_place_in_the_header_is_served(address, place):
    assert httpx.get(address + place.path).status_code == 200


def test_one_place_is_the_open_one():
    html = render_html("kopf.html", Visit(), place="fragen")
    assert html.count('aria-current="page"') == 1
    assert "aria-current" not in render_html("kopf.html", Visit())


def test_an_unknown_page_says_so_in_the_frame(address):
    answer = httpx.get(f"{address}/seite/gibt-es-nicht")
    assert answer.status_code == 404
    assert SHELL_WORDS["de"].missing in answer.text
    assert 'href="/"' in answer.text
    assert '"/seite/seite/' not in answer.text
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/gibt-es-nicht", "/gibt/es/nicht", "/gradio_api/nicht"])
def test_an_unknown_address_has_a_way_back_for_people_and_json_for_programs(address, path):
    browser = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
    for_people = httpx.get(f"{address}{path}?sprache=en", headers=browser)
    assert for_people.status_code == 404
    assert SHELL_WORDS["en"].missing in for_people.text
    assert 'class="knopf" href="/?sprache=en"' in for_people.text

    for_programs = httpx.get(address + path)
    assert for_programs.status_code == 404
    assert for_programs.json()["error"]["message"] == "Das gibt es nicht."


def test_a_place_that_needs_the_assistant_waits_for_it_or_says_what_failed():
    go = threading.Event()

    def load():
        go.wait(60)
        raise UserFacingError("Der Index ist leer.", hint="`ingest <b>` hilft.")

    warmup = Warmup(load)
    context = PageContext(warmup, Settings())
    app = FastAPI()
    add_places(app, context)
    app.get("/probe")(lambda: context.assistant_for(Visit()))
    client = TestClient(app)
    warmup.start()
    waiting = client.get("/probe")
    assert waiting.status_code == 503
    assert SHELL_WORDS["de"].loading in waiting.text
    assert "data-warten" in waiting.text
    go.set()
    with pytest.raises(UserFacingError):
        warmup.wait()
    failed = client.get("/probe")
    assert failed.status_code == 400
    assert (
        "<strong>Der Index ist leer.</strong> <code>ingest &lt;b&gt;</code> hilft." in failed.text
    )


def test_templates_escape_and_show_nothing_invisible():
    environment = _templates()
    hostile = '<img src=x onerror="alert(1)">\u202egnp'
    shown = environment.from_string('<p title="{{ text }}">{{ text }}</p>').render(text=hostile)
    assert shown == (
        '<p title="&lt;img src=x onerror=&#34;alert(1)&#34;&gt;gnp">'
        "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;gnp</p>"
    )
    assert environment.from_string("{{ ours }}").render(ours=Markup("<b>a</b>")) == "<b>a</b>"
    assert visible("a\x1b[2J\u2066b") == "a[2Jb"


def test_the_statement_names_the_contact_and_escapes_it(address):
    answer = httpx.get(f"{address}/barrierefreiheit")
    assert "Frau Müller, Zimmer 3 &lt;b&gt;" in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_text_is_empty(language):
    words = SHELL_WORDS[language]
    assert all(getattr(words, field.name) for field in fields(words))
    assert set(words.places) == set(SHELL_WORDS["de"].places)

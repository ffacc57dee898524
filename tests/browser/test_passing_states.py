"""States that a person passes through: each is whole, readable and accessible in light and dark."""

import threading

import pytest
from live_server import serve
from playwright.sync_api import expect
from scripted_assistant import ScriptedAssistant
from test_accessibility import violations

from assistant.access.users import UserFile
from corpus.settings import Settings

SCHEMES = pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])


def is_wider(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@SCHEMES
def test_every_kind_of_answer_is_accessible(open_page, ask, assistant, scheme, width):
    page, watch = open_page(scheme=scheme, width=width)
    for question in ("Vergleich bitte", "Mit Sprachmodell bitte", "böse bitte"):
        ask(page, question)
    assert violations(page) == []
    assert not is_wider(page)
    assistant.go_on.clear()
    page.get_by_label("Ihre Frage").fill("langsam bitte")
    page.keyboard.press("Enter")
    expect(page.locator(".antwort.laeuft")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Anhalten").click()
    assistant.go_on.set()
    expect(page.locator(".antwort.angehalten, .antwort.laeuft + *, .runde:last-of-type")).to_have_count(1)
    assert violations(page) == []
    assert watch.errors == []


@SCHEMES
def test_waiting_for_the_model_and_doing_without_it_are_accessible(open_page, scheme, width):
    go = threading.Event()

    def load():
        go.wait(120)
        raise OSError("weg")

    with serve(load, wait_until_ready=False) as url:
        page, _ = open_page(url=url, scheme=scheme, width=width)
        expect(page.locator(".banner.laedt")).to_be_visible()
        assert violations(page) == []
        assert not is_wider(page)
        go.set()
        expect(page.locator(".banner.fehler")).to_be_visible()
        assert violations(page) == []
        assert not is_wider(page)


@SCHEMES
def test_logging_in_is_accessible(open_page, tmp_path, scheme, width):
    UserFile(tmp_path).add("lena", "drei zufällige Wörter", "reader")
    with serve(ScriptedAssistant, Settings(data=tmp_path)) as url:
        page, watch = open_page(url=url, ready="#passwort", scheme=scheme, width=width)
        assert violations(page) == []
        page.get_by_label("Name").fill("lena")
        page.get_by_label("Passwort").fill("falsch")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert violations(page) == []
        page.get_by_label("Passwort").fill("drei zufällige Wörter")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
        assert violations(page) == []
        assert not is_wider(page)

"""States that a person passes through: each is whole and accessible, in light and dark."""

import threading

from live_server import serve
from playwright.sync_api import expect
from scripted_assistant import ScriptedAssistant
from test_accessibility import violations

from assistant.access.users import UserFile
from corpus.settings import Settings

NARROW = 320


def assert_sound(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_every_kind_of_answer_is_accessible(open_page, ask, assistant):
    page, watch = open_page(width=NARROW)
    for question in ("Vergleich bitte", "Mit Sprachmodell bitte", "böse bitte"):
        ask(page, question)
    assistant.go_on.clear()
    page.get_by_label("Ihre Frage").fill("langsam bitte")
    page.keyboard.press("Enter")
    expect(page.locator(".antwort.laeuft")).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name="Stopp").click()
    expect(page.locator("p.angehalten")).to_be_visible()
    assistant.go_on.set()
    assert violations(page) == []
    assert watch.errors == []


def test_waiting_for_the_model_and_doing_without_it_are_accessible(open_page):
    go = threading.Event()

    def load():
        go.wait(120)
        raise OSError("weg")

    with serve(load, wait_until_ready=False) as url:
        page, _ = open_page(url=url, width=NARROW)
        expect(page.locator(".banner.laedt")).to_be_visible()
        assert_sound(page)
        go.set()
        expect(page.locator(".banner.fehler")).to_be_visible()
        assert_sound(page)


def test_logging_in_is_accessible(open_page, tmp_path):
    UserFile(tmp_path).add("lena", "drei zufällige Wörter", "reader")
    with serve(ScriptedAssistant, Settings(data=tmp_path)) as url:
        page, _ = open_page(url=url, ready="#passwort", width=NARROW)
        page.get_by_label("Name").fill("lena")
        page.get_by_label("Passwort").fill("falsch")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert_sound(page)
        page.get_by_label("Passwort").fill("drei zufällige Wörter")
        page.get_by_role("button", name="Anmelden").click()
        expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
        assert violations(page) == []

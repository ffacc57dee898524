"""Several people ask at once: each sees how many wait before, in turn, and can leave."""

import pytest
from live_server import serve
from playwright.sync_api import expect
from scripted_assistant import ScriptedAssistant

from corpus.settings import Settings

expect.set_options(timeout=60_000)
SECRET = "geheimnis-des-proxys-fuer-die-tests"


@pytest.fixture
def slow():
    return ScriptedAssistant()


@pytest.fixture
def people(open_page, slow, monkeypatch):
    """Open the page as somebody, on a server that answers one question at a time."""
    monkeypatch.setattr("assistant.page.server.CONCURRENCY", 1)
    with serve(lambda: slow, Settings(proxy_secret=SECRET)) as url:

        def come(name):
            headers = {"X-Bildungslotse-Secret": SECRET, "X-Remote-User": name}
            page, _ = open_page(url=url, headers=headers)
            return page

        yield come
        slow.go_on.set()


def ask(page, question):
    page.get_by_label("Ihre Frage").fill(question)
    page.keyboard.press("Enter")


def test_people_see_how_many_wait_and_take_turns(people, slow):
    first, second, busy, other = (people(name) for name in ("anna", "berta", "berta", "carla"))
    ask(first, "langsam eins")
    expect(first.locator(".antwort.laeuft")).to_be_visible()
    ask(second, "zwei")
    expect(second.locator(".fortschritt")).to_contain_text("Ihre Frage ist die nächste")
    ask(busy, "drei")
    expect(busy.locator(".fortschritt")).to_contain_text("Zuerst werden Ihre anderen Fragen")
    ask(other, "vier")
    expect(other.locator(".fortschritt")).to_contain_text("Vor Ihnen wartet eine Person.")
    expect(other.locator("#sprecher")).to_contain_text("Vor Ihnen wartet eine Person.")

    second.get_by_role("button", name="Stopp").click()  # frees the place for her other question
    expect(second.locator(".angehalten")).to_be_visible()
    expect(busy.locator(".fortschritt")).to_contain_text("Ihre Frage ist die nächste")
    slow.go_on.set()
    for page in (first, busy, other):
        expect(page.locator(".fuss")).to_be_visible()
    assert [question for question, _ in slow.asked] == ["langsam eins", "drei", "vier"]


def test_who_closes_the_page_waits_no_longer(people, slow):
    first, gone, other = (people(name) for name in ("anna", "berta", "carla"))
    ask(first, "langsam eins")
    expect(first.locator(".antwort.laeuft")).to_be_visible()
    ask(gone, "zwei")
    expect(gone.locator(".fortschritt")).to_contain_text("die nächste")
    ask(other, "drei")
    expect(other.locator(".fortschritt")).to_contain_text("Vor Ihnen wartet eine Person.")
    gone.close()
    expect(other.locator(".fortschritt")).to_contain_text("Ihre Frage ist die nächste")
    slow.go_on.set()
    expect(other.locator(".fuss")).to_be_visible()
    assert [question for question, _ in slow.asked] == ["langsam eins", "drei"]


def test_an_answer_that_takes_too_long_ends_with_a_next_step(open_page, slow):
    with serve(lambda: slow, Settings(request_seconds=1)) as url:
        page, _ = open_page(url=url)
        ask(page, "langsam eins")
        expect(page.get_by_role("alert")).to_contain_text("Bitte später wiederholen")
        expect(page.get_by_label("Ihre Frage")).to_have_value("langsam eins")
        expect(page.locator("p.angehalten")).to_be_visible()  # what is there stays
        expect(page.get_by_role("button", name="Senden")).to_be_visible()
        slow.go_on.set()


def test_who_asks_too_often_is_told_how_long_to_wait(open_page):
    often = Settings(proxy_secret=SECRET, questions_per_minute=1)
    headers = {"X-Bildungslotse-Secret": SECRET, "X-Remote-User": "anna"}
    with serve(ScriptedAssistant, often) as url:
        page, _ = open_page(url=url, headers=headers)
        ask(page, "eins")
        expect(page.locator(".fuss")).to_be_visible()
        ask(page, "zwei")
        toast = page.locator(".toast-message-text")
        expect(toast).to_contain_text("Das waren zu viele Fragen in kurzer Zeit. Bitte")
        expect(page.get_by_label("Ihre Frage")).to_have_value("zwei")

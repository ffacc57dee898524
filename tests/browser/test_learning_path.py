"""A new colleague on the path: reading, testing oneself, asking, looking words up."""

import json

import pytest
from live_server import serve
from playwright.sync_api import expect
from sample_library import library_assistant
from test_accessibility import violations

PAGES = ("/einstieg", "/einstieg/dkbm", "/einstieg/luecken", "/einstieg/alle", "/einstieg/glossar")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    assistant = library_assistant(tmp_path_factory.mktemp("einstieg"))
    with serve(lambda: assistant) as url:
        yield url


@pytest.fixture
def visit(open_page, address):
    def open_path(path="/einstieg", **values):
        return open_page(url=f"{address}{path}", ready="h1", **values)

    return open_path


def test_the_path_is_walked_by_keyboard_and_remembered_in_this_browser_only(visit, address):
    page, watch = visit()
    expect(page.locator("#fortschritt")).to_have_text("0 von 12 Stationen abgeschlossen")
    page.get_by_role("link", name="DKBM und Bildungsmonitoring").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("DKBM und Bildungsmonitoring")

    page.get_by_role("button", name="Prüfen").press("Enter")
    expect(page.locator(".urteil")).to_have_text("Bitte zuerst eine Antwort wählen.")
    page.get_by_label("Aufgabe des Landes").press("Space")
    page.get_by_role("button", name="Prüfen").press("Enter")
    expect(page.locator(".urteil")).to_have_text("Das stimmt nicht.")
    page.get_by_label("freiwillige Aufgabe").press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".urteil")).to_have_text("Richtig.")
    expect(page.locator(".loesung blockquote")).to_contain_text("freiwillige Aufgabe der Kommune")

    page.get_by_role("button", name="Station abschließen").press("Enter")
    expect(page.locator(".blaettern a[rel=next]")).to_be_focused()
    page.goto(f"{address}/einstieg")
    expect(page.locator("#fortschritt")).to_have_text("1 von 12 Stationen abgeschlossen")
    expect(page.locator("[data-station=dkbm]")).to_contain_text("abgeschlossen")
    assert json.loads(page.evaluate("localStorage.getItem('einstieg')")) == ["dkbm"]
    page.get_by_role("button", name="Fortschritt löschen").press("Enter")
    expect(page.locator("#fortschritt")).to_have_text("0 von 12 Stationen abgeschlossen")
    assert watch.errors == []
    assert watch.foreign(address) == []


def test_every_quote_leads_to_its_source(visit):
    page, _ = visit("/einstieg/dkbm")
    quote = page.locator(".zitat").first
    text = quote.locator("blockquote").inner_text()
    quote.get_by_role("link").click()
    expect(page.locator("mark").first).to_contain_text(text.split(". ")[0])


def test_what_is_missing_is_said(visit):
    page, _ = visit("/einstieg/dkbm")
    expect(page.get_by_text("Das steht nicht in den Unterlagen.").first).to_be_visible()


def test_a_question_to_try_stands_in_the_field_and_is_not_sent(visit):
    page, _ = visit("/einstieg/dkbm")
    page.get_by_role("link", name="Im Gespräch fragen").click()
    expect(page.get_by_label("Ihre Frage")).to_have_value(
        "Aus welchen Bausteinen besteht das DKBM?"
    )
    expect(page.locator(".runde")).to_have_count(0)


def test_a_word_is_explained_by_pointing_focus_and_tap_and_goes_with_escape(visit):
    page, _ = visit("/einstieg/dkbm")
    box, word = page.get_by_role("tooltip"), page.locator(".begriff").first
    word.hover()
    expect(box).to_contain_text("DKBM steht für datenbasiertes kommunales Bildungsmanagement.")
    box.hover()  # the pointer may go onto the box
    page.wait_for_timeout(500)  # longer than the pointer may take: it has to stay
    expect(box).to_be_visible()
    page.mouse.move(5, 5)
    expect(box).to_be_hidden()

    word.hover()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")  # without moving the pointer
    expect(box).to_be_hidden()

    word.focus()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    assert word.evaluate(
        "(word) => document.getElementById(word.getAttribute('aria-describedby')).textContent"
    ).startswith("DKBM steht für")


def test_marking_words_changes_neither_the_quote_nor_what_is_copied(visit):
    page, _ = visit("/einstieg/dkbm")
    page.locator(".begriff").first.wait_for()
    plain = page.evaluate(
        """async () => { const text = await (await fetch(location.href)).text();
            const fresh = new DOMParser().parseFromString(text, 'text/html');
            return [...fresh.querySelectorAll('blockquote')].map((one) => one.textContent); }"""
    )
    assert (
        page.locator("blockquote").evaluate_all("(all) => all.map((o) => o.textContent)") == plain
    )
    selected = page.evaluate(
        """() => { getSelection().selectAllChildren(document.querySelector('blockquote'));
            return getSelection().toString(); }"""
    )
    assert " ".join(selected.split()) == " ".join(plain[0].split())


def test_words_are_explained_in_answers_too(visit, ask):
    page, watch = visit("/")
    ask(page, "Was ist DKBM?")
    word = page.locator(".antwort .begriff").first
    expect(word).to_have_text("DKBM")
    ask(page, "Was ist Bildungsmonitoring?")
    expect(page.locator("#runde-2 .begriff").first).to_be_visible()
    expect(page.locator("#runde-1 .begriff").first).to_be_visible()
    word.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("DKBM steht für")
    assert watch.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_every_page_is_accessible_and_fits(visit, address, scheme, width):
    page, watch = visit(scheme=scheme, width=width)
    for path in PAGES:
        page.goto(f"{address}{path}")
        if path == "/einstieg/dkbm":
            page.locator(".begriff").first.focus()
            expect(page.get_by_role("tooltip")).to_be_visible()
        assert violations(page) == [], path
        assert not page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert watch.errors == []


def test_the_path_speaks_english_around_german_quotes(visit):
    page, _ = visit("/einstieg/dkbm?sprache=en")
    expect(page.get_by_role("button", name="Complete this station")).to_be_visible()
    expect(page.locator("blockquote").first).to_have_attribute("lang", "de")


def test_an_unknown_station_is_said_to_be_missing(visit):
    page, _ = visit("/einstieg/unbekannt")
    expect(page.get_by_text("Diese Seite gibt es nicht.")).to_be_visible()

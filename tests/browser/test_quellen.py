"""An advisor at the desk: search, narrow down, open, collect, put in order."""

import json
from datetime import date

import pytest
from hashing_embedder import HashingEmbedder
from live_server import serve
from playwright.sync_api import expect
from sample_passages import PASSAGES, RATE, build, passage
from scripted_assistant import HOSTILE, ScriptedAssistant
from test_accessibility import violations

from assistant.dialogue import Assistant
from corpus.documents import Source

FURTHER = [
    passage(f"Der Lesezirkel {n} trifft sich im Rathaus.", f"kreis{n}", source=source)
    for n, source in enumerate(
        [
            Source(
                kind="Meldung", lands=("Hessen",), themes=("Lesen",), valid_until=date(2020, 1, 1)
            ),
            Source(kind="Meldung", lands=("Bayern", "Hessen"), publisher=HOSTILE),
            *[Source(kind="Aufruf")] * 12,
        ]
    )
]
WIDTHS = [320, 768, 1440]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quellen")
    long = "Lesezirkelteilnahmebescheinigung" * 2
    hostile = passage(f"Lesezirkel: {HOSTILE} {long}", "boese", title=HOSTILE, heading=(HOSTILE,))
    build(folder, HashingEmbedder(), [*PASSAGES, *FURTHER, hostile])
    return folder


@pytest.fixture(scope="module")
def address(data):
    with serve(lambda: Assistant(data, HashingEmbedder())) as url:
        yield url


@pytest.fixture
def desk(open_page, address):
    def open_desk(path="/quellen", **values):
        page, watch = open_page(url=f"{address}{path}", ready="h1", **values)
        return page, watch

    return open_desk


def collect(page, address, count=2, word="Lesezirkel"):
    page.goto(f"{address}/quellen?q={word}")
    for _ in range(count):
        page.get_by_role("button", name="Merken").first.click()


def kept(page):
    return json.loads(page.evaluate("localStorage.getItem('merkliste') ?? '[]'"))


def test_a_search_is_typed_read_and_narrowed_down_with_the_keyboard(desk):
    page, watch = desk()
    page.get_by_role("searchbox", name="In den Dokumenten suchen").focus()
    page.keyboard.type("Lesezirkel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="15 Fundstellen in 15 Dokumenten")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("Lesezirkel")
    page.get_by_role("link", name="Hessen 2").press("Enter")
    found = page.get_by_role("heading", name="2 Fundstellen in 2 Dokumenten")
    expect(found).to_be_focused()
    page.get_by_label("Gültig am").fill("2024-05-01")
    page.get_by_role("button", name="Anwenden").press("Enter")
    expect(page.get_by_role("heading", name="1 Fundstelle in 1 Dokument")).to_be_visible()
    page.get_by_role("link", name="gültig am 01.05.2024 aufheben").press("Enter")
    expect(found).to_be_focused()
    page.get_by_role("link", name="Alle Eingrenzungen aufheben").press("Enter")
    expect(page.get_by_role("heading", name="15 Fundstellen")).to_be_focused()
    assert watch.errors == []


def test_the_desk_works_without_script(chromium, address):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(f"{address}/quellen")
    page.get_by_label("In den Dokumenten suchen").fill("Förderquote")
    page.get_by_role("button", name="Suchen").click()
    expect(page.locator("mark")).to_have_text(["Förderquote"])
    expect(page.get_by_role("button", name="Merken")).to_have_count(0)
    page.get_by_role("link", name="Leitfaden Lesebrücke", exact=True).click()
    expect(page.get_by_text("Seiten ohne Text")).to_be_visible()
    context.close()


def test_a_find_opens_where_it_stands(desk):
    page, _ = desk("/quellen?q=Förderquote")
    page.get_by_role("link", name="Im Zusammenhang").click()
    expect(page.locator("mark").first).to_have_text(RATE[: RATE.index(" Der")])


def test_pages_of_a_list_lead_to_its_beginning(desk):
    page, _ = desk("/quellen?q=Lesezirkel")
    page.get_by_role("link", name="Weiter").click()
    expect(page.get_by_text("Seite 2 von 2")).to_be_visible()
    expect(page.locator("#treffer")).to_be_focused()
    expect(page.locator(".karte")).to_have_count(5)


def test_finds_are_collected_noted_ordered_and_removed(desk, address):
    page, watch = desk()
    collect(page, address)
    pressed = page.get_by_role("button", name="Gemerkt")
    expect(pressed).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text(
        "Auf die Merkliste gesetzt. Sie enthält jetzt 2."
    )
    page.get_by_role("link", name="Merkliste 2").click()
    quotes = page.locator("blockquote")
    expect(quotes).to_have_count(2)
    first, second = quotes.all_inner_texts()
    page.get_by_label("Notiz").first.fill("für den Vermerk")
    page.get_by_role("button", name="Nach unten Stelle 1").press("Enter")
    expect(quotes).to_have_text([second, first])
    expect(page.get_by_role("status")).to_have_text("Jetzt an Stelle 2 von 2.")
    expect(page.get_by_role("button", name="Nach oben Stelle 1")).to_be_focused()
    page.reload()
    expect(quotes).to_have_text([second, first])
    expect(page.get_by_label("Notiz").nth(1)).to_have_value("für den Vermerk")
    assert {frozenset(one) for one in kept(page)} == {
        frozenset({"passage", "start", "end", "proof", "note"})
    }
    page.get_by_role("button", name="Entfernen Stelle 1").press("Enter")
    expect(quotes).to_have_text([first])
    expect(page.get_by_role("button", name="Entfernen")).to_be_focused()
    page.get_by_role("button", name="Entfernen").press("Enter")
    expect(page.get_by_role("heading", name="Noch nichts gemerkt")).to_be_visible()
    assert kept(page) == []
    assert watch.errors == []
    assert watch.foreign(address) == []


def test_all_that_is_collected_is_copied_with_its_source(desk, address):
    page, _ = desk()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    collect(page, address, 1)
    page.goto(f"{address}/merkliste")
    page.get_by_label("Notiz").fill("prüfen")
    quote = page.locator("blockquote").inner_text()
    page.get_by_role("button", name="Alle kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == f"„{quote}“"
    assert copied[1].startswith("(")
    assert copied[2] == "prüfen"


def test_what_is_no_longer_provable_is_said_and_can_be_removed(desk, address):
    page, _ = desk()
    collect(page, address, 1)
    (entry,) = kept(page)
    changed = [{**entry, "proof": "0" * 16}, {**entry, "passage": "fort:1:1"}]
    page.evaluate("(value) => localStorage.setItem('merkliste', value)", json.dumps(changed))
    page.goto(f"{address}/merkliste")
    expect(page.get_by_text("nicht mehr nachweisen")).to_have_count(2)
    assert page.locator("blockquote").count() == 0
    page.get_by_role("button", name="Entfernen").first.click()
    expect(page.get_by_text("nicht mehr nachweisen")).to_have_count(1)


@pytest.mark.parametrize("value", ["{", "3", '[1, null, {"passage": 7}]'])
def test_a_damaged_merkliste_is_an_empty_one(desk, address, value):
    page, watch = desk()
    page.evaluate("(value) => localStorage.setItem('merkliste', value)", value)
    page.goto(f"{address}/merkliste")
    expect(page.get_by_role("heading", name="Noch nichts gemerkt")).to_be_visible()
    assert watch.errors == []


def test_nothing_that_a_document_says_runs_or_is_fetched(desk, address):
    page, watch = desk("/quellen?q=Lesezirkel&seite=2")
    for path in ("/quellen?seite=2", "/quellen?q=script", "/quellen/dokument/boese?q=Lesezirkel"):
        page.goto(f"{address}{path}")
    collect(page, address, 1, word="script")
    page.goto(f"{address}/merkliste")
    page.locator("blockquote").first.wait_for()
    assert watch.foreign(address) == []
    assert watch.dialogs == []
    assert watch.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_state_is_accessible(desk, address, scheme, width):
    page, _ = desk(width=width, scheme=scheme)
    small = """() => [...document.querySelectorAll('main :is(button, summary, input, .facette a)')]
        .filter((item) => item.checkVisibility())
        .map((item) => [item.className || item.name, item.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    collect(page, address)
    for path in (
        "/quellen",
        "/quellen?q=Lesezirkel&land=Hessen&am=2019-01-01",
        "/quellen?q=Teilchenbeschleuniger&format=PDF",
        "/quellen/dokument/leitfaden?q=Förderquote",
        "/quellen/dokument/boese",
        "/quellen/dokument/fort",
        "/merkliste",
    ):
        page.goto(f"{address}{path}")
        if path == "/merkliste":
            page.locator("blockquote").first.wait_for()
        for fold in page.locator("details:not([open]) > summary").all():
            fold.click()
        assert violations(page) == [], path
        assert page.evaluate(small) == [], path
        assert not page.evaluate(
            "() => document.documentElement.scrollWidth > window.innerWidth"
        ), path


def test_every_stop_of_the_tab_key_is_seen(desk):
    page, _ = desk("/quellen?q=Lesezirkel")
    for _step in range(30):  # fewer than there are stops
        page.keyboard.press("Tab")
        style, width = page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
              return [style.outlineStyle, parseFloat(style.outlineWidth)]; }"""
        )
        assert style == "solid", page.evaluate("document.activeElement.outerHTML")
        assert width >= 2


def test_what_is_printed_is_the_finds(desk):
    page, _ = desk("/quellen?q=Förderquote")
    page.emulate_media(media="print")
    expect(page.locator("mark").first).to_be_visible()
    for unwanted in (".suche", ".eingrenzen", ".reiter", ".handlungen"):
        expect(page.locator(unwanted).first).to_be_hidden()


def test_a_source_of_an_answer_is_collected_in_the_conversation(open_page, ask):
    with serve(ScriptedAssistant) as url:
        page, watch = open_page(url=url)
        ask(page, "Wer ist antragsberechtigt?")
        page.get_by_role("button", name="Merken Beleg 2").press("Enter")
        pressed = page.get_by_role("button", name="Gemerkt Beleg 2")
        expect(pressed).to_be_focused()
        expect(pressed).to_have_attribute("aria-pressed", "true")
        ask(page, "Und wer in Hessen?")
        expect(page.get_by_role("button", name="Gemerkt Beleg 2")).to_have_count(1)
        assert violations(page) == []
        page.get_by_role("link", name="Quellen", exact=True).click()
        page.get_by_role("link", name="Merkliste 1").click()
        expect(page.locator("blockquote")).to_contain_text("Die Förderung umfasst drei Module")
        assert watch.errors == []

"""A person asks, reads, opens a source and goes on, with mouse and with keyboard."""

import threading

import pytest
from live_server import serve
from playwright.sync_api import expect
from scripted_assistant import (
    AFTER,
    BEFORE,
    HOSTILE,
    MODULES,
    OLD_QUOTE,
    QUOTE,
    ScriptedAssistant,
)

from corpus.progress import LatestProgress, Stage

expect.set_options(timeout=60_000)


def test_question_by_keyboard_leads_to_the_highlighted_quote(open_page, ask):
    page, watch = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    chip = page.get_by_role("button", name="Beleg 1 anzeigen").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#quelle mark")).to_have_text(QUOTE)
    expect(page.locator("#quelle-titel")).to_be_focused()
    panel = page.get_by_role("complementary", name="Förderrichtlinie „Bildungskommunen“")
    for text in (
        "S. 12 (PDF-Seite 14)",
        "2 Gegenstand der Förderung › 2.1 Zuwendungsempfänger",
        "18.01.2022",
        "gilt seit 18.01.2022",
        "Bundesministerium für Bildung und Forschung",
        "richtlinie.pdf",
    ):
        expect(panel.get_by_text(text, exact=True)).to_be_visible()
    link = panel.get_by_role("link", name="Amtliche Quelle öffnen")
    assert link.get_attribute("href") == "https://www.bmbf.de/bekanntmachung.html"
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chip).to_be_focused()
    assert watch.errors == []


def test_a_quoted_list_keeps_its_lines_and_its_surroundings_open(open_page, ask):
    page, _ = open_page()
    ask(page, "Welche Module gibt es?")
    page.locator("button.beleg").nth(1).click()
    mark = page.locator("#quelle mark")
    expect(mark).to_be_visible()
    assert mark.inner_text() == MODULES
    page.get_by_text("Mehr Umgebung: Text davor").click()
    expect(page.get_by_text(BEFORE)).to_be_visible()
    page.get_by_text("Mehr Umgebung: Text danach").click()
    expect(page.get_by_text(AFTER)).to_be_visible()


def test_what_opens_the_page_covers_no_answer_when_it_arrives_late(chromium, ask, address):
    context = chromium.new_context(locale="de-DE")
    context.set_default_timeout(60_000)
    page, held = context.new_page(), []

    def hold(route):
        held.append((route, route.fetch()))

    page.route("**/gradio_api/run/predict", hold, times=1)
    page.goto(address)
    ask(page, "Welche Module gibt es?")
    chips = page.locator("button.beleg").count()
    ((route, response),) = held
    with page.expect_response("**/gradio_api/run/predict") as arrived:
        route.fulfill(response=response)
    arrived.value.finished()
    page.evaluate("() => new Promise((done) => setTimeout(done, 500))")  # for Gradio to show it
    assert chips > 1
    assert page.locator("button.beleg").count() == chips
    expect(page.get_by_label("Ihre Frage")).to_be_visible()
    assert page.locator("#willkommen").inner_text() == ""
    context.close()


def test_a_source_that_no_longer_holds_is_marked(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    expect(page.locator(".notiz.superseded")).to_be_visible()
    third = page.locator("button.quelle").nth(2)
    expect(third).to_contain_text("nicht mehr gültig")
    third.click()
    expect(page.locator("#quelle mark")).to_have_text(OLD_QUOTE)
    expect(page.locator("#quelle .abgelaufen")).to_contain_text("galt bis 31.12.2022")


def test_refusal_and_partial_answer_look_different(open_page, ask):
    page, _ = open_page()
    ask(page, "Wie wird das Wetter?")
    expect(page.get_by_role("heading", name="Das steht nicht in den Unterlagen")).to_be_visible()
    expect(page.locator(".antwort.refused")).to_be_visible()
    assert page.locator("button.beleg").count() == 0
    ask(page, "Und in Hessen?")
    partial = page.locator(".antwort.partial")
    expect(partial.get_by_role("heading", level=3)).to_have_text(
        "Dazu steht in den Unterlagen nur Folgendes"
    )
    expect(partial).to_contain_text("Ort: Landkreis Gießen, Hessen")
    expect(partial).to_contain_text("Verstanden als: Wer darf in Hessen einen Antrag stellen?")


def test_hostile_documents_stay_text(open_page, ask, address):
    page, watch = open_page()
    ask(page, "böse")
    page.locator("button.beleg").click()
    mark = page.locator("#quelle mark")
    expect(mark).to_be_visible()
    assert mark.text_content() == HOSTILE
    assert "<script>alert('s')</script>" in page.locator(".antwort .text").inner_text()
    for region in ("#verlauf", "#quelle"):
        for tag in ("script", "img", "form", "input", "svg", "a[href*=javascript]"):
            assert page.locator(f"{region} {tag}:not(.umgang *)").count() == 0, (region, tag)
    assert page.locator("#quelle .amtlich").count() == 0
    assert watch.dialogs == []
    assert watch.foreign(address) == []


def test_generated_words_are_marked_for_people_and_programs(open_page, ask):
    page, watch = open_page()
    ask(page, "Was sagt das Sprachmodell?")
    written = page.locator(".erzeugt[data-ai-generated=true]")
    expect(written).to_contain_text("KI-generiert von probe-4b am 24.11.2026, 05:10 Uhr")
    expect(written.locator(".unbelegt")).to_have_text("nicht belegt: Das lohnt sich.")
    expect(written).not_to_contain_text(QUOTE)
    expect(page.get_by_role("heading", name="Wörtlich aus den Unterlagen")).to_be_visible()
    written.locator("button.beleg").click()
    expect(page.locator("#quelle mark")).to_have_text(QUOTE)
    assert watch.errors == []


def test_no_request_leaves_for_another_host(open_page, ask, address):
    page, watch = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    page.locator("button.beleg").first.click()
    expect(page.locator("#quelle mark")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    assert len(watch.requests) > 5
    assert watch.foreign(address) == []


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("Fehler bitte", "Der Index ist leer. bildungslotse ingest hilft."),
        ("Absturz bitte", "Bei der Antwort ist ein Fehler aufgetreten."),
    ],
    ids=["user-facing error", "defect"],
)
def test_an_error_gives_the_question_back_with_a_hint(open_page, question, message):
    page, _ = open_page()
    page.get_by_label("Ihre Frage").fill(question)
    page.get_by_role("button", name="Senden").click()
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.get_by_label("Ihre Frage")).to_have_value(question)
    assert "geheimes Detail" not in page.content()
    assert page.locator(".runde").count() == 0


@pytest.mark.parametrize(
    ("question", "message"),
    [("   ", "Bitte geben Sie eine Frage ein."), ("x" * 2001, "Die Frage hat 2.001 Zeichen")],
    ids=["empty", "too long"],
)
def test_a_question_that_cannot_be_asked_is_explained(open_page, question, message):
    page, _ = open_page()
    page.get_by_label("Ihre Frage").fill(question)
    page.get_by_role("button", name="Senden").click()
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.get_by_label("Ihre Frage")).to_have_value(question)


def test_shift_enter_starts_a_line_and_the_counter_warns(open_page):
    page, _ = open_page()
    field = page.get_by_label("Ihre Frage")
    field.fill("erste")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("zweite")
    expect(field).to_have_value("erste\nzweite")
    assert page.locator(".runde").count() == 0
    field.fill("x" * 2001)
    expect(page.locator("#zaehler")).to_have_text("2.001 von 2.000 Zeichen")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_example_retry_and_clear(open_page, assistant):
    page, _ = open_page()
    page.get_by_role("button", name="Welche Module hat das Programm Bildungskommunen?").click()
    expect(page.locator(".fuss")).to_have_count(1)
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "Frage: Welche Module hat das Programm Bildungskommunen?"
    )
    expect(page.get_by_label("Ihre Frage")).to_be_focused()
    asked = len(assistant.asked)
    page.get_by_role("button", name="Wiederholen").click()
    expect(page.locator("#runde-2 .fuss")).to_be_visible()
    assert page.locator(".runde").count() == 1
    assert assistant.asked[asked:] == [("Welche Module hat das Programm Bildungskommunen?", ())]
    page.get_by_role("button", name="Verlauf löschen").click()
    expect(page.get_by_role("heading", name="Was möchten Sie wissen?")).to_be_visible()
    assert page.locator(".runde").count() == 0


def test_follow_up_carries_the_conversation(open_page, ask, assistant):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    ask(page, "Und in Hessen?")
    question, history = assistant.asked[-1]
    assert question == "Und in Hessen?"
    assert [(message.role, message.text[:12]) for message in history] == [
        ("user", "Wer ist antr"),
        ("assistant", "„Antragsbere"),
    ]


def test_a_comparison_is_a_table_whose_cells_lead_to_their_source(open_page, ask):
    page, watch = open_page()
    ask(page, "Bitte einen Vergleich der Programme")
    table = page.get_by_role("table", name="Vergleich")
    row = table.get_by_role("row", name="Dauer")
    expect(row.get_by_role("cell", name="nicht angegeben")).to_be_visible()
    row.get_by_role("button", name="Beleg 3 anzeigen").click()
    expect(page.locator("#quelle mark")).to_have_text(OLD_QUOTE)
    assert watch.errors == []


def test_understood_question_can_be_changed_and_asked_again(open_page, ask, assistant):
    page, _ = open_page()
    ask(page, "Und in Hessen?")
    page.get_by_role("button", name="Frage ändern").press("Enter")
    field = page.get_by_label("Ihre Frage")
    expect(field).to_be_focused()
    expect(field).to_have_value("Wer darf in Hessen einen Antrag stellen?")
    field.fill("Wer darf in Bayern einen Antrag stellen?")
    page.keyboard.press("Enter")
    expect(page.locator(".runde").nth(1).locator(".antwort.answered")).to_be_visible()
    assert assistant.asked[-1][0] == "Wer darf in Bayern einen Antrag stellen?"


def test_stop_keeps_what_is_there_and_a_late_answer_changes_nothing(open_page, ask, assistant):
    page, _ = open_page()
    assistant.go_on.clear()
    page.get_by_label("Ihre Frage").fill("langsam bitte")
    page.keyboard.press("Enter")
    expect(page.locator(".antwort.laeuft .text")).to_contain_text("Antragsberechtigt")
    page.get_by_role("button", name="Stopp").click()
    expect(page.locator("p.angehalten")).to_be_visible()
    expect(page.get_by_role("button", name="Senden")).to_be_visible()
    assistant.go_on.set()
    ask(page, "Wie wird das Wetter?")
    expect(page.locator("p.angehalten")).to_be_visible()
    assert page.locator(".runde").count() == 2


def test_the_browser_keeps_nothing_of_a_conversation(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    kept = page.evaluate(
        "async () => [{...localStorage}, {...sessionStorage}, await indexedDB.databases()]"
    )
    assert kept == [{}, {}, []]
    assert page.context.cookies() == []


def test_copied_text_has_the_sources(open_page, ask):
    page, _ = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Wer ist antragsberechtigt?")
    page.get_by_role("button", name="Antwort mit Belegen kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"„{QUOTE}“ [1]" in copied
    assert "[1] Förderrichtlinie „Bildungskommunen“, S. 12 (PDF-Seite 14)" in copied
    assert "https://www.bmbf.de/bekanntmachung.html" in copied
    assert "KI-System" in copied


def test_each_answer_is_announced_once(open_page, ask):
    page, _ = open_page()
    page.evaluate(
        """() => { const live = document.querySelector('#sprecher'); window.said = [];
            new MutationObserver(() => window.said.push(live.textContent)).observe(
                live, { childList: true, characterData: true, subtree: true }); }"""
    )
    ask(page, "Wer ist antragsberechtigt?")
    expect(page.locator("#sprecher")).to_contain_text("3 Belege.")
    said = page.evaluate("window.said")
    assert sum("Belege." in text for text in said) == 1
    assert len(said) <= 2  # "wird durchsucht" and the answer
    # What becomes of feedback is said beside its buttons, once it is given.
    live = page.locator(":is([role=status], [role=log], [aria-live]):not(.urteil-stand)")
    assert live.count() == 1


def test_english_interface(open_page, ask):
    page, _ = open_page()
    ask(page, "Wie wird das Wetter?")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="The documents do not say this")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_label("Your question").fill("Who may apply?")
    page.keyboard.press("Enter")
    expect(page.locator("#runde-2 .fuss")).to_be_visible()
    page.locator("#runde-2 button.beleg").first.click()
    expect(page.locator("#quelle")).to_contain_text("in force since 18 January 2022")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_label("Ihre Frage")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"


def test_page_is_there_while_the_model_loads(open_page):
    go = threading.Event()

    def load():
        go.wait(120)
        return ScriptedAssistant()

    progress = LatestProgress()
    Stage("Dokumente einlesen", "Dokumente", 56, progress).reach(12)
    with serve(load, progress=progress, wait_until_ready=False) as url:
        page, _ = open_page(url=url)
        expect(page.locator(".banner")).to_contain_text("Modell wird geladen")
        expect(page.locator(".schritt")).to_have_text("Dokumente einlesen: 12 von 56")
        page.get_by_label("Ihre Frage").fill("Wer ist antragsberechtigt?")
        page.keyboard.press("Enter")
        expect(page.locator(".fortschritt")).to_contain_text("Das Modell wird noch geladen")
        go.set()
        expect(page.locator(".fuss")).to_be_visible()
        expect(page.locator(".banner")).to_have_count(0)


def test_a_model_that_cannot_be_loaded_is_reported(open_page):
    def load():
        raise OSError("geheimer Pfad")

    with serve(load) as url:
        page, _ = open_page(url=url)
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("Das Modell konnte nicht geladen werden.")
        assert "geheimer Pfad" not in page.content()


def test_too_many_questions_are_turned_away_in_german(open_page, monkeypatch):
    monkeypatch.setattr("assistant.page.server.MAX_WAITING", 1)
    monkeypatch.setattr("assistant.page.server.CONCURRENCY", 1)
    slow = ScriptedAssistant()
    with serve(lambda: slow) as url:
        pages = [open_page(url=url)[0] for _ in range(3)]
        for page, shown in zip(pages, (".laeuft", ".sucht", "[role=alert]"), strict=True):
            page.get_by_label("Ihre Frage").fill("langsam eins")
            page.keyboard.press("Enter")
            expect(page.locator(shown)).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("Es warten gerade zu viele Fragen.")
        expect(page.get_by_label("Ihre Frage")).to_have_value("langsam eins")
        slow.go_on.set()

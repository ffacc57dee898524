"""What WCAG 2.2 AA asks for and a machine can see: axe, order, focus, names, reflow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def violations(page):
    report = Axe().run(page, options=RULES).response
    assert len(report["passes"]) > 15  # the rules really ran
    found = report["violations"]
    return [(item["id"], [node["html"][:160] for node in item["nodes"]]) for item in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_axe_finds_nothing(open_page, ask, scheme, width):
    page, _ = open_page(scheme=scheme, width=width)
    assert violations(page) == []
    ask(page, "Wer ist antragsberechtigt?")
    page.locator("button.beleg").first.click()
    expect(page.locator("#quelle mark")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    ask(page, "Wie wird das Wetter?")
    ask(page, "Und in Hessen?")
    page.get_by_label("Ihre Frage").fill("Fehler bitte")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Dokumente wählen").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/stelle/richtlinie:14:1?von=0&bis=67", "Förderrichtlinie „Bildungskommunen“"),
        ("/stelle/integriert:3:0", "Richtlinie „Bildung integriert“"),
        ("/stelle/0123456789ab:1:0", "Dieses Dokument wurde entfernt"),
        ("/barrierefreiheit", "Erklärung zur Barrierefreiheit"),
        ("/barrierefreiheit?sprache=en", "Accessibility statement"),
        ("/seite/fehlt", "Das hat nicht geklappt"),
    ],
)
def test_axe_finds_nothing_on_the_other_pages(open_page, address, scheme, path, heading):
    page, watch = open_page(scheme=scheme, width=320)
    page.goto(address + path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    for width in (768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
    assert watch.foreign(address) == []


def test_a_growing_answer_is_busy_and_said_once_at_its_end(open_page, assistant):
    page, _ = open_page()
    assistant.go_on.clear()
    page.get_by_label("Ihre Frage").fill("langsam bitte")
    page.keyboard.press("Enter")
    answer = page.locator("#verlauf")
    expect(page.locator(".antwort.laeuft")).to_be_visible()
    expect(answer).to_have_attribute("aria-busy", "true")
    assert "Belege" not in page.locator("#sprecher").text_content()
    assistant.go_on.set()
    expect(page.locator("#sprecher")).to_contain_text("3 Belege.")
    expect(answer).to_have_attribute("aria-busy", "false")


def test_the_whole_job_is_done_without_a_mouse(open_page, assistant, address):
    page, watch = open_page()
    press = page.keyboard.press

    def tab_to(name, role="button"):
        for _step in range(60):
            press("Tab")
            one = page.locator("*:focus")
            if one.count() and one.evaluate("(item) => item.textContent").strip().startswith(name):
                return one
        raise AssertionError(f"the Tab key does not reach {name}")

    press("Tab")
    press("Enter")  # the skip link
    page.keyboard.type("Wer ist antragsberechtigt?")
    press("Enter")
    page.locator(".fuss").wait_for()
    page.locator("button.beleg").first.focus()
    press("Enter")
    expect(page.locator("#quelle-titel")).to_be_focused()
    tab_to("›")
    press("Enter")
    expect(page.locator(".blatt-ort")).to_have_text("PDF-Seite 15 von 20")
    tab_to("+")
    press("Enter")
    expect(page.locator(".blatt-groesse")).to_contain_text("150 %")
    press("Escape")
    expect(page.locator("button.beleg").first).to_be_focused()
    tab_to("Antwort mit Belegen kopieren")
    press("Enter")
    expect(page.locator("#sprecher")).to_have_text("Kopiert")
    tab_to("Verlauf löschen")
    press("Enter")
    expect(page.locator(".runde")).to_have_count(0)
    page.locator(".sprung").focus()
    tab_to("English")
    press("Enter")
    expect(page.get_by_label("Your question")).to_be_visible()
    tab_to("Accessibility")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility statement")
    assert watch.errors == []


def test_the_ai_notice_comes_before_the_first_input(open_page):
    page, _ = open_page()
    expect(page.get_by_text("Sie chatten mit einem KI-System.")).to_be_visible()
    assert page.evaluate(
        """() => document.querySelector('.ki-hinweis').compareDocumentPosition(
            document.querySelector('textarea')) & Node.DOCUMENT_POSITION_FOLLOWING"""
    )


def test_one_h1_german_language_and_named_controls(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    names = page.evaluate(
        """() => [...document.querySelectorAll('button, textarea, a')]
            .filter((item) => item.checkVisibility())
            .map((item) => (item.labels?.[0] ?? item).textContent.trim())"""
    )
    assert all(names)
    assert not {"Submit", "Stop", "Clear", "Copy", "Textbox"} & set(names)


def test_skip_link_is_first_and_leads_to_the_field(open_page):
    page, _ = open_page()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Direkt zum Fragefeld")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ihre Frage")).to_be_focused()


def test_every_stop_of_the_tab_key_shows_where_it_is(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    page.locator(".sprung").focus()
    seen = []
    for _step in range(40):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const item = document.activeElement, style = getComputedStyle(item),
                box = item.getBoundingClientRect(),
                entry = document.querySelector('#eingabe').getBoundingClientRect();
              return { name: item.id || item.className || item.tagName,
                body: item === document.body, outline: parseFloat(style.outlineWidth),
                line: style.outlineStyle, inside: !!item.closest('#eingabe'),
                hidden: box.top < -1
                  || (box.bottom > entry.top + 1 && box.top < entry.bottom - 1) }; }"""
        )
        if state["body"]:
            break
        assert state["outline"] >= 2, state
        assert state["line"] != "none", state
        assert state["inside"] or not state["hidden"], state
        seen.append(state["name"])
    assert len(seen) >= 10


@pytest.mark.parametrize("width", [320, 640, 768, 1440])
def test_nothing_scrolls_sideways_and_targets_are_big_enough(open_page, ask, width):
    page, _ = open_page(width=width, height=720)
    small = """() => [...document.querySelectorAll('button, summary, textarea, .amtlich a')]
        .filter((item) => item.checkVisibility())
        .map((item) => [item.className || item.id, item.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    wide = "() => document.documentElement.scrollWidth > window.innerWidth"
    assert not page.evaluate(wide)
    ask(page, "Wer ist antragsberechtigt?")
    page.locator("button.beleg").first.click()
    expect(page.locator("#quelle mark")).to_be_visible()
    assert not page.evaluate(wide)
    assert page.evaluate(small) == []
    panel, answer = (
        page.locator(name).first.bounding_box() for name in ("#quelle", "#verlauf .antwort")
    )
    beside = panel["x"] >= answer["x"] + answer["width"]
    assert beside if width >= 1024 else panel["y"] >= answer["y"] + answer["height"]


@pytest.mark.parametrize("width", [320, 720])
def test_a_wide_table_scrolls_by_itself_and_breaks_no_word(open_page, ask, width):
    page, _ = open_page(width=width, height=450)
    ask(page, "Vergleich bitte")
    table = page.get_by_role("region", name="Vergleich")
    expect(table).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert table.evaluate("(one) => one.scrollWidth > one.clientWidth") == (width == 320)
    lines = table.evaluate(
        """(one) => [...one.querySelectorAll('thead th')].map((cell) => cell.clientHeight
            / parseFloat(getComputedStyle(cell).lineHeight))"""
    )
    assert max(lines) < 3.5  # a squeezed column would be as high as its words are long
    table.focus()
    assert violations(page) == []


def test_a_number_stays_with_its_word_and_in_its_frame_however_long_that_is(open_page, ask):
    page, _ = open_page(width=320)
    ask(page, "Wer ist antragsberechtigt?")
    last = page.locator(".antwort .zusammen").first
    chip = last.locator("button.beleg")

    def boxes():
        word, number, text = (
            item.evaluate("(one) => one.getBoundingClientRect().toJSON()")
            for item in (last, chip, page.locator(".antwort .text"))
        )
        assert number["right"] <= text["right"]
        return word, number

    word, number = boxes()
    assert word["height"] < 2 * number["height"]
    last.evaluate("(one) => one.prepend('https://www.landkreis-beispiel.de/antraege/')")
    boxes()


def test_an_open_number_is_legible_on_paper(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    numbers = page.locator(".antwort .text button.beleg")
    numbers.first.click()
    expect(numbers.first).to_have_class("beleg offen")
    page.mouse.move(0, 0)
    page.emulate_media(media="print")
    first, second = (
        one.evaluate("(item) => getComputedStyle(item).color")
        for one in (numbers.first, numbers.nth(1))
    )
    assert first == second


def test_lines_of_an_answer_are_short_enough_to_read(open_page, ask):
    page, _ = open_page(width=1920)
    ask(page, "Wer ist antragsberechtigt?")
    width = page.evaluate(
        """() => { const text = document.querySelector('.antwort .text'),
            probe = document.createElement('span'); probe.textContent = '0'.repeat(75);
            probe.style.cssText = 'position: absolute; white-space: nowrap';
            text.append(probe); const limit = probe.getBoundingClientRect().width; probe.remove();
            return text.getBoundingClientRect().width / limit; }"""
    )
    assert width <= 1

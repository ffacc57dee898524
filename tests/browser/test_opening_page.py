"""While Gradio loads the page is already one: it can be read, left, and becomes the whole page
without a jump. Gradio's scripts are held back here for as long as a test wants to look."""

import contextlib
import threading

import pytest
from playwright.sync_api import expect
from test_accessibility import violations

GRADIO = "**/assets/Blocks-*.js"
LOAD = "**/gradio_api/run/predict*"
SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) shifts.push(one.value); })
  .observe({ type: "layout-shift", buffered: true });"""
PLACES = """() => [".kopf a.name", ".kopf [aria-current]", ".ki-hinweis p", ".ki-hinweis strong",
    ".willkommen h2", ".willkommen p", ".fusszeile p"].map((name) => {
  const one = [...document.querySelectorAll(name)]
    .find((item) => item.checkVisibility({ visibilityProperty: true }));
  const { x, y, width, height } = one.getBoundingClientRect(), style = getComputedStyle(one);
  // The footer stands at the foot of what is there, and that grows.
  const place = name.startsWith(".fusszeile") ? [x] : [x, y, width, height].map(Math.round);
  return [name, ...place, style.color, style.fontSize, style.fontWeight]; })"""


@pytest.fixture
def opening(chromium, address):
    """Open the page and hold back the files of one address; the second value lets them through."""
    with contextlib.ExitStack() as contexts:

        def open_held(*, holding=GRADIO, width=1280, locale="de-DE", path="/"):
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, locale=locale, reduced_motion="reduce"
            )
            contexts.callback(context.close)
            context.set_default_timeout(60_000)
            context.add_init_script(SHIFTS)
            page, held, is_open = context.new_page(), [], threading.Event()
            page.route(
                holding, lambda route: route.continue_() if is_open.is_set() else held.append(route)
            )
            with page.expect_request(holding):
                page.goto(address + path, wait_until="commit")

            def let_through():
                is_open.set()
                for route in held:
                    route.continue_()

            return page, let_through

        yield open_held


@pytest.mark.parametrize("locale", ["de-DE", "en-GB"])
def test_it_is_accessible(opening, locale):
    page, _ = opening(width=320, locale=locale)
    said = "Das Fragefeld wird geladen" if locale == "de-DE" else "Loading the question field"
    expect(page.locator(".laden[role=status]")).to_contain_text(said)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator(".gradio-container")).to_have_count(1)  # it is there, and says nothing
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    assert (
        page.locator(".fortschritt").evaluate(
            "(one) => getComputedStyle(one, '::before').animationName"
        )
        == "none"
    )
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    expect(page.get_by_text("Laden...")).to_be_hidden()
    assert page.locator("svg:visible").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_jumps_when_the_page_is_whole(opening, width, scheme):
    page, let_through = opening(width=width)
    page.emulate_media(color_scheme=scheme)
    expect(page.locator(".fortschritt")).to_be_visible()
    before = page.evaluate(PLACES)
    let_through()
    expect(page.get_by_label("Ihre Frage")).to_be_editable()
    expect(page.locator("#vorab")).to_have_count(0)
    assert page.evaluate(PLACES) == before
    assert page.evaluate("shifts.reduce((sum, one) => sum + one, 0)") < 0.01
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("link", name="Quellen", exact=True)).to_have_count(1)


@pytest.mark.parametrize(("before", "after"), [("Einstieg", "Einstieg"), ("English", "English")])
def test_the_focus_stays_on_what_it_was_on(opening, before, after):
    page, let_through = opening()
    page.get_by_role("link", name=before, exact=True).focus()
    let_through()
    expect(page.get_by_label("Ihre Frage")).to_be_visible()
    expect(page.locator(":focus")).to_have_text(after)


def test_no_german_is_seen_in_an_english_page(opening):
    page, let_through = opening(holding=LOAD, path="/?sprache=en")
    expect(page.locator("#frage textarea")).to_have_count(1)
    expect(page.locator(".fortschritt")).to_have_text("Loading the question field …")
    expect(page.get_by_text("Was möchten Sie wissen?")).to_be_hidden()
    let_through()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_gradio_counts_no_seconds_aloud(opening):
    page, _ = opening(holding=LOAD)
    expect(page.get_by_label("Ihre Frage")).to_be_visible()
    assert page.get_by_test_id("status-tracker").count() > 5
    assert page.locator("[data-testid=status-tracker]:visible").count() == 0


def test_a_page_that_takes_too_long_can_be_loaded_anew(opening):
    page, _ = opening()
    expect(page.locator(".gradio-container")).to_have_count(1)
    page.unroute(GRADIO)
    page.route(GRADIO, lambda route: route.abort())
    page.clock.install()
    page.reload(wait_until="domcontentloaded")
    anew = page.get_by_role("link", name="Seite neu laden")
    expect(anew).to_be_hidden()
    page.clock.fast_forward(20_000)
    expect(anew).to_be_visible()
    assert violations(page) == []
    page.unroute(GRADIO)
    anew.click()
    expect(page.get_by_label("Ihre Frage")).to_be_visible()

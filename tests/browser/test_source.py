"""A person checks a quote: sees it on its page, turns pages, enlarges, takes the link along."""

import re

import pytest
from playwright.sync_api import expect
from scripted_assistant import QUOTE

expect.set_options(timeout=60_000)

INSIDE = """() => { const page = document.querySelector('.blatt-bild img').getBoundingClientRect(),
    frame = document.querySelector('.blatt-rahmen').getBoundingClientRect();
  return [...document.querySelectorAll('.blatt-bild rect')].map((one) => {
    const box = one.getBoundingClientRect();
    return { high: box.height / page.height, wide: box.width / page.width,
      seen: box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1 }; }); }"""


@pytest.fixture
def opened(open_page, ask):
    page, watch = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    page.get_by_role("button", name="Beleg 1 anzeigen").first.click()
    expect(page.locator("#quelle .blatt img")).to_be_visible()
    return page, watch


def loaded(page):
    picture = page.locator(".blatt-bild img")
    return picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }")


def test_the_quote_is_marked_on_the_picture_of_its_page(opened):
    page, watch = opened
    assert loaded(page) > 900
    (mark,) = page.evaluate(INSIDE)
    assert mark["seen"]
    assert 0.005 < mark["high"] < 0.03  # a line of 11 points
    assert 0.4 < mark["wide"] < 0.7
    picture = page.get_by_role("img", name="Abbildung von S. 12 (PDF-Seite 14 von 20)")
    expect(picture).to_be_visible()
    assert watch.errors == []


def test_pages_are_turned_by_keyboard_and_said_once(opened):
    page, _ = opened
    following = page.locator("#quelle").get_by_role("link", name="Nächste Seite")
    following.focus()
    page.keyboard.press("Enter")
    place = page.locator(".blatt-ort")
    expect(place).to_have_text("PDF-Seite 15 von 20")
    expect(page.locator("#sprecher")).to_have_text("PDF-Seite 15 von 20")
    expect(following).to_be_focused()
    assert page.locator(".blatt-bild rect").count() == 0
    page.get_by_role("link", name="Zur Seite mit der Textstelle").click()
    expect(place).to_have_text("S. 12 (PDF-Seite 14 von 20)")
    expect(page.locator(".blatt-bild rect")).to_have_count(1)
    expect(place).to_be_focused()


def test_a_larger_picture_is_drawn_finer_and_can_be_moved(opened):
    page, _ = opened
    before = loaded(page)
    page.locator("#quelle").get_by_role("link", name="Vergrößern").click()
    expect(page.locator(".blatt-groesse")).to_contain_text("150 %")
    assert loaded(page) > 1.4 * before
    assert all(mark["seen"] for mark in page.evaluate(INSIDE))
    frame = page.get_by_role("region", name="Seite als Bild, mit den Pfeiltasten verschieben")
    assert frame.evaluate("(frame) => frame.scrollWidth > frame.clientWidth")


def test_the_original_is_saved_and_not_opened(opened):
    page, _ = opened
    with page.expect_download() as download:
        page.get_by_role("link", name="Originaldatei herunterladen").click()
    assert download.value.suggested_filename == "richtlinie.pdf"
    assert page.locator(".runde").count() == 1  # the conversation is still there


def test_the_link_to_the_passage_opens_the_same_quote_elsewhere(opened, open_page, address):
    page, _ = opened
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page.get_by_role("button", name="Link zu dieser Stelle kopieren").click()
    expect(page.locator("#sprecher")).to_have_text("Kopiert")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(rf"{address}/stelle/richtlinie%3A14%3A1\?von=0&bis=\d+&beleg=\w+.*", link)
    page.goto(link)
    expect(page.locator("mark")).to_have_text(QUOTE)
    expect(page.locator(".blatt-bild rect")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bildungskommunen")


def test_a_source_without_original_shows_its_text(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    page.locator("button.beleg").nth(2).click()
    expect(page.locator("#quelle mark")).to_be_visible()
    assert page.locator("#quelle .blatt").count() == 0
    assert page.get_by_role("link", name="Originaldatei herunterladen").count() == 0


def test_the_first_source_is_at_hand_before_it_is_asked_for(open_page, ask):
    page, _ = open_page()
    with (
        page.expect_response(re.compile("/quelle/richtlinie")) as part,
        page.expect_response(re.compile("/seitenbild/richtlinie/14")) as picture,
    ):
        ask(page, "Wer ist antragsberechtigt?")
    assert (part.value.status, picture.value.status) == (200, 200)
    assert page.locator("#quelle:not([hidden])").count() == 0  # nothing has opened by itself


def test_pointing_at_a_number_fetches_its_source(open_page, ask):
    page, _ = open_page()
    ask(page, "Wer ist antragsberechtigt?")
    chip = page.locator("button.beleg").nth(2)
    with page.expect_response(re.compile("/quelle/integriert")):
        chip.hover()
    chip.click()
    expect(page.locator("#quelle mark")).to_be_visible()

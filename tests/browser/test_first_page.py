"""The page opens: nothing is found late, nothing shifts, and without scripts it says what goes."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def head(address, chromium):
    """The addresses that stand in the document itself, before any script has run."""
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(address)
    yield set(
        page.locator("head :is([href], [src]), body > link").evaluate_all(
            "(all) => all.map((one) => one.href || one.src)"
        )
    )
    context.close()


def test_every_script_and_style_sheet_is_named_before_it_is_needed(open_page, head):
    page, watch = open_page()
    expect(page.get_by_label("Ihre Frage")).to_be_editable()
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    files = [url for url in loaded if url.split("?")[0].endswith((".js", ".css"))]
    assert len(files) > 40
    assert [url for url in files if url not in head] == []
    assert watch.errors == []


def test_without_scripts_the_other_places_are_offered(chromium, address):
    context = chromium.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(address)
    said = page.locator("main noscript p")
    expect(said).to_contain_text("Für Fragen braucht diese Seite JavaScript.")
    expect(said).to_be_visible()
    expect(page.locator(".fortschritt")).to_be_hidden()
    page.get_by_role("link", name="Quellen", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()

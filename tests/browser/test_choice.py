"""A person asks only certain documents, by keyboard alone, and sees everywhere that they do."""

from playwright.sync_api import expect
from scripted_assistant import HOSTILE

expect.set_options(timeout=8_000)


def test_documents_are_chosen_by_keyboard_and_the_answer_says_so(open_page, ask, assistant):
    page, watch = open_page()
    button = page.get_by_role("button", name="Dokumente wählen")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Dokumente wählen")
    expect(dialog).to_be_visible()
    expect(page.get_by_label("Liste filtern")).to_be_focused()
    page.keyboard.type("integriert")
    expect(dialog.get_by_role("status")).to_have_text("Gezeigt: 1, gewählt: 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(dialog.get_by_role("status")).to_have_text("Gezeigt: 1, gewählt: 1")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("p.gewaehlt")).to_contain_text(
        "Gefragt wird nur in: Richtlinie „Bildung integriert“"
    )
    expect(button).to_be_focused()
    ask(page, "Wer ist antragsberechtigt?")
    assert assistant.kept_to[-1] == {"integriert"}
    expect(page.locator(".runde")).to_contain_text(
        "Nur gesucht in: Richtlinie „Bildung integriert“"
    )
    assert "Nur gesucht in: Richtlinie" in page.locator(".kopie").text_content()
    button.click()
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(1)
    dialog.get_by_role("button", name="Alle Dokumente").click()
    expect(page.locator("p.gewaehlt")).to_contain_text("Gefragt wird in allen Dokumenten.")
    ask(page, "Und jetzt?")
    assert assistant.kept_to[-1] == frozenset()
    assert watch.errors == []


def test_cancelling_changes_nothing_and_titles_stay_text(open_page):
    page, watch = open_page()
    page.get_by_role("button", name="Dokumente wählen").click()
    dialog = page.get_by_role("dialog")
    assert HOSTILE[:40] in dialog.text_content()
    assert dialog.locator("img, script, svg, form form").count() == 0
    dialog.get_by_role("checkbox").first.check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("p.gewaehlt")).to_contain_text("Gefragt wird in allen Dokumenten.")
    assert watch.dialogs == []


def test_clearing_the_conversation_clears_the_choice(open_page, ask):
    page, _ = open_page()
    page.get_by_role("button", name="Dokumente wählen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox").first.check()
    dialog.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("p.gewaehlt")).to_contain_text("nur in")
    ask(page, "Wer ist antragsberechtigt?")
    page.get_by_role("button", name="Verlauf löschen").click()
    expect(page.locator("p.gewaehlt")).to_contain_text("Gefragt wird in allen Dokumenten.")
    page.get_by_role("button", name="Dokumente wählen").click()
    expect(dialog.get_by_role("checkbox", checked=True)).to_have_count(0)

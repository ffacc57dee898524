"""What a reader does with an answer: saving it as a note, saying what is wrong with it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from scripted_assistant import QUOTE
from test_accessibility import violations

from assistant.mark import proof_of

QUESTION = "Wer ist antragsberechtigt?"


@pytest.mark.parametrize("ending", ["docx", "pdf", "md"])
def test_an_answer_is_saved_as_a_note_by_keyboard(open_page, ask, ending):
    page, watch = open_page()
    ask(page, QUESTION)
    page.get_by_text("Als Vermerk speichern").focus()
    page.keyboard.press("Enter")
    button = page.locator(f"#runde-1 .vermerk[value={ending}]")
    button.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith("vermerk-")
    saved = Path(download.value.path())
    if ending == "pdf":
        assert QUOTE in " ".join(PdfReader(saved).pages[0].extract_text().split())
    expect(page.get_by_text("Als Vermerk speichern").first).to_be_focused()
    assert watch.errors == []


def test_a_whole_conversation_is_saved_as_one_note(open_page, ask):
    page, _ = open_page()
    ask(page, QUESTION)
    expect(page.get_by_text("Ganzes Gespräch")).to_have_count(0)
    ask(page, "Wie wird das Wetter?")
    page.get_by_text("Ganzes Gespräch als Vermerk speichern").click()
    with page.expect_download() as download:
        page.locator(".umgang.alle .vermerk[value=md]").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert "# Vermerk: 2 Fragen" in text
    assert "## Wie wird das Wetter?" in text


def test_escape_closes_what_was_opened(open_page, ask):
    page, _ = open_page()
    ask(page, QUESTION)
    summary = page.locator(".speichern summary")
    summary.click()
    page.locator(".vermerk").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".vermerk").first).to_be_hidden()
    expect(summary).to_be_focused()


def test_feedback_is_kept_without_words_unless_the_reader_wants_it(open_page, ask, data_folder):
    page, watch = open_page()
    ask(page, QUESTION)
    page.locator(".maengel summary").click()
    page.get_by_role("button", name="Rückmeldung senden").click()
    expect(page.get_by_label("Falsch")).to_be_focused()  # a reason is needed first
    page.get_by_label("Veraltet").check()
    expect(page.locator(".mit-text")).not_to_be_checked()
    page.get_by_role("button", name="Rückmeldung senden").click()
    expect(page.locator(".urteil-stand")).to_have_text("Danke, die Rückmeldung ist gespeichert.")
    expect(page.locator(".hilfreich")).to_be_hidden()

    ask(page, QUESTION)
    page.locator("#runde-2 .hilfreich").click()
    expect(page.locator("#runde-2 .urteil-stand")).to_be_focused()

    lines = (data_folder / "feedback.jsonl").read_text("utf-8").splitlines()
    first, second = (json.loads(line) for line in lines[-2:])
    assert first["reason"] == "veraltet"
    assert "question" not in first
    assert second["reason"] is None
    assert watch.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_controls_are_accessible_when_they_are_open(open_page, ask, scheme, width):
    page, _ = open_page(scheme=scheme, width=width)
    ask(page, QUESTION)
    page.locator(".speichern summary").click()
    page.locator(".maengel summary").click()
    assert violations(page) == []
    assert not page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.umgang :is(button, summary, label)')]
            .filter((item) => item.checkVisibility())
            .map((item) => [item.textContent, item.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []


def test_the_merkliste_is_saved_as_a_note(open_page, address):
    page, watch = open_page()
    entry = {"passage": "richtlinie:14:1", "start": 0, "end": len(QUOTE), "proof": proof_of(QUOTE)}
    kept = json.dumps([{**entry, "note": "Für die Sitzung"}])
    page.evaluate("(kept) => localStorage.setItem('merkliste', kept)", kept)
    page.goto(f"{address}/merkliste")
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert f"„{QUOTE}“[^1]" in text
    assert "Notiz: Für die Sitzung" in text
    assert watch.errors == []

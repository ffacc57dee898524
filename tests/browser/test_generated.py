"""What an obedient model says to a hostile document, on the real page: words and nothing else."""

from hostile_documents import LEAK, attacks
from live_server import serve
from playwright.sync_api import expect
from sample_passages import PASSAGES, RATE, build, passage

from assistant.answers import LanguageModel
from assistant.dialogue import Assistant
from assistant.generation.endpoint import Endpoint
from assistant.generation.writer import Writer

BACKED = RATE.split(". ")[0] + "."
MARKS = ("link", "bare link", "image", "html image", "script", "form", "frame", "style", "scheme")


def test_obedient_model_runs_nothing_and_reaches_nobody(
    open_page, ask, language_model, data, embedder
):
    obeyed = [one for one in attacks() if one.name.removesuffix(", de") in MARKS]
    assert len(obeyed) == len(MARKS)
    hostile = passage("\n\n".join(one.document for one in obeyed), "boese")
    build(data, embedder, (hostile, *PASSAGES[1:]))
    backed = [BACKED, "Der Eigenanteil darf auch als Arbeitszeit erbracht werden."]
    writer = Writer(Endpoint(language_model.settings()), LanguageModel("good"))

    with serve(lambda: Assistant(data, embedder, writer=writer)) as address:
        for one in obeyed:
            language_model.says(" ".join([*backed, one.obeyed]))
            page, watch = open_page(url=address)
            ask(page, "Wie hoch ist die Förderquote?")

            words = page.locator(".erzeugt")
            assert BACKED.rstrip(".") in words.inner_text()
            assert LEAK not in words.inner_text()
            assert page.locator(".erzeugt :is(a, img, form, iframe, script, style)").count() == 0
            assert watch.foreign(address) == []
            assert (watch.dialogs, watch.errors) == ([], [])
            page.context.close()


def test_question_completed_by_the_model_is_shown_and_can_be_changed(
    open_page, ask, language_model, data, embedder
):
    build(data, embedder)
    writer = Writer(Endpoint(language_model.settings()), LanguageModel("good"))
    completed = "Wie hoch ist die Förderquote für Kreise?"
    changed = "Wie hoch ist die Förderquote für Städte?"

    with serve(lambda: Assistant(data, embedder, writer=writer)) as address:
        page, _ = open_page(url=address)
        language_model.says(BACKED, completed, BACKED, BACKED)
        ask(page, "Wie hoch ist die Förderquote?")
        ask(page, "Und für Kreise?")
        page.get_by_role("button", name="Frage ändern").press("Enter")
        field = page.get_by_label("Ihre Frage")
        expect(field).to_have_value(completed)
        ask(page, changed)

    asked = [request["body"]["messages"][-1]["content"] for request in language_model.log]
    assert completed in asked[2]
    assert changed in asked[-1]

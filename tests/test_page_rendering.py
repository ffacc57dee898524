import html
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from scripted_assistant import (
    HOSTILE,
    QUOTE,
    answered,
    cite,
    generated,
    hostile,
    partial,
    refused,
)

from assistant.access.turnstile import Standing
from assistant.answers import Answer, LanguageModel, Statement
from assistant.page import rendering
from assistant.page.conversation import Conversation, Turn
from assistant.page.frame import render_notice
from assistant.page.rendering import (
    plain_text,
    render_alert,
    render_conversation,
    render_turn,
    text_below_heading,
)
from assistant.wording.texts import ENGLISH, GERMAN, WORDS

TODAY = date(2026, 11, 22)
OUR_TAGS = set(
    "article h2 h3 h4 div span p ul ol li button strong pre".split()  # and nothing that loads
)


def rendered(answer: Answer | None, stage: str = "done", words=GERMAN) -> str:
    return render_turn(Turn(1, answer.question if answer else "?", stage, answer), words, TODAY)


def parsed(text: str) -> tuple[set[str], set[str]]:
    """Return the names of all tags and of all attributes."""
    tags, attributes = set(), set()

    class Collector(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Collector().feed(text)
    return tags, attributes


def test_each_citation_is_a_button_behind_its_quote_and_in_the_list():
    turn = rendered(answered("Wer?"))
    assert turn.count('class="beleg"') == 3
    assert turn.count('class="quelle"') == 3
    assert "[1]" not in turn.split('<pre class="kopie"')[0]
    assert 'value="./quelle/richtlinie%3A14%3A1?nr=1&amp;' in turn.replace("&#37;", "%")


def test_numbers_become_buttons_only_in_the_complete_answer():
    growing = rendered(replace(answered("Wer?"), citations=()), stage="growing")
    assert "button" not in growing
    assert "[1]" in growing


def test_a_number_that_is_no_citation_stays_text():
    answer = replace(answered("Wer?"), text="Siehe Fußnote [7]. „x“ [1]")
    turn = rendered(answer)
    assert "Fußnote [7]." in turn
    assert turn.count('class="beleg"') == 1


def test_list_lines_become_a_list():
    turn = rendered(answered("Welche Module?"))
    assert "<ul><li>Modul 1: datenbasiertes" in turn
    assert turn.count("<li>Modul") == 3


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("make", [answered, refused, partial, hostile])
@pytest.mark.parametrize("stage", ["growing", "done", "stopped"])
def test_a_turn_is_one_line_of_our_own_tags(make, stage, words):
    turn = rendered(make(HOSTILE), stage, words)
    assert "\n" not in turn
    assert "%" not in turn
    tags, attributes = parsed(turn)
    assert tags <= OUR_TAGS
    assert attributes <= {"class", "id", "type", "value", "title", "hidden"}


def test_outcomes_have_their_own_heading_and_class():
    for make, heading in (
        (answered, "Antwort"),
        (partial, "Dazu steht in den Unterlagen nur Folgendes"),
        (refused, "Das steht nicht in den Unterlagen"),
    ):
        answer = make("Frage")
        turn = rendered(answer)
        assert f'<div class="antwort {answer.outcome}"><h3 class="ausgang">{heading}</h3>' in turn


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Das steht nicht in den Unterlagen.\n\nRest", "Rest"),
        ("This is all the documents say about it:\n\nRest", "Rest"),
        ("Das steht in den Unterlagen.\n\nRest", "Das steht in den Unterlagen.\n\nRest"),
    ],
)
def test_the_heading_is_not_said_twice(text, kept):
    assert text_below_heading(replace(refused("?"), text=text)) == kept


def test_turns_without_an_answer_say_what_is_happening():
    assert "Modell wird noch geladen" in rendered(None, "loading")
    assert "werden durchsucht" in rendered(None, "searching")
    assert "Angehalten" in rendered(None, "stopped")


def test_turns_are_blocks_of_their_own():
    conversation = Conversation()
    for question in ("eins", "zwei"):
        run = conversation.begin(question, stage="searching")
        conversation.update(run, stage="done", answer=answered(question))
    blocks = render_conversation(conversation, GERMAN, TODAY).split("\n\n")
    assert [block[:31] for block in blocks] == [
        '<article class="runde" id="rund',
        '<article class="runde" id="rund',
    ]


def test_a_finished_turn_is_rendered_once_for_a_language_and_a_day(monkeypatch):
    seen = []

    def render_one(turn, words, today):
        seen.append(turn.number)
        return f"{turn.number} {words.language} {today}"

    monkeypatch.setattr(rendering, "render_turn", render_one)
    conversation = Conversation()
    run = conversation.begin("eins", stage="searching")
    conversation.update(run, stage="done", answer=answered("eins"))
    conversation.begin("zwei", stage="searching")

    def numbers(words, today):
        seen.clear()
        render_conversation(conversation, words, today)
        return tuple(seen)

    tomorrow = TODAY + timedelta(days=1)
    shown = [(GERMAN, TODAY), (GERMAN, TODAY), (ENGLISH, TODAY), (ENGLISH, tomorrow)]
    assert [numbers(*one) for one in shown] == [(1, 2), (2,), (1, 2), (1, 2)]
    conversation.clear()
    assert render_conversation(conversation, GERMAN, TODAY) == ""
    assert not conversation.rendered


def test_plain_text_is_a_file_note():
    note = plain_text(Turn(1, "Wer?", "done", answered("Wer?")), GERMAN, TODAY)
    assert note.startswith("Frage: Wer?\n\nAntwort:\n")
    assert f"„{QUOTE}“ [1]" in note
    assert (
        "[1] Förderrichtlinie „Bildungskommunen“, S. 12 (PDF-Seite 14), Stand 18.01.2022, "
        "gilt seit 18.01.2022\n    https://www.bmbf.de/bekanntmachung.html" in note
    )
    assert (
        "[3] Richtlinie „Bildung integriert“, S. 3, Stand 02.02.2015, galt bis 31.12.2022" in note
    )
    assert note.endswith("von einem KI-System zusammengestellt (Bildungslotse, 22.11.2026)")
    assert "javascript:" not in plain_text(
        Turn(1, "?", "done", replace(hostile("?"), text="")), GERMAN, TODAY
    ).replace(HOSTILE, "")


def test_the_announcement_counts_sources():
    one = replace(answered("?"), citations=(cite(1, "richtlinie:14:1", QUOTE),))
    for answer, end in ((one, "Ein Beleg."), (answered("?"), "3 Belege.")):
        said = re.search(r'<p class="ansage" hidden>(.*?)</p>', rendered(answer))
        assert said
        assert html.unescape(said[1]).endswith(end)


def test_alerts_are_escaped_and_marked_as_german_in_the_english_interface():
    alert = render_alert("<b>x</b>", "`y`", ENGLISH, german_only=True)
    assert 'role="alert"' in alert
    assert '<span lang="de">&lt;b&gt;x&lt;/b&gt; <code>y</code></span>' in alert


def test_generated_words_stand_apart_from_the_quotes_and_say_so():
    turn = rendered(generated("Wer?"))
    written, quoted = turn.split('<h4 class="wortlaut">')
    assert 'class="text erzeugt"' in written
    assert "KI-generiert von probe-4b am 24.11.2026, 05:10 Uhr" in written
    assert QUOTE not in written
    assert quoted.startswith("Wörtlich aus den Unterlagen</h4>")
    assert QUOTE in quoted
    assert "erzeugt" not in quoted


def test_a_sentence_without_backing_is_marked_in_words_and_has_no_source():
    turn = rendered(generated("Wer?"))
    marked = re.search(r'<span class="unbelegt">(.*?)</span>', turn)
    assert marked[1] == "<strong>nicht belegt:</strong> Das lohnt sich."


def test_a_generated_answer_offers_its_sources_while_it_grows():
    answer = generated("Wer?")
    nothing_yet = replace(answer.generated, statements=())
    growing = rendered(answer, stage="growing")
    assert 'class="beleg"' in growing
    assert "Das Sprachmodell formuliert eine Antwort" not in growing
    waiting = rendered(replace(answer, generated=nothing_yet), stage="growing")
    assert "Das Sprachmodell formuliert eine Antwort" in waiting


def test_what_a_model_writes_is_never_markup():
    answer = generated("Wer?")
    wild = replace(
        answer.generated,
        statements=(Statement(HOSTILE, "ok", (1,)), Statement(HOSTILE, "none")),
        model=LanguageModel(HOSTILE, HOSTILE),
    )
    tags, _ = parsed(rendered(replace(answer, generated=wild)))
    assert tags <= OUR_TAGS


@pytest.mark.parametrize(("words", "named"), [(GERMAN, "KI-generiert"), (ENGLISH, "AI-generated")])
def test_a_copied_generated_answer_says_who_wrote_it(words, named):
    turn = Turn(1, "Wer?", "done", generated("Wer?"))
    assert plain_text(turn, words, TODAY).splitlines()[-1].startswith(f"{named} ")


@pytest.mark.parametrize("words", [GERMAN, ENGLISH], ids=["de", "en"])
def test_notice_says_where_the_language_model_runs(words):
    here = render_notice(words, LanguageModel("probe-4b"))
    there = render_notice(words, LanguageModel("probe-4b", "llm.example.org"))
    assert words.writing_here in here
    assert "llm.example.org" in there
    assert words.writing_here not in there
    assert words.local_notice not in here + there
    assert words.local_notice in render_notice(words)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_notice_says_that_questions_leave_to_be_embedded(language):
    words = WORDS[language]

    alone = render_notice(words, None, "vektoren.example.org")
    beside = render_notice(words, LanguageModel("probe-4b"), "vektoren.example.org")

    for notice in (alone, beside):
        assert "vektoren.example.org" in notice
        assert words.local_notice not in notice
        assert words.writing_here not in notice


@pytest.mark.parametrize(
    ("standing", "shown", "spoken"),
    [
        (Standing(1, 0), "Ihre Frage ist die nächste.", "Gerade werden andere Fragen"),
        (Standing(3, 0), "Zuerst werden Ihre anderen Fragen", "Zuerst werden Ihre anderen Fragen"),
        (Standing(2, 1), "Vor Ihnen wartet eine Person.", "Vor Ihnen wartet eine Person."),
        (Standing(4, 3), "Vor Ihnen warten 3 Personen.", "Vor Ihnen warten 3 Personen."),
        (Standing(10, 9), "Vor Ihnen warten 9 Personen.", "Vor Ihnen warten mehr als 5 Personen."),
    ],
)
def test_who_waits_sees_and_hears_how_many_come_before(standing, shown, spoken):
    html = render_turn(Turn(1, "Wer?", "queued", standing=standing), GERMAN, TODAY)
    seen, heard = html.split('<p class="ansage" hidden>')
    assert shown in seen
    assert heard.startswith(spoken)

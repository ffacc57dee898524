"""Answers and collected passages become a note; only proven quotes stand in it."""

from dataclasses import replace

import pytest
from sample_notes import CHECKSUM, NOW, STOCK, note_of, texts_of
from scripted_assistant import (
    BY_ID,
    OLD_QUOTE,
    QUOTE,
    answered,
    comparison,
    generated,
    partial,
    refused,
)

from assistant.mark import Mark, proof_of
from assistant.vermerk.composing import Collected, note_of_collection
from assistant.vermerk.note import Grid
from assistant.wording.texts import GERMAN, WORDS


def test_an_answer_has_its_question_its_quotes_and_their_footnotes():
    note = note_of(answered("Wer darf?"))

    assert note.title == "Vermerk: Wer darf?"
    assert f"„{QUOTE}“[1]" in texts_of(note)
    assert f"„{OLD_QUOTE}“[3]" in texts_of(note)
    first, _, third = note.footnotes
    assert first.text == (
        "Förderrichtlinie „Bildungskommunen“, S. 12 (PDF-Seite 14), Stand 18.01.2022, "
        "gilt seit 18.01.2022. Abschnitt: 2 Gegenstand der Förderung › 2.1 Zuwendungsempfänger. "
        "Herausgeber: Bundesministerium für Bildung und Forschung. "
        f"Datei: richtlinie.pdf, SHA-256 {CHECKSUM}."
    )
    assert first.url == "https://www.bmbf.de/bekanntmachung.html"
    assert "galt bis 31.12.2022" in third.text
    assert "SHA-256 beginnt mit integriert" in third.text


def test_a_list_inside_a_quote_keeps_its_items():
    (section,) = note_of(answered("Wer?")).sections
    kinds = [block.kind for block in section.blocks]
    assert kinds == [
        "subheading", "remark", "quote", "quote", "quote-item", "quote-item", "quote-item", "quote",
    ]  # fmt: skip


def test_questions_share_footnotes_and_notes_follow_their_numbers():
    other = replace(partial("Und?"), notes=answered("x").notes)
    first = replace(answered("Wer?"), citations=answered("Wer?").citations[2:])
    note = note_of(first, replace(other, citations=(*other.citations, first.citations[0])))

    assert "„" + OLD_QUOTE + "“[1]" in texts_of(note)
    assert f"„{QUOTE}“[2]" in texts_of(note)
    remarks = [line for line in texts_of(note) if line.startswith("Nicht mehr gültig")]
    assert len(remarks) == 2
    assert all(line.startswith("Nicht mehr gültig: Beleg 1 ") for line in remarks)


def test_a_number_that_a_document_prints_is_no_footnote():
    text = "Nach [1] gilt das."
    passage = replace(BY_ID["richtlinie:14:1"], text=text)
    base = partial("Wer?")
    (citation,) = base.citations
    citation = replace(citation, passage=passage, quote=text, start=0, end=len(text))
    note = note_of(replace(base, text=f"„{text}“ [1]", citations=(citation,)))
    assert f"„{text}“[1]" in texts_of(note)
    assert note.sections[0].blocks[-1].pieces == (f"„{text}“", 1)


def test_a_refusal_says_so_and_has_no_footnotes():
    note = note_of(refused("Wetter?"))
    assert texts_of(note)[0] == "Das steht nicht in den Unterlagen"
    assert note.footnotes == ()


def test_generated_sentences_are_marked_in_text_and_properties():
    note = note_of(generated("Wer?"))

    assert note.keywords == ("KI-generiert: probe-4b",)
    assert ("Art", "KI-generiert von probe-4b am 24.11.2026, 05:10 Uhr") in note.sections[0].facts
    texts = list(texts_of(note))
    first = texts.index("Kreise und kreisfreie Städte dürfen den Antrag stellen.[1]")
    assert texts[first - 1] == "KI-generiert von probe-4b am 24.11.2026, 05:10 Uhr"
    assert "nicht belegt: Das lohnt sich." in texts
    assert note_of(answered("Wer?")).keywords == ("Von einem KI-System zusammengestellt",)


def test_a_comparison_is_a_table_with_a_footnote_in_each_cell():
    (section,) = note_of(comparison("Vergleich")).sections
    (grid,) = [block for block in section.blocks if isinstance(block, Grid)]
    assert grid.columns == ("Bildungskommunen", "Bildung integriert")
    assert grid.rows[0] == (("Antragsberechtigt",), (QUOTE, 1), (OLD_QUOTE, 2))
    assert grid.rows[1][1] == ("nicht angegeben",)


def test_what_was_understood_stands_below_the_question():
    facts = note_of(partial("Und dort?")).sections[0].facts
    assert ("Verstanden als", "Wer darf in Hessen einen Antrag stellen?") in facts
    assert ("Ort", "Landkreis Gießen, Hessen") in facts


def test_english_words_stand_around_german_quotes():
    note = note_of(answered("Who?"), language="en")
    assert note.title == "Note: Who?"
    assert f"„{QUOTE}“[1]" in texts_of(note)


def test_collected_passages_come_with_their_remarks():
    mark = Mark(0, len(QUOTE), proof_of(QUOTE))
    collected = [Collected("richtlinie:14:1", mark, "Für den Kreis\nwichtig")]
    note = note_of_collection(collected, STOCK, WORDS["de"], NOW)
    assert texts_of(note) == [f"„{QUOTE}“[1]", "Notiz: Für den Kreis\nwichtig"]


@pytest.mark.parametrize(
    ("passage_id", "mark"),
    [
        ("gibt:es:nicht", Mark(0, 5)),
        ("richtlinie:14:1", Mark(5, 5)),
        ("richtlinie:14:1", Mark(0, 100_000)),
        ("richtlinie:14:1", Mark(-5, 10)),
        ("richtlinie:14:1", Mark(0, len(QUOTE), proof_of("andere Worte"))),
    ],
)
def test_a_passage_that_does_not_prove_itself_is_named_and_not_printed(passage_id, mark):
    note = note_of_collection([Collected(passage_id, mark)], STOCK, GERMAN, NOW)
    assert texts_of(note) == [
        f"Nicht mehr nachweisbar und deshalb nicht abgedruckt: Stelle {passage_id}"
    ]
    assert note.footnotes == ()

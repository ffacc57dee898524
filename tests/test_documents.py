from dataclasses import FrozenInstanceError, replace

import pytest
from sample_passages import PASSAGES, passage

from assistant.answers import Answer, Citation
from corpus.documents import Block, Document, Page

PASSAGE = PASSAGES[0]


@pytest.mark.parametrize(
    ("page", "label", "heading", "locator"),
    [
        (14, "12", ("Teil",), "S. 12 (PDF-Seite 14)"),
        (3, "iii", (), "S. iii (PDF-Seite 3)"),
        (5, "5", ("Teil",), "S. 5"),
        (1, "", ("Förderung", "Fristen"), "Förderung › Fristen"),
        (1, "", (), ""),
    ],
    ids=["printed number", "roman", "same number", "heading path", "neither"],
)
def test_locator_never_invents_a_page(page, label, heading, locator):
    passage = replace(PASSAGE, page=page, page_label=label, heading_path=heading)

    assert passage.locator == locator


def test_a_unit_is_embedded_with_title_and_nearest_heading():
    text = "Er beträgt 10 Prozent. Er kann erlassen werden."
    below = passage(text, title="Leitfaden", heading=("Förderung", "§ 4 Eigenanteil"))

    assert below.unit_texts == [
        "Leitfaden, § 4 Eigenanteil: Er beträgt 10 Prozent.",
        "Leitfaden, § 4 Eigenanteil: Er kann erlassen werden.",
    ]


def test_a_unit_is_embedded_alone_without_a_heading_and_with_none_twice():
    assert passage("Er beträgt 10 Prozent.").unit_texts == ["Er beträgt 10 Prozent."]
    assert passage("Zehn.", title="Quote", heading=("Quote",)).unit_texts == ["Quote: Zehn."]


@pytest.mark.parametrize(
    ("texts", "is_empty"),
    [([], True), (["", " \n\t"], True), (["", "Text"], False)],
    ids=["no page", "blank pages", "one word"],
)
def test_document_without_visible_text_is_empty(texts, is_empty):
    pages = tuple(Page(number, (Block(text),)) for number, text in enumerate(texts, 1))

    assert Document("id", "name.pdf", "Titel", pages).is_empty is is_empty


def test_page_text_keeps_blocks_apart():
    assert Page(1, (Block("Eins."), Block("Zwei."))).text == "Eins.\n\nZwei."


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [
        ("Antragsberechtigt sind Städte", 0, 29),
        (PASSAGE.text[:20], 1, 21),
        (PASSAGE.text[:20].upper(), 0, 20),
        (PASSAGE.text + " ", 0, len(PASSAGE.text) + 1),
        (" ".join(PASSAGE.text.split()[:3]) + "\n", 0, 31),
    ],
    ids=["other words", "shifted", "other case", "beyond the end", "other blank"],
)
def test_citation_that_does_not_quote_cannot_exist(quote, start, end):
    with pytest.raises(AssertionError, match=PASSAGE.id):
        Citation(1, PASSAGE, quote, start, end)


def test_citation_quotes_and_stays_as_it_is():
    citation = Citation(1, PASSAGE, "Kreise", 23, 29)

    with pytest.raises(FrozenInstanceError):
        citation.quote = "anders"


def test_answer_knows_whether_it_refuses_and_is_grounded():
    citation = Citation(1, PASSAGE, PASSAGE.text, 0, len(PASSAGE.text))
    refused = Answer("?", "?", "Das steht nicht in den Unterlagen.", "refused")
    answered = Answer("?", "?", "…", "answered", (citation,))

    assert (refused.is_refusal, refused.is_grounded) == (True, False)
    assert (answered.is_refusal, answered.is_grounded) == (False, True)

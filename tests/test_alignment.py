"""A cleaned quote is found again among the raw characters of its page."""

import pytest

from corpus.page_views import Quote
from ingest.readers.alignment import find_quote


def found(page, text, quote):
    start = text.index(quote)
    spans = find_quote(page, Quote(text, start, start + len(quote)))
    return [page[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Antragsberech\ufffe\r\ntigt sind Kreise.", "Antragsberechtigt sind Kreise."),
        ("Die  Fo\u0308rderung\nläuft.", "Die Förderung läuft."),
        ("Die F¨orderung läuft.", "Die Förderung läuft."),
        ("Die ﬁnanzielle Grö\u00ad\nße.", "Die finanzielle Größe."),
        ("\uf0b7 Modul 1\n\uf0b7 Modul 2", "Modul 1\n- Modul 2"),
        ("STRASSE 7", "Straße 7"),
    ],
)
def test_hyphens_blanks_umlauts_and_ligatures_do_not_matter(page, text):
    assert found(f"Vorher.\n{page}\nNachher.", f"Vorher. {text} Nachher.", text) == [
        page.strip("\uf0b7 ")
    ]


def test_the_repetition_is_told_by_what_stands_around_it():
    page = "Kreise. Frist: 1. Mai.\nStädte. Frist: 1. Mai.\nBund. Frist: 1. Mai."
    text = "Städte. Frist: 1. Mai."
    quote = "Frist: 1. Mai."
    start = text.index(quote)
    assert find_quote(page, Quote(text, start, len(text))) == [(31, 45)]
    assert page[31:45] == quote


def test_a_quote_that_something_interrupts_is_found_in_pieces():
    page = "Der Zuschuss beträgt höchstens\nSeite 4 von 9\nvierzig Prozent der Ausgaben."
    text = "Der Zuschuss beträgt höchstens vierzig Prozent der Ausgaben."
    assert found(page, text, text) == [
        "Der Zuschuss beträgt höchstens",
        "vierzig Prozent der Ausgaben",
    ]


@pytest.mark.parametrize("quote", ["Wetter morgen sonnig und warm", "–", ""])
def test_what_is_not_there_is_not_marked(quote):
    assert find_quote("Der Zuschuss beträgt 40 Prozent.", Quote(quote, 0, len(quote))) == []


def test_quotation_marks_and_the_full_stop_belong_to_the_quote():
    page = "Es heißt: „Bildung integriert“. Dann endet es."
    assert found(page, page, "„Bildung integriert“.") == ["„Bildung integriert“."]

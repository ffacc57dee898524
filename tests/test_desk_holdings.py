from dataclasses import replace
from datetime import date

from sample_passages import PASSAGES, documents_of

from assistant.desk.facets import Choice
from assistant.desk.holdings import list_documents
from corpus.documents import Health, Source

GUIDELINE, CONTACTS, BUS = documents_of(PASSAGES)


def titled(title, **values):
    return replace(BUS, id=title, title=title, **values)


def test_documents_are_listed_by_title_as_a_reader_sorts():
    documents = [titled("Zoo"), titled("„Äpfel“"), titled("bücher"), titled("", name="anhang.pdf")]
    titles = [
        one.document.title or one.document.name
        for one in list_documents(documents, Choice()).holdings
    ]
    assert titles == ["„Äpfel“", "anhang.pdf", "bücher", "Zoo"]


def test_by_date_the_newest_comes_first():
    old, new = (
        titled(name, source=Source(as_of=day))
        for name, day in (("a", date(2020, 1, 1)), ("b", date(2021, 1, 1)))
    )
    unknown, begun = titled("c"), titled("d", source=Source(valid_from=date(2020, 6, 1)))
    listed = list_documents([old, unknown, begun, new], Choice(), "date")
    assert [one.document.title for one in listed.holdings] == ["b", "d", "a", "c"]


def test_each_document_has_its_own_card_and_the_counts_are_of_documents():
    scanned = replace(BUS, health=Health(pages_without_text=3))
    listed = list_documents(
        [GUIDELINE, CONTACTS, scanned], Choice({"format": frozenset({"Markdown"})})
    )
    cards = {one.document.id: one.card.pages_without_text for one in listed.holdings}
    assert cards == {"kontakte": 0, "lesebus": 3}
    assert {one.value: one.count for one in listed.counts["format"]} == {"Markdown": 2, "PDF": 1}

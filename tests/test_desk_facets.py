from dataclasses import replace
from datetime import date

import pytest
from sample_passages import PASSAGES, documents_of

from assistant.desk.facets import NOT_STATED, Choice, Counted, count, traits_of
from corpus.documents import Source

GUIDELINE, CONTACTS, BUS = documents_of(PASSAGES)


def document(title="Merkblatt", name="merkblatt.pdf", **source):
    return replace(GUIDELINE, title=title, name=name, source=Source(**source))


@pytest.mark.parametrize(
    ("made", "lands"),
    [
        (document(lands=("Hessen",), publisher="Land Bayern"), ("Hessen",)),
        (document("Merkblatt der Stadt Kassel und des Landes Bayern"), ("Hessen", "Bayern")),
        (document(title="Merkblatt", publisher="REAB Brandenburg"), ("Brandenburg",)),
        (document("Merkblatt Hessen", publisher="REAB Brandenburg"), ("Hessen",)),
        (document(publisher="REAB Brandenburg", level="Bund"), (NOT_STATED,)),
        (document(level="Bund", lands=("Sachsen",)), ("Sachsen",)),
        (document("Frankfurt"), (NOT_STATED,)),
    ],
    ids=[
        "what it states counts before its publisher",
        "the places in its title",
        "its publisher where the title names none",
        "its title before its publisher",
        "a federal text is about no single Land",
        "unless it says so",
        "a name in two Länder decides nothing",
    ],
)
def test_lands_are_stated_or_read_off_title_and_publisher(made, lands):
    assert traits_of(made)["land"] == lands


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a.PDF", "PDF"), ("b.htm", "HTML"), ("c.docx", "Word"), ("d.xyz", "XYZ"), ("e", NOT_STATED)],
)
def test_format_is_the_ending_of_the_file(name, shown):
    assert traits_of(document(name=name))["format"] == (shown,)


def test_within_a_facet_any_value_will_do_and_of_the_facets_all():
    choice = Choice({"level": frozenset({"Land", "Bund"}), "format": frozenset({"PDF"})})
    assert choice.accepts(document(level="Land"))
    assert not choice.accepts(document(level="Kommune"))
    assert not choice.accepts(document(name="a.md", level="Land"))
    assert Choice({"level": frozenset({NOT_STATED})}).accepts(document())
    assert choice.without("format").accepts(document(name="a.md", level="Land"))


@pytest.mark.parametrize(
    ("source", "accepted"),
    [
        ({}, True),
        ({"valid_from": date(2024, 1, 1)}, True),
        ({"valid_from": date(2024, 1, 2)}, False),
        ({"valid_until": date(2024, 1, 1)}, True),
        ({"valid_until": date(2023, 12, 31)}, False),
    ],
    ids=["unknown", "from that day", "from the next", "until that day", "until the day before"],
)
def test_a_day_leaves_out_what_is_known_not_to_hold(source, accepted):
    assert Choice(day=date(2024, 1, 1)).accepts(document(**source)) is accepted


def test_values_are_counted_by_documents_the_unstated_last():
    documents = [document(themes=("Lesen", "Schreiben")), document(themes=("Schreiben",)), BUS]
    assert count("theme", documents, Choice({"theme": frozenset({"Rechnen"})})) == (
        Counted("Schreiben", 2, is_chosen=False),
        Counted("Lesen", 1, is_chosen=False),
        Counted("Rechnen", 0, is_chosen=True),
        Counted(NOT_STATED, 1, is_chosen=False),
    )

from dataclasses import replace

import pytest
from sample_passages import passage

from assistant.comparison import ASPECTS, PART_ASPECTS, about, compared, tabulate
from assistant.selection import Quote
from assistant.units import Unit
from corpus.documents import Hit


@pytest.mark.parametrize(
    ("question", "subjects", "aspect"),
    [
        ("Was ist der Unterschied zwischen Modul 1 und Modul 2?", ("Modul 1", "Modul 2"), ""),
        ("Welche Unterschiede gibt es zwischen der A-Linie und B?", ("A-Linie", "B"), ""),
        ("Worin unterscheiden sich Bus und Bahn bei der Quote?", ("Bus", "Bahn"), "Quote"),
        ("Wie unterscheidet sich Bus von Bahn beim Geld?", ("Bus", "Bahn"), "Geld"),
        ("Vergleich von Bus und Bahn", ("Bus", "Bahn"), ""),
        ("Vergleiche bitte Bus mit Bahn", ("Bus", "Bahn"), ""),
        ("Unterschied zwischen Modul 1 und 3?", ("Modul 1", "Modul 3"), ""),
        ("Unterschied zwischen Haupt- und Neben-Linie?", ("Haupt-Linie", "Neben-Linie"), ""),
        ("What is the difference between Bus and Bahn?", ("Bus", "Bahn"), ""),
        ("Was ist bei Bus anders als bei Bahn?", ("Bus", "Bahn"), ""),
        ("Was unterscheidet Bus von Bahn?", ("Bus", "Bahn"), ""),
        ("Bus oder Bahn - was unterscheidet die?", ("Bus", "Bahn"), ""),
        ("Was unterscheidet Bus und Bahn beim Geld?", ("Bus", "Bahn"), "Geld"),
        ("Unterschied Phase 1 und 2?", ("Phase 1", "Phase 2"), ""),
    ],
)
def test_subjects_and_aspect_are_read_off_the_question(question, subjects, aspect):
    found = compared(question)

    assert (found.subjects, found.aspect) == (subjects, aspect)


@pytest.mark.parametrize("question", ["Was ist ein Vergleich?", "Wer fährt Bus und Bahn?", ""])
def test_other_questions_compare_nothing(question):
    assert compared(question) is None


def test_named_aspect_is_the_only_row_and_asked_in_words_that_find_it():
    (row,) = compared("Worin unterscheiden sich A und B bei der Antragsfrist?").questions()

    labels, (first, second) = row
    assert labels == ("Antragsfrist", "Antragsfrist")
    assert first == "Bis wann muss der Antrag für A gestellt werden?"
    assert second == "Bis wann muss der Antrag für B gestellt werden?"


def test_braces_in_a_question_stay_what_they_are():
    (row,) = compared("Worin unterscheiden sich {0} und {} bei der Farbe?").questions()

    assert row[1] == ("Farbe: {0}?", "Farbe: {}?")


def unit(text, title="Titel", heading=()):
    made = passage(text, title=title, heading=heading)
    return Unit(Hit(made, 1.0, 1), 0, 0.9, (), (), 0.0, None, 10.0)


@pytest.mark.parametrize(
    "named",
    [
        unit("Die Hauptlinie läuft."),
        unit("Sie läuft.", title="Haupt-Linie"),
        unit("Sie läuft.", heading=("Hauptlinie",)),
    ],
    ids=["in the unit", "in the title", "in the heading"],
)
def test_unit_has_to_name_its_subject(named):
    other = unit("Die Nebenlinie läuft.")

    assert about("Haupt-Linie", [other, named]) is named
    assert about("Haupt-Linie", [other]) is None


QUOTES = {
    name: Quote(Hit(passage(f"{name} ist hier.", name), 1.0, 1), 0, len(name) + 10)
    for name in ("Bus", "Bahn")
}


def test_every_cell_is_a_citation_or_says_that_nothing_is_stated():
    def quote_for(question, subject):
        return None if "Wie lange" in question and subject == "Bus" else QUOTES[subject]

    table, citations = tabulate(compared("Vergleich Bus und Bahn"), quote_for, is_english=False)

    assert table.columns == ("Bus", "Bahn")
    assert [label for label, _ in table.rows] == [labels[0] for labels, *_ in ASPECTS]
    assert [citation.number for citation in citations] == [1, 2]
    for label, (bus, bahn) in table.rows:
        assert (bus.number, bus.text) == ((None, "") if label == "Dauer" else (1, "Bus ist hier."))
        assert (bahn.number, bahn.text) == (2, "Bahn ist hier.")


def test_rows_without_any_quote_are_left_out():
    def quote_for(question, subject):
        return QUOTES[subject] if question.startswith("Was ist") else None

    table, _ = tabulate(compared("Vergleich Bus und Bahn"), quote_for, is_english=True)

    assert [label for label, _ in table.rows] == ["Subject"]


def test_there_is_no_table_where_one_subject_is_not_documented():
    def quote_for(_, subject):
        return QUOTES.get(subject)

    assert tabulate(compared("Vergleich Bus und Boot"), quote_for, is_english=False) is None


def test_longer_name_in_quotation_marks_is_not_its_last_word():
    named = unit("Anträge für „Bus im Lesenetz“ sind frei.", title="Fristen")

    assert about("Lesenetz", [named]) is None
    assert about("Lesenetz", [replace(named, hit=unit(named.text, title="Lesenetz").hit)]) is None
    assert about("Bus", [named]) is named


PARTS = {("phas", 1): "Aufbau der Linie", ("phas", 2): "Betrieb"}


def test_numbered_part_is_found_by_the_name_that_documents_give_it():
    building = unit("Zuerst kommen die Schienen.", heading=("Aufbau der Linie",))

    assert about("Phase 1", [building], PARTS) is building
    assert about("Phase 1", [building]) is None


@pytest.mark.parametrize(
    "other",
    [
        unit("Phase 2 folgt:\n• Es gilt, was in Phase 1 gebaut ist."),
        unit("Es gilt, was in Phase 1 gebaut ist.", heading=("Betrieb",)),
    ],
    ids=["in its beginning", "in its heading"],
)
def test_unit_of_another_part_is_not_about_one_that_it_mentions(other):
    own = unit("Phase 1 geht vor, Phase 2 folgt.")

    assert about("Phase 1", [other, own], PARTS) is own
    assert about("Phase 1", [other], PARTS) is None


def test_parts_are_compared_by_what_parts_have():
    rows = compared("Vergleiche Phase 1 und Phase 2").questions()

    assert [labels[0] for labels, _ in rows] == [labels[0] for labels, *_ in PART_ASPECTS]
    assert rows[1][1] == ("Ist Phase 1 Pflicht?", "Ist Phase 2 Pflicht?")


def test_programme_that_holds_both_parts_is_no_aspect():
    found = compared("Unterschied zwischen Phase 1 und 2 beim Lesenetz?")

    assert found.held_by(["Bus", "Lesenetz – das Programm"]).questions()[0][1] == (
        "Welche Aufgaben hat Phase 1 (Lesenetz)?",
        "Welche Aufgaben hat Phase 2 (Lesenetz)?",
    )
    assert found.held_by(["Das Lesen"]) == found
    money = compared("Unterschied zwischen Bus und Bahn bei der Förderung?")
    assert money.held_by(["Förderung in Kürze"]) == money

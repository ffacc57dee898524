from dataclasses import replace

import pytest
from sample_passages import passage

from assistant.selection import MOST, best_of, is_other_row, quotes, select
from assistant.units import Unit
from corpus.documents import Hit

TEXT = (
    "Der Verein fährt Bus. Er hat zwei Fahrer. Die Kasse ist leer. "
    "Das Lager ist voll. Die Halle steht am See. Der Garten blüht. Das Büro hat Fenster."
)
HIT = Hit(passage(TEXT), 1.0, 1)
OTHER = Hit(passage("Der Hafen ist alt. Er liegt am Fluss.", "hafen"), 0.5, 2)


def unit(position, score=0.0, *, hit=HIT, has_evidence=None):
    return Unit(
        hit=hit,
        position=position,
        cosine=0.9,
        matches=(),
        context=(),
        grams=0.0,
        has_evidence=has_evidence,
        score=score,
    )


def test_nothing_found_nothing_chosen():
    assert select([]) == []
    assert quotes([]) == []


def test_at_most_six_and_the_best_first():
    units = [unit(position, 5 - position / 10) for position in range(7)]

    assert select(units) == units[:MOST]
    assert MOST == 6


def test_units_far_below_the_best_are_left_out():
    units = [unit(0, 10.0), unit(1, 9.9), unit(2, -90.0)]

    assert select(units) == units[:2]


def test_same_words_are_quoted_once():
    copy = Hit(passage("Der  Verein\nfährt BUS.", "kopie", sentences=((0, 22),)), 0.9, 2)
    units = [unit(0, 1.0), unit(0, 0.9, hit=copy), unit(2, 0.8)]

    assert select(units) == [units[0], units[2]]


def test_unit_with_the_wanted_fact_comes_first():
    units = [unit(0, 1.0, has_evidence=False), unit(2, 0.5, has_evidence=True)]

    assert best_of(units) == units[1]
    assert select(units)[0] == units[1]


def test_unit_with_the_wanted_fact_far_below_is_not_the_best():
    units = [unit(0, 1.0, has_evidence=False), unit(2, -90.0, has_evidence=True)]

    assert best_of(units) == units[0]
    assert select(units) == units[:1]


def test_chosen_units_are_never_quoted_in_changed_words():
    for quote in quotes([unit(position) for position in (4, 0)] + [unit(1, hit=OTHER)]):
        assert quote.hit.passage.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("positions", "texts"),
    [
        ([3], ["Das Lager ist voll."]),
        ([2, 3], ["Die Kasse ist leer. Das Lager ist voll."]),
        ([4, 2], ["Die Halle steht am See.", "Die Kasse ist leer."]),
        ([1], ["Der Verein fährt Bus. Er hat zwei Fahrer."]),
        ([3, 3], ["Das Lager ist voll."]),
    ],
    ids=["one", "neighbours are merged", "order of the units", "anaphor", "chosen twice"],
)
def test_quotes_read_well(positions, texts):
    assert [quote.text for quote in quotes([unit(position) for position in positions])] == texts


def test_first_sentence_that_points_back_stands_alone():
    hit = Hit(passage("Er liegt am Fluss. Der Hafen ist alt."), 1.0, 1)

    (quote,) = quotes([unit(0, hit=hit)])

    assert quote.start == 0


def test_quotes_never_leave_their_passage_and_the_best_passage_comes_first():
    found = quotes([unit(0, hit=OTHER), unit(3)])

    assert [quote.hit.passage.document_id for quote in found] == ["hafen", "leitfaden"]


def row(text, *matches, document="preise"):
    made = unit(0, hit=Hit(passage(text, document, sentences=((0, len(text)),)), 1.0, 1))
    return replace(made, matches=matches)


IMKERN = row("Angebot: Werkstatt Imkern | Gebühr: 25 Euro", 1.0, 1.0)


@pytest.mark.parametrize(
    ("other", "is_other"),
    [
        (row("Angebot: Werkstatt Töpfern | Gebühr: 18 Euro", 1.0, 0.0), True),
        (row("Angebot: Werkstatt Imkern | Gebühr: 9 Euro", 1.0, 1.0), False),
        (row("Angebot: Imkern am See | Gebühr: 18 Euro", 0.0, 1.0, document="see"), False),
        (row("Ort: Werkstatt | Gebühr: 18 Euro", 1.0, 0.0), False),
        (row("Die Werkstatt Töpfern kostet 18 Euro.", 1.0, 0.0), False),
    ],
    ids=["lacks the name", "same name", "other document", "other table", "no row"],
)
def test_row_of_a_table_that_lacks_the_name_asked_for_is_another_one(other, is_other):
    assert is_other_row(other, IMKERN) is is_other


def test_rows_that_hold_different_words_of_a_question_belong_both_to_it():
    first = row("Angebot: Imkern | Gebühr: 25 Euro", 1.0, 0.0)
    second = row("Angebot: Töpfern | Gebühr: 18 Euro", 0.0, 1.0)

    assert not is_other_row(second, first)

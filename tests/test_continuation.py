import pytest
from sample_passages import PASSAGES, build, passage

from assistant.continuation import head_of, rest_of
from assistant.dialogue import Assistant, last
from corpus.index import Index
from corpus.manifest import read_manifest

HEAD = "(1) Nicht gefördert werden"
FIRST = f"{HEAD}\n1. Reisen ins Ausland,\n2. Bewirtung,"
MIDDLE = "3. Fahrzeuge,\n4. Musikanlagen,"
END = "5. Feuerwerk."
AFTER = "(2) Darüber entscheidet das Lesebüro."
QUESTION = "Welche Ausgaben werden nicht gefördert?"


def unit_passage(number, *units, heading=("§ 5 Ausgaben",)):
    text = "\n\n".join(units)
    starts = [text.index(unit) for unit in units]
    spans = tuple((start, start + len(unit)) for start, unit in zip(starts, units, strict=True))
    return passage(text, "richtlinie", n=number, heading=heading, sentences=spans)


LIST = (unit_passage(1, FIRST), unit_passage(2, MIDDLE), unit_passage(3, END, AFTER))


@pytest.fixture
def index_of(data, embedder):
    """Return a function that builds an index of some passages."""

    def make(passages):
        build(data, embedder, passages)
        return Index(data, read_manifest(data))

    return make


def rest(index, row):
    (one,) = index.passages([row])
    return [after.text[slice(*span)] for after, span in rest_of(one, index, row)]


def head(index, row, position=0):
    (one,) = index.passages([row])
    return head_of(one, position, index, row)


def test_what_leads_in_a_list_is_found_through_all_its_passages(index_of):
    index = index_of(LIST)

    heads = [head(index, row) for row in (1, 2)]

    assert [(one.passage.id, one.text) for one in heads] == [(LIST[0].id, HEAD)] * 2
    assert head(index, 0) is None
    assert head(index, 2, 1) is None


def test_what_leads_in_a_list_is_found_in_the_same_passage(index_of):
    index = index_of([unit_passage(1, FIRST, MIDDLE)])

    assert head(index, 0, 1).text == HEAD


def test_the_rest_of_a_list_ends_with_its_last_item(index_of):
    index = index_of(LIST)

    assert rest(index, 0) == [MIDDLE, END]
    assert rest(index, 2) == []


@pytest.mark.parametrize(
    "passages",
    [
        (unit_passage(1, FIRST), unit_passage(2, MIDDLE, heading=("§ 6 Anderes",))),
        (unit_passage(1, f"{HEAD}\n1. Reisen."), unit_passage(2, MIDDLE)),
        (unit_passage(1, FIRST), unit_passage(2, "1. Fahrzeuge,\n2. Bücher,")),
        (unit_passage(1, FIRST), unit_passage(2, "Fahrzeuge sind selten,")),
    ],
    ids=["another heading", "ended", "another list", "no list"],
)
def test_what_is_no_continuation(index_of, passages):
    index = index_of(passages)

    assert rest(index, 0) == []
    assert head(index, 1) is None


def test_a_long_list_is_quoted_whole_and_in_order(data, embedder):
    build(data, embedder, (*LIST, *PASSAGES))

    answer = last(Assistant(data, embedder).ask(QUESTION))

    assert [one.quote for one in answer.citations[:3]] == [FIRST, MIDDLE, END]


def test_an_item_is_never_quoted_without_what_leads_in_its_list(data, embedder):
    build(data, embedder, (*LIST, *PASSAGES))

    answer = last(Assistant(data, embedder).ask("Was gilt für Feuerwerk?"))

    quotes = [one.quote for one in answer.citations]
    assert END in quotes
    assert quotes.index(HEAD) == quotes.index(END) - 1

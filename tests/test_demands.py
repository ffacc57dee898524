import pytest
from sample_passages import passage

from assistant.demands import is_met
from assistant.query import build_query
from assistant.question import understand


@pytest.fixture
def met(corpus_index):
    """Return a function that tells whether a text holds what a question demands."""

    def look(question, text):
        return is_met(build_query(understand(question), corpus_index), passage(text, "neu"), text)

    return look


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es gibt 25 Seminartage.", True),
        ("Die Gesamtdauer der Seminare beträgt mindestens 25 Tage.", True),
        ("Der Verein hat 25 Tage im Jahr geöffnet.", False),
        ("Die Seminare haben 25 Plätze.", False),
    ],
    ids=["the compound", "its parts", "the last part alone", "something else"],
)
def test_a_compound_is_counted_by_its_last_part_beside_its_first(met, text, expected):
    assert met("Wie viele Seminartage muss der Verein anbieten?", text) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Wie viele Leute sitzen im Beirat?", "Der Beirat hat sechs Mitglieder.", True),
        ("Wie viele Personen sitzen im Beirat?", "Ihm gehören 9 Stadträtinnen an.", True),
        ("Wie viele Leute sitzen im Beirat?", "Der Beirat hat drei Ausschüsse.", False),
        ("Wie viele Exemplare braucht der Beirat?", "Anträge sind dreifach einzureichen.", True),
        ("Wie viele Exemplare braucht der Beirat?", "Der Antrag ist einfach.", False),
        ("Wie viele Bücher braucht der Beirat?", "Anträge sind dreifach einzureichen.", False),
    ],
)
def test_heads_are_told_by_whoever_is_counted_and_copies_by_how_manifold(
    met, question, text, expected
):
    assert met(question, text) is expected


def test_a_size_is_told_by_any_number(met):
    assert met("Ab welcher Betriebsgröße gilt das?", "Es gilt ab 200 Beschäftigten.")
    assert not met("Ab welcher Betriebsgröße gilt das?", "Es gilt für Betriebe.")


def test_what_was_counted_in_a_year_is_demanded_of_that_year(met):
    question = "Wie viele Busse wurden 2022 gekauft?"

    assert met(question, "Im Jahr 2022 hat der Verein drei Busse gekauft.")
    assert not met(question, "Der Verein hat drei Busse gekauft.")


def test_euros_are_demanded_where_they_are_asked_for(met):
    assert met("Wie viel Euro Taschengeld gibt es?", "Das Taschengeld beträgt 200 Euro.")
    assert not met("Wie viel Euro Taschengeld gibt es?", "Es sind 6 Prozent der Grenze.")

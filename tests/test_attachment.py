import pytest

from assistant.attachment import is_elsewhere, unsaid
from assistant.query import build_query
from assistant.question import understand


@pytest.fixture
def query_of(corpus_index):
    return lambda question: build_query(understand(question), corpus_index)


def test_figure_beside_what_is_asked_for_leaves_nothing_unsaid(query_of):
    query = query_of("Wie hoch ist die Pauschale für Lesepaten?")

    said = unsaid(query, "Die Pauschale für Lesepaten beträgt 400 Euro.")
    beside = unsaid(query, "Für Lesepaten gibt es eine Pauschale, sie beträgt 400 Euro.")

    assert said == pytest.approx(0)
    assert beside == pytest.approx(0)


def test_figure_of_something_else_in_the_same_text_leaves_the_question_unsaid(query_of):
    query = query_of("Wie hoch ist die Pauschale für Lesepaten?")

    near = unsaid(
        query, "Lesepaten erhalten eine Pauschale. Über sie berät der Rat. Ein Bus; 9 Euro."
    )

    assert near > 0.9


def test_duration_of_something_else_leaves_the_question_unsaid(query_of):
    query = query_of("Wie lange dauert die Lesereise?")

    assert unsaid(query, "Die Lesereise dauert zwei Wochen.") == pytest.approx(0)
    assert unsaid(query, "Die Lesereise ist beliebt. Das Haus hat zu. Zwei Wochen sind lang.") > 0.4


def test_without_any_figure_all_is_unsaid_and_other_questions_leave_nothing(query_of):
    text = "Lesepaten erhalten eine Pauschale."

    assert unsaid(query_of("Wie hoch ist die Pauschale?"), text) == 1
    assert unsaid(query_of("Wer hilft den Lesepaten?"), text) == 0


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Was kostet ein Lesebus in Leipzig?", "Ein Lesebus kostet in Hamburg 9 Euro.", True),
        ("Was kostet ein Lesebus in Leipzig?", "Ein Lesebus kostet 9 Euro.", True),
        ("Was kostet ein Lesebus in Leipzig?", "In Leipzig kostet ein Lesebus 9 Euro.", False),
        ("Was kostet ein Lesebus?", "Ein Lesebus kostet in Hamburg 9 Euro.", False),
        ("Welche Website hat das Büro für Leipzig?", "Büro Sachsen: www.sachsen.example", False),
    ],
)
def test_passage_has_to_name_a_place_of_the_question(query_of, question, text, expected):
    assert is_elsewhere(query_of(question), text) is expected

import pytest

from assistant.bearing import (
    begins,
    counts_list,
    defines,
    entitles,
    is_special,
    lacks_body,
    lacks_role,
)
from assistant.query import build_query
from assistant.question import understand


@pytest.fixture
def query_of(corpus_index):
    """Return a function that reads a question against the sample index."""
    return lambda text: build_query(understand(text), corpus_index)


@pytest.mark.parametrize(
    ("question", "text", "special"),
    [
        ("Wer ist antragsberechtigt?", "In Berlin ist es die Stadt.", True),
        ("Wer ist antragsberechtigt?", "Es sind alle Kreise.", False),
        ("Wer ist in Hessen antragsberechtigt?", "In Hessen sind es die Kreise.", False),
        ("Welche Büros gibt es?", "Das Büro in Berlin.", False),
    ],
    ids=["rule asked, place given", "rule for all", "place asked", "no rule asked"],
)
def test_what_holds_for_one_place_is_special_where_the_rule_is_asked(
    query_of, question, text, special
):
    assert is_special(query_of(question), "", text) is special


@pytest.mark.parametrize(
    ("text", "is_definition"),
    [
        ("Ein Lesebus ist eine fahrende Bücherei.", True),
        ("Lesebus steht für Bücherei auf Rädern.", True),
        ("(1) Lesebusse im Sinne dieses Gesetzes sind fahrende Büchereien.", True),
        ("Träger vom Lesebus ist der Kreis.", False),
        ("Der Lesebus fährt mittwochs.", False),
    ],
    ids=["is", "stands for", "numbered", "about something else", "says something else"],
)
def test_a_definition_says_what_the_thing_itself_is(query_of, text, is_definition):
    assert defines(query_of("Was ist ein Lesebus?"), text) is is_definition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Antragsberechtigt sind Kreise.", True),
        ("Zuwendungsempfänger können Vereine sein.", True),
        ("Einen Antrag können auch Dörfer stellen.", True),
        ("Die Antragsteller haben ein Konto.", False),
    ],
)
def test_who_may_apply_is_said_in_so_many_words(query_of, text, expected):
    assert entitles(query_of("Wer darf einen Antrag stellen?"), text) is expected
    assert not entitles(query_of("Wie hoch ist die Förderquote?"), text)


def test_a_list_is_counted_by_its_own_noun(query_of):
    query = query_of("Welche Büros gibt es?")

    assert counts_list(query, "Es gibt drei Büros: A, B und C.")
    assert not counts_list(query, "Die Websites der Büros sind: a.example, b.example")


def test_a_beginning_answers_since_when(query_of):
    query = query_of("Seit wann fährt der Bus?")

    assert begins(query, "Der Bus fährt seit dem 01.02.2030.")
    assert not begins(query, "Der Bus fuhr 2014-2024.")
    assert not begins(query_of("Wann fährt der Bus?"), "Der Bus fährt seit 2030.")


def test_who_somebody_is_needs_the_role(query_of):
    query = query_of("Wer ist Leiterin vom Lesebus?")
    with_role = [1.0 for _ in query.words]
    without = [0.0 if word.is_focus else 1.0 for word in query.words]

    assert not lacks_role(query, with_role)
    assert lacks_role(query, without)
    assert not lacks_role(query_of("Wer berät zum Lesebus?"), without[:2])


def test_who_sits_in_a_body_needs_the_body(query_of):
    query = query_of("Wer sitzt im Beirat der Bücherei?")
    without = [0.0 if word.token == "Beirat" else 1.0 for word in query.words]

    assert not lacks_body(query, [1.0 for _ in query.words])
    assert lacks_body(query, without)
    assert not lacks_body(query_of("wer sitzt im beirat?"), without[:2])

import pytest

from assistant.matching import coverage, match, text_words
from assistant.query import QueryWord
from corpus.analysis import fold, grams, stem
from corpus.synonyms import synonyms, translations


def word(text, weight=1.0, german=frozenset()):
    same = synonyms(stem(text))
    return QueryWord(stem(text), fold(text), weight, frozenset(grams(text)), same, german)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("kreise", "Der Kreis zahlt."),
        ("förderung", "FÖRDERUNG"),
        ("förderung", "die Fo\u0308rderung"),
    ],
    ids=["inflected", "capitals", "decomposed"],
)
def test_same_word_matches_fully(asked, text):
    assert match(word(asked), text_words(text)) == 1.0


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("geld", "Die Zuwendung wird gewährt."),
        ("frist", "Die Antragsfrist endet im Mai."),
        ("antragsfrist", "Der Antrag ist zu stellen."),
        ("förderqoute", "Die Förderquote steigt."),
        ("foerderquotte", "Die Förderquote steigt."),
    ],
    ids=["synonym", "part of a compound", "compound of a part", "letters swapped", "letter twice"],
)
def test_related_word_matches_partly(asked, text):
    assert 0 < match(word(asked), text_words(text)) < 1


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("hafen", "Der Bus fährt."),
        ("bus", "Das Bündnis"),
        ("wetter", "Die Werkstatt"),
        ("hafen", ""),
    ],
    ids=["another word", "first letters", "similar look", "no text"],
)
def test_other_word_does_not_match(asked, text):
    assert match(word(asked), text_words(text)) == 0.0


def test_part_of_a_compound_counts_as_much_as_it_makes_of_it():
    one, both = text_words("Der Urlaub."), text_words("Der Antrag auf Urlaub")
    only_begins = match(word("urlaubssperre"), one)

    assert 0 < only_begins < 0.5
    assert only_begins < match(word("urlaubsantrag"), both) < match(word("urlaub"), one)


def test_english_word_is_found_inside_a_german_compound():
    text = text_words("Der Jugendfreiwilligendienst dauert ein Jahr.")
    german = translations(stem("youth"))

    assert match(word("youth"), text) == 0.0
    assert 0 < match(word("youth", german=german), text) < 1


def test_exact_match_beats_all_others():
    text = text_words("Die Zuwendung und das Geld in der Geldbörse")

    assert match(word("geld"), text) == 1.0


def test_coverage_is_the_matched_share_of_the_weight():
    query = [word("bus", 3.0), word("hafen", 1.0)]

    assert coverage(query, [1.0, 0.0]) == pytest.approx(0.75)
    assert coverage(query, [0.0, 0.0]) == 0.0
    assert coverage(query, [1.0, 1.0]) == 1.0


def test_nothing_asked_covers_nothing():
    assert coverage([], []) == 0.0
    assert coverage([word("bus", 0.0)], [1.0]) == 0.0


def test_lengths_have_to_agree():
    with pytest.raises(ValueError, match="zip"):
        coverage([word("bus")], [1.0, 1.0])

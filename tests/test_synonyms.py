import tomllib
from pathlib import Path

import pytest

from corpus import synonyms as module
from corpus.analysis import is_stop_word, stem, words
from corpus.synonyms import synonyms, translations

DATA = tomllib.loads((Path(module.__file__).parent / "synonyms.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("geld", "zuwendung"),
        ("kriegen", "erhalten"),
        ("frist", "stichtag"),
        ("kommune", "gemeinde"),
    ],
)
def test_everyday_and_official_words_find_each_other(word, other):
    assert stem(other) in synonyms(stem(word))
    assert stem(word) in synonyms(stem(other))


@pytest.mark.parametrize("word", ["deadline", "eligible", "funding"])
def test_english_words_lead_to_german_ones(word):
    assert synonyms(stem(word)) >= translations(stem(word)) > frozenset()


@pytest.mark.parametrize(
    ("form", "entry"),
    [
        ("claimed", "claim"),
        ("submitting", "submit"),
        ("applies", "apply"),
        ("borrowed", "borrow"),
        ("delays", "delay"),
        ("heirs", "heir"),
    ],
)
def test_a_form_of_an_english_word_leads_where_the_word_does(form, entry):
    assert form not in DATA["english"]
    assert translations(stem(form)) == translations(stem(entry)) > frozenset()


def test_an_english_form_that_is_an_entry_means_what_its_entry_says():
    assert stem("getrennt") in translations(stem("separated"))
    assert translations(stem("paid")) != translations(stem("pay"))


@pytest.mark.parametrize("word", ["Vater", "plant", "Personal", "große", "Union", "Gift"])
def test_words_common_in_german_are_no_english_ones_spelt_alike(word):
    assert translations(stem(word.lower())) == frozenset()


def test_an_english_word_leads_to_what_its_german_ones_mean():
    assert stem("entbindung") not in translations(stem("birth"))
    assert stem("entbindung") in synonyms(stem("birth"))


def test_german_words_have_no_translation():
    assert translations(stem("zuwendung")) == frozenset()


def test_unknown_word_has_none():
    assert synonyms("xylophon") == frozenset()


@pytest.mark.parametrize("group", DATA["groups"], ids=lambda group: group[0])
def test_groups_have_several_different_words(group):
    assert len(group) > 1
    assert len({stem(word) for phrase in group for word in words(phrase)}) > 1


def test_no_english_entry_is_a_word_that_questions_lose():
    assert not [english for english in DATA["english"] if is_stop_word(english)]

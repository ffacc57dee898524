import threading
import unicodedata

import pytest

from corpus.analysis import content_stems, fold, grams, is_stop_word, stem, terms, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Förderung", "foerderung"),
        ("STRAßE", "strasse"),
        ("Fo\u0308rderung", "Förderung"),
    ],
    ids=["umlaut written out", "sharp s", "decomposed"],
)
def test_spellings_of_a_word_fold_to_one(one, other):
    assert fold(one) == fold(other)


def test_words_are_lower_case_and_in_order():
    assert words("Die Förderquote: 60 % (2031)!") == ["die", "förderquote", "60", "2031"]


def test_decomposed_text_has_the_same_terms():
    text = "Förderfähige Städte"

    assert terms(unicodedata.normalize("NFD", text)) == terms(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("förderung", "förderungen"), ("kreis", "kreise"), ("stadt", "städte")],
    ids=["plural -en", "plural -e", "plural with umlaut"],
)
def test_inflected_forms_share_terms(one, other):
    assert set(terms(one)) & set(terms(other))


@pytest.mark.parametrize("word", ["für", "fuer", "welche", "the", "über"])
def test_words_without_content_are_no_terms(word):
    assert is_stop_word(word)
    assert terms(word) == []


def test_content_stems_keep_order_and_repetitions():
    assert content_stems("Der Kreis und der Kreis mit der Stadt") == ["kreis", "kreis", "stadt"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("modul", ["#_modu", "#modul", "#odul_"]), ("a", ["#_a_"]), ("für", ["#_fuer", "#fuer_"])],
)
def test_grams_are_marked_and_five_long(word, expected):
    assert list(grams(word)) == expected


def test_compound_and_part_share_grams():
    assert set(terms("Frist")) & set(terms("Antragsfrist"))


@pytest.mark.parametrize("text", ["", " \n", "…!?", "\u200b", "🙂"])
def test_text_without_words_has_no_terms(text):
    assert terms(text) == []


def test_stemming_is_the_same_in_every_thread():
    vocabulary = [f"förderung{n}en" for n in range(200)]
    expected, results = [stem.__wrapped__(word) for word in vocabulary], []

    def run():
        results.append([stem.__wrapped__(word) for word in vocabulary])

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [expected] * 4

import numpy as np
import pytest
from sample_passages import PASSAGES

from corpus.analysis import stem, terms
from corpus.lexical import LexicalIndex

TEXTS = [passage.text for passage in PASSAGES]
LEXICAL = LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("Wer ist antragsberechtigt?", 0),
        ("Förderqoute", 1),
        ("Antragsfrist Lesebüro", 2),
        ("Bilderbuch", 4),
        ("FKL", 5),
    ],
    ids=["plain", "misspelt", "compound", "other number", "abbreviation"],
)
def test_best_score_goes_to_the_text_that_says_it(query, row):
    scores = LEXICAL.scores(terms(query))

    assert scores.shape == (len(TEXTS),)
    assert int(scores.argmax()) == row
    assert scores[row] > 0


@pytest.mark.parametrize(
    "query", ["", "und oder für", "Xylophon"], ids=["empty", "stop", "unknown"]
)
def test_nothing_in_common_scores_zero(query):
    np.testing.assert_array_equal(LEXICAL.scores(terms(query)), np.zeros(len(TEXTS)))


def test_repeated_word_counts_once():
    once, thrice = (LEXICAL.scores(terms(text)) for text in ("Lesebus", "Lesebus Lesebus Lesebus"))

    np.testing.assert_array_equal(once, thrice)


def test_saved_index_scores_the_same(tmp_path):
    LEXICAL.save(tmp_path / "lexical")

    loaded = LexicalIndex.load(tmp_path / "lexical")

    assert loaded.size == LEXICAL.size
    for query in ("Förderquote der Kreise", "Lesebus"):
        np.testing.assert_array_equal(loaded.scores(terms(query)), LEXICAL.scores(terms(query)))


@pytest.mark.parametrize("texts", [[], ["", "und oder"]], ids=["no text", "no content"])
def test_index_without_terms_can_be_saved_and_asked(tmp_path, texts):
    LexicalIndex.build(texts).save(tmp_path / "lexical")

    loaded = LexicalIndex.load(tmp_path / "lexical")

    assert loaded.scores(["kreis"]).tolist() == [0.0] * len(texts)
    assert "kreis" not in loaded


def test_rare_words_weigh_more_and_unknown_ones_most():
    common, rare, unknown = (LEXICAL.idf(stem(word)) for word in ("kreise", "mittwoch", "xylophon"))

    assert 0 < common < rare < unknown


def test_idf_is_that_of_lucene():
    holding = sum(stem("kreise") in terms(text) for text in TEXTS)

    expected = np.log(1 + (len(TEXTS) - holding + 0.5) / (holding + 0.5))

    assert holding == 2
    assert LEXICAL.idf(stem("kreise")) == pytest.approx(expected)


def test_contains_stems():
    assert stem("mittwoch") in LEXICAL
    assert "mittwochs-xyz" not in LEXICAL

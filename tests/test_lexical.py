import numpy as np
import pytest
from sample_passages import PASSAGES, passage

from corpus.analysis import stem, terms
from corpus.lexical import LexicalIndex, searchable_text
from corpus.postings import Postings

TEXTS = [one.text for one in PASSAGES]
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


@pytest.mark.parametrize("texts", [[], ["", "und oder"]], ids=["no text", "no content"])
def test_index_without_terms_can_be_asked(texts):
    index = LexicalIndex.build(texts)

    assert index.scores(["kreis"]).tolist() == [0.0] * len(texts)
    assert "kreis" not in index


def bm25(texts, query):
    """Score each text by the formula, without any index."""
    documents = [terms(text) for text in texts]
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in dict.fromkeys(query):
            holding = sum(term in one for one in documents)
            idf = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            count = document.count(term)
            score += idf * count / (count + 1.2 * (0.25 + 0.75 * len(document) / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize("rows", [range(6), [1, 4, 5], [3]], ids=["all", "some", "one"])
def test_chosen_texts_score_as_if_there_were_no_others(rows):
    query = terms("Förderquote der Kreise, Wartung des Lesebusses")
    first, second = Postings.of(TEXTS[:4]), Postings.of(TEXTS[4:])
    chosen = [
        (first, np.array([row for row in rows if row < 4], np.intp)),
        (second, np.array([row - 4 for row in rows if row >= 4], np.intp)),
    ]

    scores = LexicalIndex(chosen).scores(query)

    np.testing.assert_allclose(scores, bm25([TEXTS[row] for row in rows], query), rtol=1e-5)


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


def test_lexical_text_has_title_and_headings_before_the_text():
    one = passage("Der Text.", title="Titel", heading=("Kapitel", "Abschnitt"))

    assert searchable_text(one) == "Titel\nKapitel\nAbschnitt\nDer Text."

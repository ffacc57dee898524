import pytest
from sample_passages import passage

from assistant.spelling import respell

PASSAGES = [
    passage("Die Förderung für Bürger gilt. Eine Förderung für alle. Der Fuß, das Maß."),
    passage(
        "Hier stellen wir die REAB Nord vor. Die REAB stellen Gemeinden. Es gilt das Stellen. "
        "Partnerschaft zählt."
    ),
]


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("welche foerderung gilt fuer buerger", "welche Förderung gilt für Bürger"),
        ("was macht die reab", "was macht die REAB"),
        ("was gilt bei der REAB fuer gemeinden?", "was gilt bei der REAB für Gemeinden?"),
        ("was ist hier eine partnerschaft", "was ist hier eine partnerschaft"),
        ("Wer gibt dem Kreis foerderung fuer Maß?", "Wer gibt dem Kreis foerderung für Maß?"),
        ("Foerderung fuer Kreise?", "Förderung für Kreise?"),
        ("Buerger der FOERDERUNG", "Bürger der FOERDERUNG"),
        ("eine foerder fuer die reab", "eine foerder für die REAB"),
        ("was sagt der buerge", "was sagt der Bürge"),
        ("wer darf stellen", "wer darf stellen"),
        ("wetter in lissabon", "wetter in lissabon"),
        ("", ""),
    ],
    ids=["umlauts and nouns", "abbreviation", "abbreviation of its own",
         "only first in a sentence", "own capitals",
         "capital word with an umlaut", "all in capitals",
         "beginning alone", "without its ending", "rarer spelling", "unknown", "nothing"],
)  # fmt: skip
def test_a_question_is_spelt_like_the_passages(typed, spelt):
    assert respell(typed, PASSAGES) == spelt


@pytest.mark.parametrize("typed", ["Welche Förderung gilt?", "Ist das Stellen REAB?", "§ 3 (a|b)*"])
def test_what_is_written_properly_stays(typed):
    assert respell(typed, PASSAGES) == typed


def test_a_word_written_both_ways_stays_as_it_is_typed():
    both = [passage("Es gibt das Essen. Wir essen."), passage("Wer will essen? Das Essen ist da.")]

    assert respell("wo gibt es essen", both) == "wo gibt es essen"

import pytest

from corpus.short_forms import short_forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Bundesamt für Lesen (BfL) hilft.", {"bfl": "Bundesamt für Lesen"}),
        ("Der Förderkreis Lesebrücke (FKL) zahlt.", {"fkl": "Förderkreis Lesebrücke"}),
        ("Die Regionale Entwicklungsagentur (REAB) berät.", {}),
        ("Die „Neue Ländliche Lernkultur“ (NLL) wirkt.", {"nll": "Neue Ländliche Lernkultur"}),
        ("Viele Orte (siehe Karte) nehmen teil.", {}),
        ("Die Stadt Musterhausen (MH) liegt am See.", {"mh": "Musterhausen"}),
        ("Das Modul (M) entfällt.", {}),
        ("Im Sommer (Juli) ist Pause.", {}),
        ("(ABC) steht am Anfang.", {}),
    ],
    ids=[
        "small words", "compound", "letters that are not there", "quotation marks", "an aside",
        "one word", "one letter", "no capitals", "nothing before",
    ],
)  # fmt: skip
def test_long_form_is_the_fewest_words_that_spell_it(text, expected):
    assert short_forms([text]) == expected


def test_first_long_form_wins():
    texts = ["Die Lesebus-Leitung (LL) fährt.", "Die Lange Leitung (LL) stockt."]

    assert short_forms(texts) == {"ll": "Lesebus-Leitung"}


def test_line_break_inside_a_long_form():
    assert short_forms(["Das Bundesamt\nfür Lesen (BfL)."]) == {"bfl": "Bundesamt für Lesen"}


def test_no_text_no_forms():
    assert short_forms([]) == {}
    assert short_forms(["", "ohne Klammern"]) == {}

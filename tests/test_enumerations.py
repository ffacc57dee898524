import pytest

from corpus.analysis import stem
from corpus.enumerations import asked_parts, enumerations

MODULE, PILLAR = stem("modul"), stem("säule")


def test_parts_named_in_one_sentence_are_numbered_in_order():
    texts = ["Es gibt drei Module: Lesen lernen, Vorlesen und Bücher tauschen. Mehr nicht."]

    found = enumerations(texts)

    assert [found.get((stem("module"), number)) for number in (1, 2, 3, 4)] == [
        "Lesen lernen",
        "Vorlesen",
        "Bücher tauschen",
        None,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Es gibt drei Module: Lesen lernen und Vorlesen.",
        "Die drei Module werden später beschrieben und erklärt.",
        "Module gibt es viele, und alle sind gut, sagt man.",
        "",
    ],
    ids=["fewer names", "no names", "no number", "nothing"],
)
def test_a_list_that_does_not_add_up_teaches_nothing(text):
    assert enumerations([text]) == {}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Was fördert Modul 2?", [(MODULE, 2)]),
        ("was fördert modul zwei", [(MODULE, 2)]),
        ("Was ist das zweite Modul?", [(MODULE, 2)]),
        ("Worum geht es in der dritten Säule?", [(PILLAR, 3)]),
        ("Was unterscheidet Modul 1 von Modul 3?", [(MODULE, 1), (MODULE, 3)]),
        ("Welche Module gibt es?", []),
        ("Gilt § 2 Absatz 3?", []),
    ],
    ids=["digit", "word", "ordinal", "inflected", "two", "all", "paragraph"],
)
def test_parts_that_a_question_names(question, parts):
    assert asked_parts(question) == parts

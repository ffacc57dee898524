import pytest

from assistant.premises import wrong_premise
from assistant.question import understand

PARTS = {("modul", 1): "Netz", ("modul", 2): "Haus", ("modul", 3): "Thema"}


def premise_of(question, *quotes, passages=()):
    return wrong_premise(understand(question), quotes, [*quotes, *passages], PARTS)


@pytest.mark.parametrize(
    ("question", "quote", "said"),
    [
        ("Warum beträgt die Quote 95 %?", "Sie beträgt 60 %.", "in den Unterlagen steht 60 %"),
        ("Was verlangt Modul 5?", "Modul 1 verlangt ein Netz.", "zählen nur bis 3"),
        (
            "Bis wann ist die Skizze fällig?",
            "Es gibt keine eigene Skizze.",
            "„keine eigene Skizze“",
        ),
        ("Warum sind es nur 500 Euro?", "Es gibt Geld.", "500 Euro; das steht"),
        ("Warum gilt das seit 2022?", "Das gilt ab 2026.", "nennt 2022; in den zitierten"),
        ("Warum haben Kreise keine Busse?", "Alle Kreise haben Busse.", "eine Verneinung voraus"),
    ],
    ids=[
        "other figure",
        "part beyond the last",
        "thing denied",
        "amount that stands nowhere",
        "other year",
        "negation",
    ],
)
def test_wrong_premise_is_named(question, quote, said):
    assert said in premise_of(question, quote)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Warum beträgt die Quote 60 %?", "Sie beträgt 60 %."),
        ("Was verlangt Modul 3?", "Modul 1 verlangt ein Netz."),
        ("Was geschieht auf der zweiten Ebene?", "Auf der ersten Ebene wird beraten."),
        ("Ist die Skizze Pflicht?", "Es gibt keine Skizze."),
        ("Warum gibt es keine Skizze?", "Es gibt keine Skizze."),
        ("Bis wann ist die Skizze fällig?", "Der Bus hat keine Fenster."),
        ("Wir haben 500 Euro. Wer hilft?", "Der Kreis hilft."),
    ],
    ids=[
        "right figure", "part there is", "single part named", "asks whether", "denies itself",
        "other thing denied", "amount not presumed",
    ],
)  # fmt: skip
def test_right_or_open_premise_is_not_called_wrong(question, quote):
    assert premise_of(question, quote) is None


def test_amount_in_another_passage_is_known():
    assert premise_of("Warum sind es 500 Euro?", "Es gibt Geld.", passages=["500 €"]) is None

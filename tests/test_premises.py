from datetime import date

import pytest

from assistant.premises import wrong_premise
from assistant.question import understand
from assistant.validity import Timeframe

NOW = Timeframe(date(2031, 6, 15), {"leseagentur": date(2030, 12, 31)})
PARTS = {("modul", 1): "Netz", ("modul", 2): "Haus", ("modul", 3): "Thema"}


def premise_of(question, *quotes, passages=()):
    return wrong_premise(understand(question), quotes, [*quotes, *passages], PARTS, NOW)


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
        ("Wo sind die Leseagenturen heute?", "Sie lagen in Köln.", "Leseagenturen: bis 31.12.2030"),
        ("Wie hoch ist die Prämie?", "Nein: Es fließt nur Material.", "„Nein: Es fließt nur Mat"),
        ("Welche zehn Büros gibt es?", "Es gibt acht Büros und zehn Busse.", "10; in den Unt"),
    ],
    ids=[
        "other figure",
        "part beyond the last",
        "thing denied",
        "amount that stands nowhere",
        "other year",
        "negation",
        "what has ended",
        "no to the whole",
        "other number of all",
    ],
)
def test_wrong_premise_is_named(question, quote, said):
    assert said in premise_of(question, quote)


def test_premise_is_named_in_the_language_of_the_question():
    said = premise_of("Why is the rate of the grant 95 %?", "Sie beträgt 60 %.")

    assert said == "The question says 95 %; the documents say 60 %."

    said = premise_of("Why is the grant for this only 40.000 euros?", "Es gibt Geld.")

    assert said == "The question says 40,000 euros; the passages found do not."


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
        ("Ist das die Frist oder das Ende?", "Das ist das Ende und keine Frist."),
        ("Wie lange dauert die Lehre?", "Wer keine Lehre hat, kann das Amt fragen."),
        ("Gibt es die Leseagenturen heute noch?", "Die Leseagenturen lagen in Köln."),
    ],
    ids=[
        "right figure", "part there is", "single part named", "asks whether", "denies itself",
        "other thing denied", "amount not presumed", "one of two", "denied of others",
        "asks whether it goes on",
    ],
)  # fmt: skip
def test_right_or_open_premise_is_not_called_wrong(question, quote):
    assert premise_of(question, quote) is None


def test_amount_in_another_passage_is_known():
    assert premise_of("Warum sind es 500 Euro?", "Es gibt Geld.", passages=["500 €"]) is None

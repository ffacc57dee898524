import pytest

from assistant.presumption import presumptions
from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "kind", "value", "asked"),
    [
        ("Warum beträgt die Quote 80 %?", "amount", "80 %", "Wie hoch beträgt die Quote?"),
        ("Wieso gibt es nur 500 Euro?", "amount", "500 Euro", "Wie hoch gibt es?"),
        ("Warum läuft das Netz zehn Jahre?", "duration", "10 Jahre", "Wie lange läuft das Netz?"),
        ("Weshalb endet das Netz 2026?", "date", "2026", "Wann endet das Netz?"),
        ("Why does it start in August 2028?", "date", "2028-08", None),
        ("Warum gilt das ab dem 1.8.2028?", "date", "2028-08-01", "Wann gilt das?"),
        ("Warum sind es zwölf Büros?", "count", "12", "Wie viele Büros sind es?"),
        ("Welche zehn Büros gibt es?", "count", "10", "Wie viele Büros gibt es?"),
        ("Warum ist das BMBF zuständig?", "ministry", "BMBF", "Welches Ministerium ist zuständig?"),
        (
            "Why does the Federal Ministry of Labour (BMAS) pay?",
            "ministry",
            "BMAS",
            "Which ministry does pay?",
        ),
        ("Warum sitzt das Amt in Düsseldorf?", "place", "Düsseldorf", "Wo sitzt das Amt?"),
        ("Wo sitzt die Stelle in Berlin?", "place", "Berlin", "Wo sitzt die Stelle?"),
        ("Das Netz endet 2026. Was kommt danach?", "date", "2026", "Wann Das Netz endet?"),
    ],
)
def test_what_a_question_takes_for_granted_is_asked_for(question, kind, value, asked):
    found = next(presumptions(understand(question)))

    assert (found.kind, found.value) == (kind, value)
    assert asked in (None, found.questions[0])


@pytest.mark.parametrize(
    "question",
    [
        "Welche Fristen gab es 2023?",
        "Wir haben 45.000 Einwohner. Wer hilft?",
        "Unser Antrag ist von 2023. Wie lange läuft er?",
        "Wie hoch ist die Quote?",
        "Was wird in Berlin gefördert?",
        "Warum beraten die Büros?",
    ],
    ids=["condition", "asker", "asker's year", "nothing given", "place asked about", "no value"],
)
def test_what_is_asked_or_said_of_the_asker_is_not_taken_for_granted(question):
    assert list(presumptions(understand(question))) == []


def test_values_are_shown_in_the_language_of_the_question():
    (span,) = presumptions(understand("Why does the network run for two years?"))
    (month,) = presumptions(understand("Why does it start in August 2028?"))

    assert span.show("4 Jahre", is_english=True) == "4 years"
    assert month.show("2028-12", is_english=True) == "December 2028"
    assert month.show("2028-12", is_english=False) == "Dezember 2028"


def test_a_year_agrees_with_a_day_in_it_and_a_sum_only_with_sums():
    (year,) = presumptions(understand("Warum endet das Netz 2028?"))
    (share,) = presumptions(understand("Warum sind es 80 %?"))

    assert year.is_in("Es endet am 31.01.2028.")
    assert not year.is_in("Es endet 2029.")
    assert share.said("Es sind 60 % von 500 Euro.") == ["60 %"]

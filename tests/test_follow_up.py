"""Follow-ups become questions that stand alone; new topics stay what they are."""

import pytest

from assistant.answers import Message
from assistant.follow_up import lacks_topic, standalone


def history(*questions):
    return [
        turn
        for question in questions
        for turn in (Message("user", question), Message("assistant", "„Ein Zitat.“ [1]"))
    ]


@pytest.mark.parametrize(
    ("earlier", "question", "complete"),
    [
        ("Wer ist in Hessen zuständig?", "Und in Bayern?", "Wer ist in Bayern zuständig?"),
        (
            "Wer ist für Fürth zuständig?",
            "und bei uns in Kassel?",
            "Wer ist bei uns in Kassel zuständig?",
        ),
        (
            "Wie hoch ist die Förderquote?",
            "Und für Landkreise?",
            "Wie hoch ist die Förderquote für Landkreise?",
        ),
        (
            "Wie hoch ist die Förderquote für kreisfreie Städte?",
            "Und für Landkreise?",
            "Wie hoch ist die Förderquote für Landkreise?",
        ),
        ("Was ist LOTTA?", "Wer betreibt das?", "Wer betreibt das (LOTTA)?"),
        (
            "Welche REAB berät den Landkreis Görlitz?",
            "Wer ist dort Ansprechpartner?",
            "Wer ist dort Ansprechpartner (REAB, Landkreis, Görlitz)?",
        ),
        ("Was macht die Stelle KOSMO?", "Wo sitzt die?", "Wo sitzt die (Stelle, KOSMO)?"),
        (
            "Wer darf beim Lesebus einen Antrag stellen?",
            "Gilt das auch für Gemeinden?",
            "Wer darf beim Lesebus einen Antrag stellen für Gemeinden?",
        ),
        (
            "Wer ist für Görlitz zuständig?",
            "Wie ist die Website?",
            "Wie ist die Website (Görlitz)?",
        ),
        ("Wie viel Geld bekommt der Lesebus?", "Und wie lange?", "Wie lange (Lesebus)?"),
    ],
    ids=[
        "other Land",
        "other town",
        "other applicant",
        "applicant instead",
        "pronoun",
        "place",
        "article as pronoun",
        "holds for others",
        "contact of nobody named",
        "other quantity",
    ],
)
def test_follow_up_is_completed(earlier, question, complete):
    assert standalone(question, history(earlier)) == complete


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch ist der Eigenanteil?",
        "Wer ist das DLR?",
        "Wie ist die Website der Fachstelle KOSMO?",
        "Welche Aufgaben hat die Fachstelle für kommunales Bildungsmonitoring dort?",
    ],
)
def test_new_topic_stays_as_it_is(question):
    assert standalone(question, history("Welche Module hat die Förderung?")) == question


def test_first_question_stays_as_it_is():
    assert standalone("Und in Bayern?", []) == "Und in Bayern?"


def test_only_the_last_question_counts():
    turns = history("Was ist LOTTA?", "Wer ist in Hessen zuständig?")

    assert standalone("Und in Bayern?", turns) == "Wer ist in Bayern zuständig?"


@pytest.mark.parametrize("question", ["Was kostet das dazu?", "Wie hoch ist die Quote dafür?"])
def test_pointing_to_what_nobody_named_lacks_a_topic(question):
    assert lacks_topic(question)


@pytest.mark.parametrize(
    "question",
    ["Wie hoch ist die Quote?", "Wie hoch ist die Quote dazu (Lesebus)?", "Gibt es Lesebusse?"],
    ids=["points nowhere", "completed", "there is"],
)
def test_what_names_its_topic_lacks_none(question):
    assert not lacks_topic(question)

import pytest
from sample_passages import PASSAGES, build

from assistant.dialogue import Assistant, last
from assistant.several import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Wie hoch ist die Förderquote und wer gibt Auskunft zum Lesebus?",
            ("Wie hoch ist die Förderquote?", "wer gibt Auskunft zum Lesebus?"),
        ),
        (
            "Was ist der Lesebus und was kostet er?",
            ("Was ist der Lesebus?", "Was kostet er (Lesebus)?"),
        ),
        (
            "Was ist der Lesebus? Wo hält er?",
            ("Was ist der Lesebus?", "Wo hält er (Lesebus)?"),
        ),
        (
            "Wann und in welcher Stadt wurde der Lesebus getauft?",
            ("Wann wurde der Lesebus getauft?", "in welcher Stadt wurde der Lesebus getauft?"),
        ),
        (
            "What is the Lesebus, and where does it stop on Mondays?",
            ("What is the Lesebus?", "Where does it stop on Mondays (Lesebus)?"),
        ),
        (
            "Wer berät in Hessen und wer berät sie in Bayern?",
            ("Wer berät in Hessen?", "wer berät sie in Bayern?"),
        ),
    ],
)
def test_questions_in_one(question, parts):
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch ist die Förderquote?",
        "Wer darf Anträge stellen und Bücher ausleihen?",
        "Was unterscheidet den Lesebus vom Leseboot und was haben sie gemeinsam?",
        "Wie viele Bücher bekommt eine große Stadt und wie viele eine kleine?",
        "Wir haben einen Lesebus. Wie oft fährt er?",
        "Wo finde ich die Richtlinie? Bitte mit Link.",
        "Wer? Was? Wo? Wann?",
        "?",
    ],
)
def test_one_question(question):
    assert parts_of(question) == ()


@pytest.fixture
def ask(data, embedder):
    build(data, embedder, PASSAGES)
    assistant = Assistant(data, embedder)
    return lambda question: last(assistant.ask(question))


def test_each_question_is_answered_under_its_own_words(ask):
    answer = ask("Wie hoch ist die Förderquote und bis wann sind Anträge einzureichen?")

    assert answer.outcome == "answered"
    first, second = answer.text.split("Zur Frage „bis wann")
    assert "60 Prozent" in first
    assert "30. September 2031" in second
    assert [one.number for one in answer.citations] == list(range(1, len(answer.citations) + 1))
    for one in answer.citations:
        assert f"„{one.quote}“ [{one.number}]" in answer.text


def test_what_the_documents_leave_open_of_two_questions_is_said(ask):
    answer = ask("Wie hoch ist die Förderquote und welche Farbe haben die Fahrräder in Lissabon?")

    assert answer.outcome == "partial"
    assert "60 Prozent" in answer.text
    assert "Das steht nicht in den Unterlagen" in answer.text


def test_two_questions_without_an_answer_are_refused_as_one(ask):
    question = "Wie wird das Wetter morgen in Lissabon und welche Farbe haben dort die Fahrräder?"

    answer = ask(question)

    assert answer.outcome == "refused"
    assert "Zur Frage" not in answer.text

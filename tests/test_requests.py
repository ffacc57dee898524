"""Requests in everyday words become the questions they stand for."""

import pytest

from assistant.requests import as_question


@pytest.mark.parametrize(
    "request_for_all",
    [
        "Zähl mir alle Lesebusse auf",
        "nenn mir alle Lesebusse",
        "Nennen Sie mir bitte alle Lesebusse.",
        "Kannst du mal alle Lesebusse auflisten?",
        "Zeig uns eine Liste der Lesebusse",
        "Liste aller Lesebusse",
        "was gibts alles an Lesebusse",
        "Was für Lesebusse gibt es?",
    ],
)
def test_request_for_all_asks_which_there_are(request_for_all):
    assert as_question(request_for_all) == "Welche Lesebusse gibt es?"


@pytest.mark.parametrize(
    "request_for_all",
    ["list all book buses", "Please name all the book buses", "Show me a list of all book buses"],
)
def test_english_request_becomes_an_english_question(request_for_all):
    assert as_question(request_for_all) == "Which book buses are there?"


@pytest.mark.parametrize("colloquial", ["Wieviel Prozent gibts", "wie viel prozent kriegen wir"])
def test_percent_that_there_are_ask_for_the_rate(colloquial):
    assert as_question(f"{colloquial} dafür?") == "Wie hoch ist die Förderquote dafür?"


@pytest.mark.parametrize(
    "question",
    [
        "Nenn mir die Telefonnummer des Lesebusses.",
        "Dürfen alle Kreise mitmachen?",
        "Wie viel Prozent der Kinder lesen?",
        "Was für ein Bus ist das?",
        "",
    ],
)
def test_other_questions_stay_as_they_are(question):
    assert as_question(question) == question

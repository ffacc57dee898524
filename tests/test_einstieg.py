"""Stations are made of what the documents say, once for each index; tests prove themselves."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sample_library import library_assistant
from sample_passages import build
from scripted_assistant import PASSAGES, ScriptedAssistant

from assistant.answers import Citation
from assistant.dialogue import Assistant
from assistant.einstieg import guide as guide_module
from assistant.einstieg.composing import asker, make, proving
from assistant.einstieg.guide import Guide
from assistant.einstieg.stations import Check, Station, stations
from assistant.extractive import Reply

LIBRARY = Path(__file__).resolve().parents[1] / "corpus" / "library"
TODAY = date(2026, 11, 25)
CHECKS = [one for one in stations() if one.check]
BY_ID = {one.id: one for one in stations()}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return library_assistant(tmp_path_factory.mktemp("einstieg"))


@pytest.fixture
def guide():
    return Guide(lambda: TODAY)


def citation(quote):
    return Citation(1, replace(PASSAGES[0], text=quote), quote, 0, len(quote))


def sentences():
    for path in LIBRARY.glob("*.md"):
        yield from re.split(r"(?<=[.!?])\s+|\n", path.read_text("utf-8"))


def test_there_are_about_ten_stations_with_names_of_their_own():
    assert 10 <= len(stations()) <= 13
    assert len({one.id for one in stations()}) == len(stations())
    for station in stations():
        assert re.fullmatch(r"[a-z]+", station.id)
        assert set(station.titles) == {"de", "en"}
        assert station.questions
        assert station.trial.endswith("?")


@pytest.mark.parametrize("station", CHECKS, ids=lambda one: one.id)
def test_the_right_answer_stands_in_the_library_word_for_word(station):
    right, *wrong = station.check.options
    proving_sentences = [one for one in sentences() if right.casefold() in one.casefold()]
    assert proving_sentences
    assert any(
        not any(option.casefold() in one.casefold() for option in wrong)
        for one in proving_sentences
    )


def test_a_station_holds_quotes_and_says_what_is_missing(assistant, guide):
    made = guide.station(assistant, BY_ID["dkbm"])
    first, *_, last = made.parts
    assert first.question == "Was ist DKBM?"
    assert "DKBM steht für datenbasiertes kommunales Bildungsmanagement." in "".join(
        one.quote for one in first.citations
    )
    assert (last.outcome, last.citations) == ("refused", ())
    assert len(first.citations) <= 2


def test_a_test_is_shown_with_the_quote_that_proves_it(assistant, guide):
    made = guide.station(assistant, BY_ID["dkbm"])
    assert made.proof is not None
    assert "freiwillige Aufgabe" in made.proof.citation.quote


def test_a_test_without_its_quote_is_not_shown(assistant, guide):
    assert guide.station(assistant, BY_ID["geld"]).proof is None


@pytest.mark.parametrize(
    ("quote", "is_proof"),
    [
        ("Es läuft VIER  Jahre.", True),
        ("Es läuft drei Jahre.", False),
        ("Es läuft vier Jahre, nicht zwei Jahre.", False),
    ],
)
def test_only_a_quote_with_the_right_option_alone_is_a_proof(quote, is_proof):
    check = Check("Wie lange?", "Wie lange?", ("vier Jahre", "zwei Jahre"))
    assert (proving(check, [citation(quote)]) is not None) == is_proof


def test_a_refusal_proves_nothing():
    check = Check("Wie lange?", "Wie lange?", ("vier Jahre", "zwei Jahre"))
    station = Station("x", {"de": "X", "en": "X"}, ("Wie lange?",), "Und?", check)
    refusal = Reply("refused", "Nein.", (citation("Es läuft vier Jahre."),))
    assert make(station, lambda _: refusal).proof is None


def test_a_station_is_made_once_for_each_index_and_day(assistant, guide):
    first = guide.station(assistant, BY_ID["dkbm"])
    assert guide.station(assistant, BY_ID["dkbm"]) is first
    tomorrow = Guide(lambda: date(2026, 11, 26))
    assert tomorrow.station(assistant, BY_ID["dkbm"]) is not first


def test_stations_of_other_days_are_not_kept(assistant):
    days = [date(2026, 11, 25)]
    guide = Guide(lambda: days[-1])
    for _ in range(2):
        guide.station(assistant, BY_ID["dkbm"])
        days.append(days[-1] + timedelta(1))
    (kept,) = guide._made.values()
    assert [day for _, day in kept] == [date(2026, 11, 26)]


def test_a_new_index_makes_new_stations(data, embedder, guide):
    build(data, embedder)
    assistant = Assistant(data, embedder)
    first = guide.station(assistant, BY_ID["dkbm"])
    build(data, embedder)
    assert guide.station(assistant, BY_ID["dkbm"]) is not first


def test_stations_are_made_ahead_once_for_an_index_and_a_day(data, embedder, guide, monkeypatch):
    started = []

    class Recorded:
        def __init__(self, target, **_):
            self.start = lambda: started.append(target)

    monkeypatch.setattr(guide_module, "Thread", Recorded)
    build(data, embedder)
    assistant = Assistant(data, embedder)
    for _ in range(3):
        guide.make_ahead(assistant)
    assert len(started) == 1
    build(data, embedder)
    guide.make_ahead(assistant)
    assert len(started) == 2


def test_what_fails_ahead_is_logged_without_its_words(guide, monkeypatch, caplog):
    class Recorded:
        def __init__(self, target, **_):
            self.start = target

    monkeypatch.setattr(guide_module, "Thread", Recorded)
    guide.make_ahead(ScriptedAssistant())  # it has no index to look anything up in
    assert caplog.messages == ["The stations could not be made ahead"]


def test_questions_about_the_past_get_what_has_ended(assistant):
    reply = asker(assistant.retriever, TODAY)("Was war Lernen vor Ort?")
    assert "von 2009 bis 2014" in reply.citations[0].quote

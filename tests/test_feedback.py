"""Feedback is kept, deleted for good, and becomes questions and gaps for the editors."""

import json
from datetime import datetime

import pytest
from scripted_assistant import answered, refused

from assistant.evaluation import read_cases
from assistant.feedback import log as feedback_log
from assistant.feedback.entry import entry_of
from assistant.feedback.evaluation import case_lines, overview, unanswered
from assistant.feedback.log import FeedbackLog
from corpus.errors import UserFacingError

AT = datetime(2026, 11, 25, 11, 47, 31)


def entry(make=answered, question="Wer darf?", reason="falsch", *, with_text=True):
    return entry_of(make(question), reason, AT, with_text=with_text)


def test_the_time_is_rounded_to_the_hour():
    assert entry().at == "2026-11-25T11:00"


def test_entries_come_back_as_they_were(data):
    log = FeedbackLog(data)
    kept = [entry(), entry(refused, reason=None, with_text=False)]
    for one in kept:
        log.add(one)
    assert FeedbackLog(data).entries() == kept


def test_a_line_that_a_crash_cut_off_costs_no_other(data):
    log = FeedbackLog(data)
    log.add(entry())
    with (data / "feedback.jsonl").open("a") as file:
        file.write('{"id": "halb')
    assert len(log.entries()) == 1


def test_a_line_that_a_crash_cut_off_does_not_swallow_the_next(data):
    (data / "feedback.jsonl").write_text('{"id": "halb')
    log = FeedbackLog(data)
    log.add(entry())
    assert len(log.entries()) == 1


def test_what_is_deleted_is_gone(data):
    log = FeedbackLog(data)
    first, second = entry(question="Geheim?"), entry()
    log.add(first)
    log.add(second)

    assert log.delete([first.id, "unbekannt"]) == 1

    assert log.entries() == [second]
    assert "Geheim" not in (data / "feedback.jsonl").read_text("utf-8")
    assert log.delete_all() == 1
    assert not (data / "feedback.jsonl").exists()


def test_a_full_file_takes_no_more(data, monkeypatch):
    monkeypatch.setattr(feedback_log, "MOST", 1)
    log = FeedbackLog(data)
    log.add(entry())
    with pytest.raises(UserFacingError, match="Rückmeldungen gespeichert"):
        log.add(entry())


def test_questions_with_consent_become_a_question_set(data):
    entries = [
        entry(),
        entry(),
        entry(question="Und wo?", reason="Quelle passt nicht"),
        entry(question="Verborgen?", with_text=False),
    ]
    path = data / "fragen.jsonl"
    path.write_text("".join(f"{line}\n" for line in case_lines(entries)), "utf-8")

    first, second = read_cases(path)

    assert (first.question, first.doc) == ("Wer darf?", ("richtlinie.pdf", "integriert.pdf"))
    assert (second.question, second.doc) == ("Und wo?", ())


def test_refused_questions_are_counted():
    entries = [
        entry(refused, "Wetter?"),
        entry(refused, "Wetter?"),
        entry(refused, "Mond?"),
        entry(refused, "Verborgen?", with_text=False),
        entry(),
    ]
    assert unanswered(entries) == ["Wetter? (2-mal)", "Mond?"]


def test_the_overview_counts_reasons():
    text = overview([entry(), entry(reason=None, with_text=False), entry(refused)])
    assert text == "hilfreich: 1\nfalsch: 2\ndavon zu Ablehnungen: 1, mit Frage und Antwort: 2"


def test_the_command_shows_writes_and_deletes(call, data, tmp_path):
    assert "Noch keine Rückmeldungen." in call("feedback")[1]
    kept = entry(refused, "Wetter?")
    FeedbackLog(data).add(kept)

    assert "falsch: 1" in call("feedback")[1]
    assert json.loads(call("feedback", "--json")[1])["id"] == kept.id
    assert call("feedback", "--unanswered")[1] == "Wetter?\n"
    assert "1 Fragen nach" in call("feedback", "--questions", tmp_path / "f.jsonl")[1]
    assert call("feedback", "--delete", "unbekannt")[0] == 1
    assert call("feedback", "--delete", kept.id)[1] == "1 gelöscht.\n"
    assert call("feedback", "--delete-all")[0] == 1

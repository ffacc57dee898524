"""Processes that answer: what they say, to whom, and what happens when one is lost."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import PASSAGES, SOURCE, build, passage

from assistant.answers import Message
from assistant.dialogue import Assistant, last
from assistant.workers import Workers
from corpus.audiences import ANYONE, OWNER, Readership
from corpus.manifest import EmptyCorpus

CANARY = "Zibetkatze"
CLOSED = replace(
    passage(f"Die Förderquote der {CANARY}-Zulage beträgt 99 Prozent.", "geheim"),
    source=replace(SOURCE, audience="amt 40"),
)
QUESTIONS = ("Wie hoch ist die Förderquote?", "Wer ist antragsberechtigt?", f"Was ist {CANARY}?")
READERS = (ANYONE, Readership(frozenset({"internal"})), Readership(frozenset({"amt 40"})), OWNER)
SERVICE = """
import sys, time
from functools import partial
from pathlib import Path
from assistant.workers import Workers
from test_workers import load

if __name__ == "__main__":
    workers = Workers(1, partial(load, Path(sys.argv[1])))
    workers._pool.submit(int).result()
    print("ready", flush=True)
    time.sleep(600)
"""


def load(data, **options):
    return Assistant(data, HashingEmbedder(), today=lambda: date(2031, 6, 15), **options)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("arbeit")
    build(folder, HashingEmbedder(), (*PASSAGES, CLOSED))
    return folder


@pytest.fixture(scope="module")
def workers(data):
    return Workers(1, partial(load, data))


@pytest.fixture
def assistant(data, workers):
    return load(data, elsewhere=workers.answer)


def answers(assistant):
    """Return all of some answers but the times they took."""
    found = (last(assistant.ask(one)) for one in QUESTIONS)
    return [replace(one, seconds_retrieve=0.0, seconds_answer=0.0) for one in found]


@pytest.mark.parametrize("reader", READERS)
def test_a_process_answers_each_reader_as_the_service_itself_would(data, assistant, reader):
    found = answers(assistant.for_reader(reader))
    assert found == answers(load(data).for_reader(reader))
    may_read = reader.reads_all or "amt 40" in reader.groups
    assert ("99 Prozent" in str(found)) is may_read


def test_a_choice_of_documents_and_the_turns_before_reach_the_process(data, assistant):
    chosen = frozenset({PASSAGES[0].document_id})
    assert answers(assistant.within(chosen)) == answers(load(data).within(chosen))
    turns = [Message("user", "Wer ist antragsberechtigt?"), Message("assistant", "Kreise.")]
    follow_up = "Und bis wann?"
    complete = last(assistant.ask(follow_up, turns)).standalone_question
    assert complete == last(load(data).ask(follow_up, turns)).standalone_question != follow_up


def test_what_is_removed_is_gone_at_the_next_question(tmp_path):
    build(tmp_path, HashingEmbedder(), (*PASSAGES, CLOSED))
    assistant = load(tmp_path, elsewhere=Workers(1, partial(load, tmp_path)).answer)
    assert "99 Prozent" in str(answers(assistant.for_reader(OWNER)))
    build(tmp_path, HashingEmbedder(), PASSAGES)
    assert "99 Prozent" not in str(answers(assistant.for_reader(OWNER)))


def test_what_a_person_can_mend_arrives_with_its_hint(assistant):
    with pytest.raises(EmptyCorpus) as caught:
        last(assistant.within(frozenset({"fort"})).ask(QUESTIONS[0]))
    assert caught.value.hint == "Bitte andere Dokumente wählen oder in allen fragen."


def test_a_process_that_is_killed_has_a_successor(assistant, workers):
    last(assistant.ask(QUESTIONS[1]))
    for process in list(workers._pool._processes.values()):
        process.kill()
        process.join()
    assert "Kreise" in last(assistant.ask(QUESTIONS[1])).text


def test_a_question_that_ends_each_process_is_not_asked_again_and_again(data):
    workers = Workers(1, partial(end, data))
    with pytest.raises(Exception, match="terminated abruptly"):
        workers.answer(QUESTIONS[0], (), ANYONE, frozenset())


class Ending(Assistant):
    def ask(self, question, history=()):
        os._exit(3)


def end(data):
    return Ending(data, HashingEmbedder())


def test_no_process_outlives_a_service_that_is_killed(data):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    script = data / "dienst.py"
    script.write_text(SERVICE, "utf-8")
    service = subprocess.Popen(
        [sys.executable, str(script), str(data)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with service:
        assert service.stdout.readline() == "ready\n"
        service.kill()
        assert service.stdout.read() == ""  # its end comes when nobody holds the other one

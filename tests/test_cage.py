import os
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from corpus.documents import Verdict
from ingest.cage import Cage, Limits

LIMITS = Limits(memory_megabytes=512, cpu_seconds=1, wall_seconds=20)
posix_only = pytest.mark.skipif(os.name == "nt", reason="limits of the system are POSIX")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits this")


@pytest.fixture
def cage():
    with Cage(LIMITS, reader="misbehaving_reader:read") as made:
        yield made


@pytest.fixture
def ask(cage, tmp_path):
    """Return a function that has the cage read a file with this content."""

    def read(content, name="datei.txt", **values):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return cage.read(path, **values)

    return read


def text_of(reading):
    assert reading.verdict is Verdict.OK, reading
    return reading.document.pages[0].text


def test_document_comes_back_whole(ask):
    reading = ask("say Grüße aus dem „Käfig“ 🏛", name="größe.txt")

    assert text_of(reading) == "Grüße aus dem „Käfig“ 🏛"
    assert (reading.name, reading.document.name) == ("größe.txt", "größe.txt")


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        pytest.param("abort ", Verdict.DAMAGED, id="abort"),
        pytest.param("segfault ", Verdict.DAMAGED, id="segfault"),
        pytest.param("exit 0", Verdict.DAMAGED, id="exit without an answer"),
        pytest.param("forge ", Verdict.DAMAGED, id="forged answer"),
        pytest.param("fail AssertionError", Verdict.DAMAGED, id="exception"),
        pytest.param("fail GeneratorExit", Verdict.DAMAGED, id="exception that is none"),
        pytest.param("write /tmp/x", Verdict.DAMAGED, id="writes a file", marks=posix_only),
        pytest.param("burn ", Verdict.TOO_LARGE, id="endless loop", marks=posix_only),
        pytest.param("eat 600", Verdict.TOO_LARGE, id="memory", marks=linux_only),
        pytest.param("encrypt ", Verdict.ENCRYPTED, id="password"),
        pytest.param("say ", Verdict.EMPTY, id="no text"),
    ],
)
def test_each_end_is_one_verdict_and_the_next_file_is_read(ask, content, verdict):
    reading = ask(content)

    assert reading.verdict is verdict
    assert reading.message.endswith(".")
    assert reading.advice
    assert "\n" not in reading.message + reading.advice
    assert text_of(ask("say weiter")) == "weiter"


@posix_only
def test_endless_loop_ends_at_the_limit_of_the_processor_not_of_the_wall(ask):
    assert "Sekunden Rechenzeit" in ask("burn ").message


def test_silence_ends_at_the_wall_limit(tmp_path):
    path = tmp_path / "schlaf.txt"
    path.write_text("sleep 60", "utf-8")
    with Cage(replace(LIMITS, wall_seconds=1.5), reader="misbehaving_reader:read") as cage:
        reading = cage.read(path)

    assert reading.verdict is Verdict.TOO_LARGE
    assert "1.5 Sekunden" in reading.message


def test_pdf_that_kills_the_first_parser_goes_to_the_second(ask):
    assert text_of(ask("%PDF-abort ", name="a.pdf")) == "careful after abort"


@posix_only
def test_pdf_that_takes_too_long_is_not_tried_twice(ask):
    assert ask("%PDF-burn ", name="a.pdf").verdict is Verdict.TOO_LARGE


@posix_only
def test_signs_of_life_renew_the_time(ask):
    pages = []

    reading = ask("steps 4", on_page=lambda page, of: pages.append((page, of)))

    assert text_of(reading) == "finished"
    assert pages == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_output_of_a_parser_is_no_answer(ask):
    assert text_of(ask("complain ")) == "printed"


@linux_only
def test_nothing_in_the_cage_reaches_the_network(ask):
    assert text_of(ask("connect ")) == "[]"


def test_secrets_of_the_environment_stay_outside(ask, monkeypatch):
    monkeypatch.setenv("BILDUNGSLOTSE_KEY", "geheim")
    assert text_of(ask("environment BILDUNGSLOTSE_KEY")) == "None"


def test_process_is_used_again_and_replaced_after_many_files(ask):
    numbers = [text_of(ask("process ")) for _ in range(201)]

    assert len(set(numbers[:200])) == 1
    assert numbers[200] != numbers[0]


@linux_only
def test_process_that_grew_is_replaced(ask):
    before = text_of(ask("process "))
    ask("eat 300")
    assert text_of(ask("process ")) != before


def test_threads_read_at_the_same_time(cage, tmp_path):
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    meeting = threading.Barrier(2, timeout=20)
    found = []

    def read(path):
        # Each waits in its first page until the other one has come there as well.
        path.write_text("steps 1", "utf-8")
        found.append(cage.read(path, on_page=lambda page, pages: meeting.wait()).verdict)

    threads = [threading.Thread(target=read, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [Verdict.OK, Verdict.OK]


def test_missing_file_is_a_verdict(cage, tmp_path):
    assert cage.read(tmp_path / "fehlt.txt").verdict is Verdict.DAMAGED


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_name_in_a_foreign_encoding_is_read(cage, tmp_path):
    path = os.fsencode(tmp_path) + b"/F\xf6rderung.txt"
    with open(path, "w", encoding="utf-8") as file:
        file.write("say Text")

    reading = cage.read(tmp_path / os.fsdecode(b"F\xf6rderung.txt"))

    assert text_of(reading) == "Text"


@pytest.mark.skipif(os.name == "nt", reason="a program is made by its mode")
def test_no_image_starts_another_program(tmp_path):
    found = tmp_path / "jbig2dec"  # pypdf looks for it when it is imported
    found.write_text("#!/bin/sh\necho jbig2dec 0.20\n")
    found.chmod(0o755)
    program = (
        "import pypdf.filters as filters; before = filters.JBIG2DEC_BINARY; "
        "import ingest.readers.pdf_facts; print(before, filters.JBIG2DEC_BINARY)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.stdout == f"{found} None\n", done.stderr


def test_no_process_that_read_a_document_leaves_its_memory_on_disk():
    program = (
        "import resource as r; from ingest.cage.limits import Limits, confine; confine(Limits()); "
        "print(r.getrlimit(r.RLIMIT_CORE), r.getrlimit(r.RLIMIT_FSIZE))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "(0, 0) (0, 0)\n"

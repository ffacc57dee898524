"""What goes wrong for a user ends as one German line with a hint, never as a traceback."""

import errno
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import DEADLINE, ELIGIBLE, RATE, build

from corpus.index import live_documents

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Wie hoch ist die Förderquote?"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "unterlagen"
    made.mkdir()
    (made / "wer.txt").write_text(ELIGIBLE, "utf-8")
    (made / "geld.md").write_text(f"# Geld\n\n{RATE}", "utf-8")
    return made


def is_one_clear_line(text):
    return len(text.splitlines()) == 1 and text.startswith("Fehler: ") and "Traceback" not in text


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", ""], "Die Frage ist leer"),
        (["ask", " \t "], "Die Frage ist leer"),
        (["ask", "\udcff\udcfe"], "Die Frage ist leer"),
        (["ask", "a" * 20_000], "20000 Zeichen zu lang"),
        (["ask", "a" * 20_000, "--json"], "20000 Zeichen zu lang"),
        (["search", "?"], "Die Frage ist leer"),
        (["ingest", "gibt/es/nicht"], "gibt/es/nicht"),
        (["eval", "fehlt.jsonl"], "fehlt.jsonl"),
        (["ask", "--questions", "fehlt.jsonl", "--json"], "fehlt.jsonl"),
        (["serve", "--host", "0.0.0.0"], "ohne Anmeldung"),
    ],
    ids=[
        "empty", "blank", "binary bytes", "20,000 characters", "too long as JSON", "no letter",
        "missing folder", "missing set", "missing questions", "open to others",
    ],
)  # fmt: skip
def test_problem_of_a_user_is_one_line_and_exit_code_1(call, indexed, arguments, complaint):
    code, out, err = call(*arguments)

    assert (code, out) == (1, "")
    assert is_one_clear_line(err), err
    assert complaint in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", "Wer?", "--gibtsnicht"], "`--gibtsnicht`"),
        (["gibtsnicht"], "nicht zu verstehen"),
        (["ingest"], "mindestens eine Datei"),
        (["ask"], "entweder eine Frage oder"),
        (["ask", "Wer?", "--questions", "x.jsonl"], "entweder eine Frage oder"),
        (["search"], "`query` fehlt"),
        (["search", "Bus", "-k", "0"], "`k`"),
        (["search", "Bus", "-k", "viele"], "`k`"),
        (["serve", "--port", "70000"], "`port`"),
        (["ask", "Wer?", "zu", "viel"], "nicht zu verstehen"),
        (["ask", "Wer?", "--data"], "Fehler"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_and_exit_code_2(call, arguments, complaint):
    code, out, err = call(*arguments)

    assert (code, out) == (2, "")
    assert is_one_clear_line(err), err
    assert complaint in err
    assert "--help" in err


def test_no_name_commands_the_terminal(call, tmp_path):
    hostile = "\x1b]52;c;Z2VoZWlt\x07\r\x9b2J\u202efdp"
    (tmp_path / f"a{hostile}.md").write_text(f"# Titel {hostile}\n\nDer Bus{hostile} fährt.\n")
    (tmp_path / f"b{hostile}.pdf").write_text("kein PDF")
    outputs = [
        call("ingest", tmp_path / f"a{hostile}.md", tmp_path / f"b{hostile}.pdf"),
        call("ingest", tmp_path / f"c{hostile}.md"),
        call("ask", "Wann fährt der Bus?"),
        call("search", "Bus"),
        call("status"),
    ]
    shown = "".join(out + err for _, out, err in outputs)
    for name in ("a]52;c;Z2VoZWlt2Jfdp.md", "b]52;c;Z2VoZWlt2Jfdp.pdf", "c]52;c;Z2VoZWlt2Jfdp.md"):
        assert name in shown
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


@pytest.mark.parametrize("command", [["ask", "Wer?"], ["search", "Wer?"]], ids=["ask", "search"])
def test_empty_index_names_the_next_command(call, command):
    code, out, err = call(*command)

    assert (code, out) == (1, "")
    assert is_one_clear_line(err)
    assert "bildungslotse ingest" in err


def test_index_of_another_model_names_both_and_the_way_out(call, data):
    build(data, HashingEmbedder("anderes/modell"))

    code, out, err = call("ask", QUESTION)

    assert (code, out) == (1, "")
    assert is_one_clear_line(err)
    assert "anderes/modell" in err
    assert "--rebuild" in err


def test_bytes_that_are_no_text_inside_a_question_do_no_harm(call, indexed):
    code, out, err = call("ask", "Wie hoch ist die \udcff Förderquote?", "--json")

    assert (code, err) == (0, "")
    assert "60 Prozent" in json.loads(out)["text"]


@pytest.mark.parametrize(
    "command",
    [["status"], ["ask", "Wer?"], ["search", "Wer?"], ["ingest", "{folder}"]],
    ids=lambda command: command[0],
)
def test_data_folder_below_a_file_is_named(call, folder, tmp_path, command):
    (tmp_path / "datei").write_text("kein Ordner")
    arguments = [part.format(folder=folder) for part in command]

    code, _, err = call(*arguments, "--data", tmp_path / "datei" / "daten")

    assert code == 1
    assert is_one_clear_line(err), err
    assert "datei" in err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_data_folder_without_write_permission_is_named(call, folder, data):
    data.chmod(0o500)

    code, _, err = call("ingest", folder)

    data.chmod(0o700)
    assert code == 1
    assert is_one_clear_line(err), err
    assert str(data) in err


def test_port_in_use_names_another_one(call):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code, _, err = call("serve", "--port", port)

    assert code == 1
    assert is_one_clear_line(err)
    assert str(port) in err
    assert f"--port {port + 1}" in err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("data = ", "nicht lesbar"), ('farbe = "rot"\n', "`farbe` gibt es nicht")],
    ids=["broken", "unknown setting"],
)
def test_wrong_settings_file_is_one_line(call, monkeypatch, tmp_path, content, complaint):
    (tmp_path / "bildungslotse.toml").write_text(content)
    monkeypatch.setenv("BILDUNGSLOTSE_CONFIG", str(tmp_path / "bildungslotse.toml"))

    code, _, err = call("status")

    assert code == 1
    assert is_one_clear_line(err), err
    assert complaint in err


def test_unknown_setting_in_the_environment_is_one_line(call, monkeypatch):
    monkeypatch.setenv("BILDUNGSLOTSE_FARBE", "rot")

    code, _, err = call("status")

    assert code == 1
    assert is_one_clear_line(err)
    assert "`farbe` gibt es nicht" in err


def test_damaged_manifest_is_one_line(call, indexed):
    (indexed / "index" / "manifest.json").write_text("{")

    code, _, err = call("ask", QUESTION)

    assert code == 1
    assert is_one_clear_line(err), err


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "lines.npy").unlink(),
        lambda folder: (folder / "documents.jsonl").write_text("{"),
        lambda folder: (folder / "units.npy").write_bytes(b"\x93NUMPY"),
    ],
    ids=["file missing", "cut off", "vectors cut off"],
)
def test_damaged_generation_is_one_line(call, indexed, damage):
    damage(next((indexed / "index" / "segments").iterdir()))

    code, out, err = call("ask", QUESTION)

    assert (code, out) == (1, "")
    assert is_one_clear_line(err), err


def test_interruption_says_how_to_go_on(call, folder, embedder, monkeypatch):
    def interrupted(texts):
        raise KeyboardInterrupt

    monkeypatch.setattr(embedder, "encode_document", interrupted)

    code, _, err = call("ingest", folder)

    assert code == 130
    assert err.splitlines()[-1].startswith("Abgebrochen.")


def test_a_full_disk_is_named_and_the_old_index_stays(call, folder, data, monkeypatch):
    call("ingest", folder)
    before = live_documents(data)
    (folder / "frist.txt").write_text(DEADLINE, "utf-8")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("corpus.segment.np.save", full)
    code, _, err = call("ingest", folder)

    assert code == 1
    assert "Platz schaffen" in err.splitlines()[-1]
    assert live_documents(data) == before


def test_interrupted_ingest_goes_on(call, folder, embedder, monkeypatch):
    call("ingest", folder)
    (folder / "frist.txt").write_text(DEADLINE, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(
            embedder, "encode_document", lambda texts: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        call("ingest", folder)
    before = call("ask", QUESTION, "--json")

    again = call("ingest", folder, "--json")

    assert before[0] == again[0] == 0
    assert json.loads(again[1].splitlines()[-1])["summary"]["added"] == 1


def run(*arguments, data):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BILDUNGSLOTSE_")
    }
    return subprocess.run(
        [sys.executable, "app.py", *arguments, "--data", data],
        cwd=ROOT,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["ask", "Wer hilft?", "--json"], 1, "noch keine Dokumente eingelesen"),
        (["ask", b"\xff\xfe\x9d"], 1, "noch keine Dokumente eingelesen"),
        (["ask", "--gibtsnicht"], 2, "`--gibtsnicht`"),
    ],
    ids=["empty index", "binary bytes", "unknown option"],
)
def test_process_ends_with_code_and_one_line(tmp_path, arguments, code, complaint):
    done = run(*arguments, data=tmp_path)

    assert (done.returncode, done.stdout) == (code, b"")
    assert is_one_clear_line(done.stderr.decode()), done.stderr.decode()
    assert complaint in done.stderr.decode()


def test_ingest_that_takes_nothing_in_fails(call, tmp_path):
    broken = tmp_path / "kaputt.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing behind it")

    code, out, _ = call("ingest", broken)

    assert code == 1
    assert out.splitlines()[0].startswith("kaputt.pdf: beschädigt.")

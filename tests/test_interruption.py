"""Ctrl+C in a real process: it ends at once and says how to go on; the next run goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from interruptible import HALT
from sample_files import lines, pdf, scanned

from corpus.index import Index
from corpus.verification import check

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
HERE = Path(__file__).parent
PAGES = 4
SENTENCES = 90  # in each of two files


@pytest.fixture
def folder(tmp_path):
    """Two texts, and a scan whose first page is blank."""
    folder = tmp_path / "unterlagen"
    folder.mkdir()
    for name in ("a", "b"):
        text = "\n\n".join(f"Regel {name}{n} gilt seit dem Jahr {n}." for n in range(SENTENCES))
        (folder / f"{name}.txt").write_text(text, "utf-8")
    pages = [[], *(lines(f"Seite {number} des Scans.") for number in range(2, PAGES + 1))]
    (folder / "scan.pdf").write_bytes(scanned(pdf(pages), dots_per_inch=20))
    return folder


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Return a function that puts a scripted Tesseract on the path."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    def put(body):
        path = tmp_path / "tesseract"
        path.write_text(
            f"#!{sys.executable}\nimport sys, time\n"
            f"if '--list-langs' in sys.argv: print('deu'); sys.exit()\n{body}\n"
        )
        path.chmod(0o700)

    return put


def interrupted(folder, data, *, calls, at):
    """Run `ingest`, send SIGINT when a line of the error output holds `at`; return code and end."""
    arguments = [HERE / "interruptible.py", str(calls), "ingest", folder, "--data", data]
    environment = {**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        preexec_fn=_heed_interrupts,
    )
    before = []
    for line in process.stderr:
        before.append(line)
        if at in line:
            process.send_signal(signal.SIGINT)
            break
    _, rest = process.communicate(timeout=120)
    assert at in before[-1], "".join(before)
    return process.returncode, rest


def _heed_interrupts():
    """Undo what a shell does to programs that it starts behind its back: they ignore Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def content(data, embedder):
    index = Index.open(data, embedder)
    names = sorted(name for part in index._parts for one in part.entries for name in one.vector_ids)
    return names, sorted(one.text for one in index.passages(range(len(index))))


@pytest.mark.parametrize(
    ("scan", "calls", "at"),
    [
        pytest.param("time.sleep(300)", 99, f"Seite 1 von {PAGES}", id="reading"),
        pytest.param("pass", 1, HALT, id="embedding"),
    ],
)
def test_interrupted_run_ends_at_once_and_the_next_one_completes_it(
    call, folder, data, embedder, tmp_path, tesseract, scan, calls, at
):
    tesseract(scan)

    code, said = interrupted(folder, data, calls=calls, at=at)

    assert code == 130
    assert said.splitlines()[-1] == (
        "Abgebrochen. Denselben Befehl wiederholen, um fortzufahren; was schon berechnet ist, "
        "bleibt."
    )
    assert "Traceback" not in said
    assert not running(tmp_path)

    tesseract("pass")
    assert call("ingest", folder)[0] == 0
    again = set(embedder.documents)
    undisturbed = tmp_path / "ungestört"
    embedder.documents.clear()
    call("ingest", folder, "--data", undisturbed)

    assert content(data, embedder) == content(undisturbed, embedder)
    assert list(check(data)) == []
    kept = set(embedder.documents) - again
    assert bool(kept) == (at == HALT)  # what was embedded before is not embedded again


def running(folder):
    """Return the processes that run something under a folder."""
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    return [one for one in commands if str(folder / "tesseract").encode() in one]

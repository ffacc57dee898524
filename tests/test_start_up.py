"""What a command loads: one that shows something, or finds nothing to do, must not load engines."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from sample_passages import BUS, ELIGIBLE, RATE

from corpus.bundled_model import FAST_NAME
from corpus.index import live_documents
from corpus.settings import Settings
from ingest.pipeline import IngestRun

ROOT = Path(__file__).resolve().parent.parent
# Each of these takes a good part of a second, some of them several.
HEAVY = (
    "chromadb",
    "fastapi",
    "gradio",
    "httpx",
    "llama_index",
    "lxml",
    "onnxruntime",
    "openai",
    "sentence_transformers",
    "torch",
    "trafilatura",
    "transformers",
)
PROGRAM = f"""
import sys, app
try:
    app.main()
except SystemExit as end:
    assert not end.code, end.code
print([name for name in {HEAVY} if name in sys.modules])
"""


@pytest.fixture
def folder(folder_of):
    return folder_of({"wer.txt": ELIGIBLE, "bus.txt": BUS})


@pytest.fixture
def taken_in(folder, data, without_cage):
    """Return a data folder that holds the folder, built by what goes by the default's name."""
    list(IngestRun([folder], settings=Settings(data=data), embedder=HashingEmbedder(FAST_NAME)))
    return data


def run(data, *arguments):
    """Run a command in a process of its own; return its lines, what it loaded as the last one."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=data,
        env={**os.environ, "BILDUNGSLOTSE_DATA": str(data), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("arguments", ["--help", "status", "ingest --help", "eval --help"])
def test_command_that_only_shows_something_loads_nothing_heavy(arguments, data):
    assert run(data, *arguments.split())[-1] == "[]"


def test_status_of_an_index_loads_nothing_heavy(taken_in):
    first, *_, loaded = run(taken_in, "status")

    assert first.startswith("2 Dokumente, 2 Passagen")
    assert loaded == "[]"


def test_ingest_without_changes_loads_neither_model_nor_store(taken_in, folder):
    *_, told, loaded = run(taken_in, "ingest", folder)

    assert told.startswith("0 neu, 0 ersetzt, 2 unverändert")
    assert loaded == "[]"


def test_comparison_without_changes_loads_neither_model_nor_store(taken_in, folder):
    told, loaded = run(taken_in, "sync", folder)

    assert told == "0 neu, 0 geändert, 0 entfallen, 2 unverändert."
    assert loaded == "[]"


def test_model_that_turns_out_to_be_another_one_changes_nothing(call, taken_in, folder):
    (folder / "geld.txt").write_text(RATE, "utf-8")
    before = live_documents(taken_in)

    code, _, err = call("ingest", folder)

    assert (code, live_documents(taken_in)) == (1, before)
    assert f"mit dem Modell `{FAST_NAME}` gebaut, eingestellt ist `hashing/256`" in err

"""Ingesting, asking and the page reach nothing but this machine, with the bundled model."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sample_passages import DEADLINE, RATE

TESTS = Path(__file__).parent
PROGRAM = """
import json, socket, sys
from pathlib import Path

from conftest import is_loopback

attempts = []

def guarded(function, host_of):
    def call(*args, **kwargs):
        host = host_of(args)
        if host is not None and not is_loopback(host):
            attempts.append(str(host))
            raise OSError("offline")
        return function(*args, **kwargs)
    return call

def peer(args):
    return args[1][0] if args[0].family in (socket.AF_INET, socket.AF_INET6) else None

for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    first = lambda args: args[0][0] if isinstance(args[0], tuple) else args[0]
    setattr(socket, name, guarded(getattr(socket, name), first))
for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, guarded(getattr(socket.socket, name), peer))

import app

data, folder = sys.argv[1:]
for arguments in (
    ["ingest", folder, "--json"],
    ["ask", "Wie hoch ist die Förderquote?", "--json"],
):
    sys.argv = ["bildungslotse", *arguments, "--data", data]
    app.main()

import httpx
from live_server import serve

from assistant.dialogue import Assistant
from corpus.embedder_choice import load_embedder
from corpus.settings import Settings

with serve(lambda: Assistant(Path(data), load_embedder(Settings(data=data)))) as address:
    health = httpx.get(f"{address}/healthz").json()
    page = httpx.get(f"{address}/").status_code
print(json.dumps({"health": health, "page": page, "attempts": attempts}))
"""


@pytest.mark.parametrize("host", ["example.org", b"example.org", "8.8.8.8"])
def test_guard_of_all_tests_refuses_other_machines(host):
    with pytest.raises(AssertionError, match="wanted to reach"):
        socket.getaddrinfo(host, 443)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", None])
def test_guard_of_all_tests_lets_this_machine_through(host):
    assert socket.getaddrinfo(host, 80)


@pytest.mark.evals
def test_nothing_but_this_machine_is_reached(tmp_path, model_data):
    (tmp_path / "models").symlink_to(model_data / "models")
    folder = tmp_path / "unterlagen"
    folder.mkdir()
    (folder / "leitfaden.txt").write_text(f"{RATE}\n\n{DEADLINE}\n", "utf-8")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BILDUNGSLOTSE_")
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path, folder],
        cwd=TESTS.parent,
        env={**environment, "PYTHONPATH": f"{TESTS}{os.pathsep}.", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    report, summary, answer, page = (json.loads(line) for line in done.stdout.splitlines())
    assert report["status"] == "added"
    assert summary["summary"]["documents"] == 1
    assert "60 Prozent" in answer["text"]
    assert page == {"health": {"status": "ready"}, "page": 200, "attempts": []}

"""What a hostile file may cost: its own verdict, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS

from corpus.documents import Verdict
from ingest.cage import Cage, Limits

SELF_PEAK = """
import resource, sys
from pathlib import Path
from ingest.cage import Cage, Limits
with Cage(Limits()) as cage:
    for name in sys.argv[1:]:
        print(cage.read(Path(name)).verdict)
    cage.close()
# Right after its start, ru_maxrss of a process is that of the one that started it.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.fixture(scope="module")
def bombs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombs")
    for name, build in BOMBS.items():
        (folder / name).write_bytes(build())
    return folder


def test_bombs_are_small(bombs):
    assert len(BOMBS) == 10
    assert all(path.stat().st_size < 2_000_000 for path in bombs.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
def test_bombs_end_in_a_verdict_and_the_memory_stays_bounded(bombs):
    done = subprocess.run(
        [sys.executable, "-c", SELF_PEAK, *(str(bombs / name) for name in BOMBS)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=600,
    )
    *verdicts, own, children = done.stdout.split("\n")[:-1]

    assert done.returncode == 0, done.stderr
    assert dict(zip(BOMBS, verdicts, strict=True)) == {
        "flate.pdf": "zu groß",
        "nested-flate.pdf": "zu groß",
        "text-operators.pdf": "zu groß",
        "saved-states.pdf": "leer/gescannt",
        "doubling-forms.pdf": "ok",  # the second parser stops by itself and keeps what it has
        "self-drawing-form.pdf": "ok",
        "same-page.pdf": "zu groß",
        "claimed-pages.pdf": "ok",
        "nested-arrays.pdf": "leer/gescannt",
        "word.docx": "zu groß",
    }
    assert int(own) < 300
    assert int(children) <= 1024


def test_an_ordinary_file_is_read_after_a_bomb(bombs, tmp_path):
    path = tmp_path / "danach.txt"
    path.write_text("Die Kommune stellt Personal ein.", "utf-8")
    with Cage(Limits(cpu_seconds=5)) as cage:
        cage.read(bombs / "flate.pdf")
        assert cage.read(path).verdict is Verdict.OK

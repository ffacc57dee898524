"""A sample of the kills of `crash_trials.py`: every named step, and some random moments."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")


def test_no_kill_leaves_half_a_change():
    trials = Path(__file__).with_name("crash_trials.py")

    done = subprocess.run(
        [sys.executable, trials, "--kills", "30"], capture_output=True, text=True, timeout=1500
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "never reached: []" in done.stdout

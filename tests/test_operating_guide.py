"""The commands of the operating guide work as they stand there, one after the other."""

import re
import subprocess
from pathlib import Path

import pytest
from sample_passages import build

GUIDE = (Path(__file__).parent.parent / "docs" / "betrieb.md").read_text("utf-8")
SERVICE = ("systemctl ", "git ", "sh setup/", "cd /opt/")  # need a service, a release, a network
EXPAND = 'bildungslotse() { printf "%s\\n" "$@"; }; '
OWNED = "-o bildungslotse -g bildungslotse "  # the account is there where the service is set up


def commands(title):
    section = GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).splitlines()
    return [line for line in lines if not line.startswith(SERVICE)]


@pytest.mark.parametrize("title", ["Sichern", "Neue Version und zurück"])
def test_commands_of_the_guide_work(call, monkeypatch, embedder, tmp_path, title):
    data = tmp_path / "bildungslotse"
    build(data, embedder)
    monkeypatch.setenv("BILDUNGSLOTSE_DATA", str(data))
    (tmp_path / "sicherung").mkdir()
    done = []
    for line in commands(title):
        here = line.replace("/srv/", f"{tmp_path}/").replace(OWNED, "")
        shell = subprocess.run(["bash", "-euc", EXPAND + here], capture_output=True, text=True)
        assert shell.returncode == 0, shell.stderr
        if line.startswith("bildungslotse "):
            code, _, err = call(*shell.stdout.splitlines())
            assert code == 0, f"{line}: {err}"
        done.append(line.split()[:2])

    assert done.count(["bildungslotse", "verify"]) >= 1
    assert done.count(["bildungslotse", "backup"]) == 1
    assert done.count(["bildungslotse", "restore"]) >= 1

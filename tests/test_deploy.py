"""The files in deploy/ agree with the project and with each other; nginx is tested by itself."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from assistant.page.quellen.uploads import MOST_TOGETHER

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SYSTEMD_ANALYZE = shutil.which("systemd-analyze")


def instructions(name):
    return re.findall(rf"^{name} (.+)$", CONTAINERFILE, re.MULTILINE)


def unit(path):
    """Return the settings of a unit, by their names."""
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]\w+=", line))


def test_base_images_are_pinned_and_one():
    images = {line.removesuffix(" AS build") for line in instructions("FROM")}
    assert len(images) == 1
    assert re.fullmatch(r"python:3\.1[123]-slim-\w+", images.pop())


def test_everything_that_is_installed_is_copied_into_the_container():
    copied = {
        source
        for line in instructions("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {name.partition(".")[0] for name in project["tool"]["setuptools"]["packages"]}
    modules = {f"{name}.py" for name in project["tool"]["setuptools"]["py-modules"]}
    files = {project["project"]["readme"], *project["project"]["license-files"]}
    assert copied >= packages | modules | files | {"pyproject.toml", "requirements.lock"}


def test_the_container_is_nobody_and_tells_whether_it_is_well():
    (user,) = instructions("USER")
    assert int(user) > 0
    assert f"--uid {user} " in CONTAINERFILE
    assert CONTAINERFILE.index("\nUSER") < CONTAINERFILE.index("\nCMD")
    assert "/readyz" in instructions("HEALTHCHECK")[0]


@pytest.mark.parametrize("name", COMPOSE)
def test_containers_can_write_their_data_and_nothing_else(name):
    container = COMPOSE[name]
    assert container["user"] == instructions("USER")[0]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert [volume.partition(":")[2] for volume in container["volumes"]] == ["/data"]


def test_nothing_is_open_to_the_network_but_through_the_proxy():
    opened = [port for one in COMPOSE.values() for port in one.get("ports", ())]
    assert opened == ["127.0.0.1:7860:7860"]
    chroma = COMPOSE["chroma"]
    assert chroma["command"][chroma["command"].index("--host") + 1] == "127.0.0.1"
    assert COMPOSE["lotse"]["network_mode"] == "service:chroma"
    address = COMPOSE["lotse"]["environment"]["BILDUNGSLOTSE_INDEX_URL"]
    assert address == f"http://127.0.0.1:{chroma['command'][-1]}"


def test_the_proxy_lets_through_what_may_be_taken_in():
    text = (DEPLOY / "nginx" / "bildungslotse.conf").read_text("utf-8")
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", text)
    assert int(megabytes) * 2**20 > MOST_TOGETHER


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_as_nobody_special_and_are_closed(path):
    settings = unit(path)
    assert settings["User"] not in ("", "root")
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "RestrictNamespaces"):
        assert settings[name] == "yes", name
    assert settings["ProtectSystem"] == "strict"
    assert settings["CapabilityBoundingSet"] == ""
    assert settings["WorkingDirectory"] == settings["ReadWritePaths"]
    if host := re.search(r"--host (\S+)", settings["ExecStart"]):
        assert host[1] == "127.0.0.1"


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(path, tmp_path):
    here = re.sub(r"(?<=ExecStart=)\S+", sys.executable, path.read_text("utf-8"))
    (tmp_path / path.name).write_text(here, "utf-8")
    command = [SYSTEMD_ANALYZE, "verify", "--man=no", tmp_path / path.name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_are_installed(path):
    command, *arguments = unit(path)["ExecStart"].split()
    installed = Path(sys.executable).with_name(Path(command).name)
    called = [installed, arguments[0], "--help"]
    done = subprocess.run(called, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    plain = re.sub(r"\x1b\[[\d;]*m", "", done.stdout)
    assert [one for one in arguments[1:] if one.startswith("--") and one not in plain] == []


def test_the_command_of_the_service_is_run_as_its_account_with_its_settings(tmp_path):
    for folder in ("bin", "srv/bildungslotse", "etc/bildungslotse"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "etc/bildungslotse/environment").write_text(
        "# Wer antwortet\n\n"
        "BILDUNGSLOTSE_HOSTS=lotse.example.de\n"
        "BILDUNGSLOTSE_CONTACT=Frau Meier, Zi. 3\n"
        "BILDUNGSLOTSE_LLM_KEY='ab$cd`ef'"
    )
    account = tmp_path / "bin" / "runuser"
    account.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" "$BILDUNGSLOTSE_DATA" "$BILDUNGSLOTSE_HOSTS" '
        '"$BILDUNGSLOTSE_CONTACT" "$BILDUNGSLOTSE_LLM_KEY"\n'
    )
    account.chmod(0o755)
    command = tmp_path / "bildungslotse"
    text = (DEPLOY / "bildungslotse.sh").read_text("utf-8")
    command.write_text(re.sub("/(etc|srv)/", rf"{tmp_path}/\1/", text))

    done = subprocess.run(
        ["sh", command, "users", "list"],
        env={"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == [
        *("-u", "bildungslotse", "--", "/opt/bildungslotse/.venv/bin/bildungslotse"),
        *("users", "list", f"{tmp_path}/srv/bildungslotse", "lotse.example.de"),
        *("Frau Meier, Zi. 3", "ab$cd`ef"),
    ]

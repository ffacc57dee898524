"""The bill of materials lists what the program needs to run, and nothing that only tests need."""

import json
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from pathlib import Path
from urllib.parse import quote

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def names_of(requirements):
    wanted = [Requirement(one) for one in requirements]
    return {
        canonicalize_name(one.name) for one in wanted if not one.marker or one.marker.evaluate()
    }


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    target = tmp_path_factory.mktemp("sbom") / "sbom.json"
    subprocess.run(
        [sys.executable, ROOT / "setup" / "sbom.py", target], check=True, timeout=300, cwd=ROOT
    )
    return json.loads(target.read_text("utf-8"))


def test_it_is_the_program_with_its_packages_as_they_are_installed(bill):
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == PROJECT["name"]
    listed = {one["name"]: one for one in bill["components"]}
    needed = names_of(PROJECT["dependencies"])
    assert needed <= listed.keys()
    for name in needed:
        assert listed[name]["version"] == version(name)
        assert listed[name]["purl"] == f"pkg:pypi/{name}@{quote(version(name))}"
    assert not listed.keys() & {"pytest", "ruff", "mypy", "playwright", "schemathesis"}


def test_what_a_package_needs_is_listed_as_well(bill):
    listed = {one["name"] for one in bill["components"]}
    for name in listed:
        assert names_of(requires(name) or ()) <= listed, name


def test_each_package_is_there_because_another_one_needs_it(bill):
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    reached, open_ends = set(), ["bildungslotse"]
    while open_ends:
        name = open_ends.pop()
        if name not in reached:
            reached.add(name)
            open_ends += needs[name]
    assert reached - {"bildungslotse"} == {one["name"] for one in bill["components"]}


def test_nearly_every_package_says_its_licence(bill):
    unsaid = [one["name"] for one in bill["components"] if not one.get("licenses")]
    assert len(unsaid) < len(bill["components"]) / 10, unsaid

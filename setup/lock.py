"""Writes the lock files: `python setup/lock.py [PACKAGE…]`, in an environment made by `make test`.

What pyproject.toml asks for is followed through the metadata of packages, for each Python, system
and kind of processor that is supported. A version stays as it is locked; the newest that fits is
taken for what is new and for each PACKAGE named. Beside a version stand the hashes of all its
wheels, as the package index gives them.
"""

import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from email.parser import Parser
from functools import cache
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
INDEX = "https://pypi.org/simple"
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {"linux": ("Linux", "posix"), "darwin": ("Darwin", "posix"), "win32": ("Windows", "nt")}
# Kinds of processor, and what the wheels for them are called.
MACHINES = {
    "linux": {"x86_64": r"manylinux\S*_x86_64", "aarch64": r"manylinux\S*_aarch64"},
    "darwin": {"arm64": r"macosx\S*_(arm64|universal2)"},
    "win32": {"AMD64": "win_amd64"},
}
PIN = re.compile(r"^([\w.-]+)==([\w.!]+)", re.MULTILINE)
HEAD = "# {what} Written by setup/lock.py; versions are chosen there.\n"
Place = tuple[str, str, str]  # version of Python, sys.platform, kind of processor
File = dict[str, Any]  # as the package index describes it
Markers = dict[str, str]
PLACES: list[Place] = [
    (python, system, machine)
    for python, system in product(PYTHONS, SYSTEMS)
    for machine in MACHINES[system]
]


@dataclass
class Lock:
    """One file: roots, and where each package below them is needed."""

    path: Path
    what: str
    roots: list[Requirement]
    places: dict[str, set[Place]] = field(default_factory=dict)


class Pins(dict[str, str]):
    """The version of each package: the locked one, or the newest that all who ask for it allow."""

    def __init__(self, locked: dict[str, str]) -> None:
        super().__init__(locked)
        self._allowed: dict[str, SpecifierSet] = {}

    def take(self, one: Requirement) -> bool:
        """Take a package in; False where that changes a version that was chosen before."""
        name = canonicalize_name(one.name)
        if name in self and one.specifier.contains(self[name], prereleases=True):
            return True
        if name in self and name not in self._allowed:
            sys.exit(f"{one} does not allow {name}=={self[name]}; run: setup/lock.py {name}")
        is_new = name not in self
        self._allowed[name] = self._allowed.get(name, SpecifierSet()) & one.specifier
        self[name] = _newest(name, self._allowed[name])
        return is_new


def main(renewed: list[str]) -> None:
    """Write all lock files; `renewed` get the newest version that fits."""
    locks = _locks()
    locked = {name: version for lock in locks for name, version in _pins(lock.path)}
    pins = Pins({name: version for name, version in locked.items() if name not in renewed})
    for lock in locks:
        if not lock.roots:
            lock.roots = _requirements_of_cuda(pins)
        _place(lock, pins)
    for number, lock in enumerate(locks):
        for before in locks[:number]:
            for name, places in before.places.items():
                if lock.places.get(name, set()) <= places:
                    lock.places.pop(name, None)
        _write(lock, pins)


def _locks() -> list[Lock]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    tools = project["project"]["optional-dependencies"]["dev"]
    runtime = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    return [
        Lock(ROOT / "requirements.lock", "What the program needs.", _requirements(runtime)),
        Lock(ROOT / "requirements-dev.lock", "Tools of `make test`.", _requirements(tools)),
        Lock(ROOT / "requirements-cuda.lock", "What a CUDA build of PyTorch needs on Linux.", []),
    ]


def _place(lock: Lock, pins: Pins) -> None:
    for place in PLACES:
        for name in _closure(lock.roots, _markers(place), pins):
            lock.places.setdefault(name, set()).add(place)


def _requirements(lines: Iterable[str]) -> list[Requirement]:
    return [Requirement(line) for line in lines]


def _pins(path: Path) -> list[tuple[str, str]]:
    text = path.read_text("utf-8") if path.exists() else ""
    return [(canonicalize_name(name), version) for name, version in PIN.findall(text)]


def _markers(place: Place) -> Markers:
    python, system, machine = place
    platform, name = SYSTEMS[system]
    return {
        "implementation_name": "cpython",
        "os_name": name,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_system": platform,
        "python_full_version": f"{python}.9",
        "python_version": python,
        "sys_platform": system,
    }


def _closure(roots: list[Requirement], markers: Markers, pins: Pins) -> set[str]:
    """Return the names of all packages that are needed in one place; pins what is not pinned."""
    done: set[tuple[str, str]] = set()
    todo = [(root, "") for root in roots]
    while todo:
        one, extra = todo.pop()
        if one.marker and not one.marker.evaluate({**markers, "extra": extra}):
            continue
        if not pins.take(one):
            return _closure(roots, markers, pins)
        name = canonicalize_name(one.name)
        for wanted in ("", *one.extras):
            if (name, wanted) not in done:
                done.add((name, wanted))
                todo += [(each, wanted) for each in _dependencies(name, pins[name])]
    return {name for name, _ in done}


def _newest(name: str, allowed: SpecifierSet) -> str:
    versions = {version for version, _, _ in _wheels(name)}
    fitting = [one for one in versions if not one.is_prerelease and allowed.contains(one)]
    if not fitting:
        sys.exit(f"no wheel of {name} fits {allowed or 'any version'}")
    return str(max(fitting))


def _requirements_of_cuda(pins: Pins) -> list[Requirement]:
    """Return what PyTorch's build on the package index asks for beyond its CPU build."""
    markers = _markers((PYTHONS[0], "linux", "x86_64"))
    dependencies = _read_metadata("torch", pins["torch"], lambda file: "manylinux" in file)
    return [
        one
        for one in dependencies
        if one.marker is None or one.marker.evaluate({**markers, "extra": ""})
    ]


@cache
def _dependencies(name: str, version: str) -> list[Requirement]:
    try:
        if Version(metadata.version(name)).public == Version(version).public:
            return _requirements(metadata.requires(name) or ())
    except metadata.PackageNotFoundError:
        pass
    return _read_metadata(name, version, lambda file: True)


def _read_metadata(name: str, version: str, is_meant: Callable[[str], bool]) -> list[Requirement]:
    """Read what a wheel asks for."""
    (address, *_) = (
        row["url"]
        for found, _, row in _wheels(name)
        if str(found) == version and is_meant(row["filename"])
    )
    with zipfile.ZipFile(io.BufferedReader(_Remote(address), 1 << 16)) as wheel:
        (inside,) = (
            one for one in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one)
        )
        text = wheel.read(inside).decode()
    return _requirements(Parser().parsestr(text).get_all("Requires-Dist") or ())


@cache
def _wheels(name: str) -> list[tuple[Version, frozenset[Tag], File]]:
    """Return the wheels of a package that are of use somewhere, each with its version and tags."""
    page = json.loads(_get(f"{INDEX}/{name}/", Accept="application/vnd.pypi.simple.v1+json"))
    found = []
    for row in page["files"]:
        with suppress(InvalidWheelFilename):  # no wheel, or one of the old days
            _, version, _, tags = parse_wheel_filename(row["filename"])
            is_of_use = any(_runs_at(tag, place) for tag in tags for place in PLACES)
            if is_of_use and not row["yanked"]:
                found.append((version, tags, row))
    return found


def _runs_at(tag: Tag, place: Place) -> bool:
    python, system, machine = place
    minor = int(python.partition(".")[2])
    own = f"cp3{minor}"
    is_stable = tag.abi == "abi3" and int(tag.interpreter[3:] or 0) <= minor
    is_general = tag.abi == "none" and tag.interpreter in {"py3", f"py3{minor}", own}
    if not (is_stable or is_general or (tag.interpreter, tag.abi) == (own, own)):
        return False
    return tag.platform == "any" or bool(re.fullmatch(MACHINES[system][machine], tag.platform))


class _Remote(io.RawIOBase):
    """A file of the package index, of which only what is asked for is fetched."""

    def __init__(self, address: str) -> None:
        self._address = address
        with urlopen(Request(address, method="HEAD"), timeout=60) as answer:
            self._size = int(answer.headers["Content-Length"])
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        end = min(self._at + len(buffer), self._size) - 1
        if end < self._at:
            return 0
        content = _get(self._address, Range=f"bytes={self._at}-{end}")
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


def _get(address: str, **headers: str) -> bytes:
    with urlopen(Request(address, headers=headers), timeout=60) as answer:
        content: bytes = answer.read()
    return content


def _write(lock: Lock, pins: Pins) -> None:
    lines = [HEAD.format(what=lock.what)]
    for name, places in sorted(lock.places.items()):
        options = [f"--hash=sha256:{one}" for one in _hashes(name, pins[name], places)]
        lines.append(" \\\n    ".join([f"{name}=={pins[name]}{_marker(places)}", *options]))
    lock.path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{lock.path.name}: {len(lock.places)} packages")


def _hashes(name: str, version: str, places: set[Place]) -> list[str]:
    wheels = [(tags, row) for found, tags, row in _wheels(name) if str(found) == version]
    for place in places:
        if not any(_runs_at(tag, place) for tags, _ in wheels for tag in tags):
            sys.exit(f"there is no wheel of {name}=={version} for {place}")
    return sorted({row["hashes"]["sha256"] for _, row in wheels})


def _marker(places: set[Place]) -> str:
    """Say where a package is needed; nothing where it is everywhere."""
    pythons = {
        system: tuple(one for one in PYTHONS if any(place[:2] == (one, system) for place in places))
        for system in SYSTEMS
    }
    if len(set(pythons.values())) == 1:
        clauses = [_of_pythons(pythons["linux"])]
    else:
        clauses = [
            " and ".join(filter(None, [f"sys_platform == '{system}'", _of_pythons(found)]))
            for system, found in pythons.items()
            if found
        ]
    return f" ; {' or '.join(clauses)}" if any(clauses) else ""


def _of_pythons(found: tuple[str, ...]) -> str:
    if found == PYTHONS:
        return ""
    return f"python_version in '{' '.join(found)}'"


if __name__ == "__main__":
    main([canonicalize_name(name) for name in sys.argv[1:]])

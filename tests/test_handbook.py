"""The handbook says what the program does: settings, commands, keys and messages by their names."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import typer

import app
from corpus.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HANDBOOK = _FENCED.sub("", (ROOT / "docs" / "handbuch.md").read_text("utf-8"))
FOLDERS = ("assistant", "commands", "corpus", "ingest")


def section(title):
    return HANDBOOK.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text):
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")][1:]


@cache
def known_messages():
    scripts = (ROOT / "setup" / "environment.sh", ROOT / "tests" / "browser" / "conftest.py")
    return "\n".join([*strings(), *(path.read_text("utf-8") for path in scripts)])


def strings():
    """Yield every string of the product; the values put into it are left open as "…"."""
    files = [ROOT / "app.py", *(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(getattr(part, "value", "…")) for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_setting_is_explained_with_its_default():
    rows = [line for line in section("Einstellungen").splitlines() if line.startswith("| `")]
    for name, field in Settings.model_fields.items():
        (row,) = [row for row in rows if row.startswith(f"| `{name}` |")]
        assert f"`{PREFIX}{name.upper()}`" in row
        assert (f"`{field.default}`" if field.default not in ("", None) else "leer") in row
    assert len(rows) == len(Settings.model_fields)


def test_every_command_is_explained():
    commands = typer.main.get_command(app.app).commands
    explained = {cell.strip("`").split()[0] for cell in first_cells(section("Befehle"))}
    assert explained == set(commands)


def test_every_key_of_the_front_matter_is_explained():
    source = (ROOT / "ingest" / "readers" / "front_matter.py").read_text("utf-8")
    keys = set(re.findall(r'\(values, "(\w+)"', source))
    explained = set(
        re.findall(r"`(\w+)`", " ".join(first_cells(section("Markdown-Dokumente schreiben"))))
    )
    assert explained == keys


@pytest.mark.parametrize("cell", first_cells(section("Wenn etwas nicht geht")))
def test_message_in_the_troubleshooting_table_exists(cell):
    message = (re.findall(r"`(.*)`|„(.*)“", cell) or [(cell, "")])[0]
    pieces = [piece.strip(" ,.:`") for piece in "".join(message).split("…")]
    for part in (part for piece in pieces for part in piece.split(": ")):
        assert part in known_messages(), part


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "SECURITY.md",
        "docs/handbuch.md",
        "docs/betrieb.md",
        "docs/decisions.md",
        "docs/datenschutz.md",
        "docs/ki-verordnung.md",
        "docs/barrierefreiheit.md",
    ],
)
def test_links_to_files_and_headings_lead_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", path.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        if file.suffix == ".png":
            continue  # pictures are made by a script, from the running page
        assert file.is_file(), target
        if anchor:
            headings = re.findall(
                r"^#+ (.*)$", _FENCED.sub("", file.read_text("utf-8")), re.MULTILINE
            )
            assert anchor in {anchor_of(heading) for heading in headings}, target


def anchor_of(heading):
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")

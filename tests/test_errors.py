import ast
from pathlib import Path

import pytest

from corpus.errors import UserFacingError

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    path
    for folder in ("assistant", "commands", "corpus", "ingest", "prompts")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


def test_message_and_hint_are_one_line_for_people():
    error = UserFacingError("Die Frage ist leer.", hint="Bitte eine Frage eingeben.")

    assert str(error) == "Die Frage ist leer. Bitte eine Frage eingeben."


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_user_facing_error_carries_a_hint(path):
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UserFacingError"
    ]

    assert all("hint" in {keyword.arg for keyword in call.keywords} for call in calls)

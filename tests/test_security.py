"""Every promise in docs/security.md names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.findall(
    r"^\| ([A-Z\d]+-\d.*?) \| .+? \| (.+?) \|$",
    (ROOT / "docs" / "security.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_every_promise_is_kept_by_a_test_that_exists():
    assert len(ROWS) > 15
    for promise, cell in ROWS:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell)
        assert named, promise
        for file, test in named:
            assert f"\ndef {test}(" in (ROOT / file).read_text("utf-8"), (promise, test)


def test_no_promise_of_a_group_is_left_out():
    named = [each.rsplit("-", 1) for promise, _ in ROWS for each in promise.split(", ")]
    groups = {group for group, _ in named}
    assert len(groups) >= 14
    for group in groups:
        numbers = sorted(int(number) for each, number in named if each == group)
        assert numbers == list(range(1, len(numbers) + 1)), group

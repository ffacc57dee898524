"""The papers for an administration name the times, files and tests that there are."""

import re
from pathlib import Path

import pytest

from assistant.access import lockout, sessions
from assistant.access.entrance import COOKIE
from assistant.access.users import UserFile
from assistant.desk.jobs import MOST_KEPT
from assistant.feedback.entry import Entry
from assistant.feedback.log import FeedbackLog
from assistant.page.server import MAX_SESSIONS

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "assistant" / "page" / "static"
PAPERS = ("SECURITY.md", "docs/datenschutz.md", "docs/ki-verordnung.md", "docs/barrierefreiheit.md")
PRIVACY = (ROOT / "docs" / "datenschutz.md").read_text("utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_test_that_is_named_is_there(paper):
    for file, name in _TEST.findall((ROOT / paper).read_text("utf-8")):
        assert f"def {name}" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"


@pytest.mark.parametrize(
    ("paper", "parts"),
    [
        (
            "datenschutz.md",  # Art. 13, 17, 30 and 35 GDPR
            (
                "Datenschutzhinweise",
                "Eintrag für das Verzeichnis von Verarbeitungstätigkeiten",
                "Löschkonzept",
                "Vorprüfung zur Datenschutz-Folgenabschätzung",
            ),
        ),
        (
            "ki-verordnung.md",  # Art. 4, 50 and Annex III AI Act
            ("Wofür er gedacht ist", "Einordnung", "Grenzen", "Was wer ihn benutzt wissen muss"),
        ),
    ],
)
def test_the_papers_that_the_law_asks_for_are_there(paper, parts):
    sections = re.split(r"^## ", (ROOT / "docs" / paper).read_text("utf-8"), flags=re.MULTILINE)
    lengths = {one.partition("\n")[0]: len(one) for one in sections}
    assert all(lengths.get(part, 0) > 200 for part in parts), lengths


def test_the_security_policy_says_where_to_report_and_what_is_supported():
    policy = (ROOT / "SECURITY.md").read_text("utf-8")
    sections = re.split(r"^## ", policy, flags=re.MULTILINE)
    lengths = {one.partition("\n")[0]: len(one) for one in sections}
    for part in ("Supported versions", "Reporting a vulnerability"):
        assert lengths.get(part, 0) > 100, lengths


def test_what_is_kept_in_the_browser_is_what_the_notice_names():
    scripts = [path.read_text("utf-8") for path in STATIC.glob("*.js")]
    keys = {re.search(r'KEY = "(\w+)"', one)[1] for one in scripts if "localStorage" in one}
    assert {f"`localStorage` „{key}“" for key in keys} == set(
        re.findall(r"`localStorage` „\w+“", PRIVACY)
    )
    assert not [
        one for one in scripts if re.search(r"sessionStorage|document\.cookie|indexedDB", one)
    ]


def test_times_and_numbers_are_those_of_the_program():
    assert sessions.SECONDS == 9 * 3600
    assert lockout.SECONDS == 15 * 60
    assert f"`{COOKIE}` | 9 Stunden" in PRIVACY
    assert "Fehlversuche je Name und Adresse | Arbeitsspeicher | 15 Minuten" in PRIVACY
    assert f"die jüngsten {MAX_SESSIONS} Gespräche" in PRIVACY
    assert f"die jüngsten {MOST_KEPT} Aufträge" in PRIVACY


def test_files_with_personal_data_are_those_that_the_notice_names(data):
    UserFile(data).add("lena", "drei zufällige Wörter", "reader")
    FeedbackLog(data).add(Entry("0", "2026-11-25T16:00", "falsch", "answered", "wer", "de", ()))
    written = {path for path in data.rglob("*") if path.is_file() and path.stat().st_size}
    assert len(written) == 2
    for path in written:
        assert f"`{path.relative_to(data).as_posix()}`" in PRIVACY

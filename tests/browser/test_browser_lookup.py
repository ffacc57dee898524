"""A missing browser is an error that names the remedy, never a skip."""

from types import SimpleNamespace

import pytest
from browser_lookup import INSTALL, find_chromium

NOWHERE = SimpleNamespace(chromium=SimpleNamespace(executable_path="/gibt/es/nicht"))


def test_a_missing_browser_fails_and_names_the_command(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    with pytest.raises(pytest.fail.Exception, match=INSTALL):
        find_chromium(NOWHERE)


def test_a_named_browser_comes_first(monkeypatch, tmp_path):
    browser = tmp_path / "browser"
    browser.touch()
    monkeypatch.setenv("CHROMIUM_PATH", str(browser))
    assert find_chromium(NOWHERE) == str(browser)

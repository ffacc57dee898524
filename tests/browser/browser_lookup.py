"""Where a Chromium for the tests is; a missing one is an error that names the remedy."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

INSTALL = "sh tests/install.sh"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium(playwright: Any) -> str:
    named = os.environ.get("CHROMIUM_PATH")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    for candidate in (*found, playwright.chromium.executable_path):
        if Path(candidate).exists():
            return candidate
    pytest.fail(
        f"Kein Chromium gefunden. `{INSTALL}` installiert es; ein anderer Ort steht in "
        "CHROMIUM_PATH.",
        pytrace=False,
    )

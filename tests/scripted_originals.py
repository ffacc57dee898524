"""The files from which the scripted assistant's passages come: a real PDF, and a page of HTML."""

import textwrap
from pathlib import Path

from sample_files import lines, pdf
from scripted_assistant import AFTER, BEFORE, ELIGIBLE, HOSTILE, PASSAGES

from corpus.originals import originals_folder

PAGES = 20
QUOTED_PAGE = PASSAGES[1].page


def keep_originals(data: Path) -> Path:
    """Lay the originals under the data directory and return it."""
    folder = originals_folder(data)
    folder.mkdir(parents=True)
    paragraphs = (BEFORE, *ELIGIBLE.split("\n"), AFTER)
    wrapped = [line for one in paragraphs for line in textwrap.wrap(one, 70)]
    pages = [lines(f"Seite {number}") for number in range(1, PAGES + 1)]
    pages[QUOTED_PAGE - 1] = lines(*wrapped, top=300)
    (folder / "richtlinie.pdf").write_bytes(pdf(pages))
    (folder / "boese.html").write_text(HOSTILE, "utf-8")
    return data

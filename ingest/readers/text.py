"""Plain text and web pages saved as text: lines in, elements out."""

import re
from datetime import date

from corpus.documents import Source
from ingest.boilerplate import without_boilerplate
from ingest.cleaning import clean_characters, clean_text
from ingest.layout import to_elements
from ingest.readers.extract import Extract, ExtractedPage
from ingest.runs import CELLS, Line

# Browsers save the cells of a table with tabs between them; a tab after a bullet is none.
_CELL_TAB = re.compile(r"(?<=[^\s•◦▪–*·.)-])[^\S\n]*\t[^\S\n]*(?=\S)")
_AS_OF = re.compile(
    r"^(?:Stand|Letzte Änderung|Letzte Aktualisierung|Zuletzt (?:aktualisiert|geändert)(?: am)?)"
    r"\s?:?\s?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$",
    re.MULTILINE | re.IGNORECASE,
)


def read_text(text: str) -> Extract:
    """Read text whose paragraphs are separated by blank lines; the first line is the title."""
    cleaned = clean_text(_CELL_TAB.sub(CELLS, clean_characters(text)))
    lines = without_boilerplate(cleaned.split("\n"))
    elements = to_elements([Line(line) for line in lines])
    return Extract([ExtractedPage(elements)], source=Source(as_of=_as_of(cleaned)))


def _as_of(text: str) -> date | None:
    """Return the date in a line such as "Stand: 1.3.2024"."""
    found = _AS_OF.search(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Plain text and web pages saved as text: lines in, elements out."""

from ingest.boilerplate import without_boilerplate
from ingest.cleaning import clean_text
from ingest.layout import Line, to_elements
from ingest.readers.extract import Extract, ExtractedPage


def read_text(text: str) -> Extract:
    """Read text whose paragraphs are separated by blank lines; the first line is the title."""
    lines = without_boilerplate(clean_text(text).split("\n"))
    return Extract([ExtractedPage(to_elements([Line(line) for line in lines]))])

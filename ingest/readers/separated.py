"""CSV and its relatives: values separated by semicolon, comma, tab or bar."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from ingest.readers.extract import Extract, ExtractedPage
from ingest.sheets import sheet_elements

_SUFFIXES = frozenset({".csv", ".tsv"})
_SEPARATORS = ";\t,|"
_SAMPLE = 30  # lines
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3  # where the name does not say that it is a table
_HINT = re.compile(r"\Asep=.\n")  # the first line may tell Excel which character separates
_LONGEST_NAME = 60  # characters of a column's name
csv.field_size_limit(1_000_000)


def read_separated(text: str) -> Extract:
    """Read a table; every row keeps the names of its columns."""
    text = _HINT.sub("", text)
    separator = _separator(text.split("\n")[:_SAMPLE]) or ";"
    rows = [
        [cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter=separator)
    ]
    return Extract([ExtractedPage(list(sheet_elements(rows)))])


def is_separated(text: str, suffix: str) -> bool:
    """Tell by the lines, which must agree; without the ending of a table they must agree wholly."""
    lines = [line for line in _HINT.sub("", text).split("\n")[:_SAMPLE] if line.strip()]
    separator = _separator(lines)
    if suffix in _SUFFIXES:
        return bool(separator)
    if separator not in {";", "\t"} or len(lines) < _FEWEST_ROWS:
        return False
    cells = [line.split(separator) for line in lines]
    names = cells[0]
    return (
        len(names) >= _FEWEST_COLUMNS
        and all(len(row) == len(names) for row in cells)
        and all(0 < len(name.strip()) <= _LONGEST_NAME for name in names)
    )


def _separator(lines: Sequence[str]) -> str:
    """Return the character that divides the lines most evenly; empty where none does."""
    filled = [line for line in lines if line.strip()]
    best, most = "", 0.0
    for separator in _SEPARATORS:
        counts = [len(row) for row in csv.reader(filled, delimiter=separator)]
        usual = max(set(counts), key=counts.count) if counts else 0
        agreement = counts.count(usual) / len(counts) if counts else 0.0
        if usual > 1 and agreement > most:
            best, most = separator, agreement
    return best

"""XLSX: every visible sheet as a table, values as the sheet shows them, by openpyxl."""

import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ingest.cleaning import clean_line
from ingest.elements import Element
from ingest.readers.errors import damaged
from ingest.readers.extract import Extract, ExtractedPage
from ingest.sheets import sheet_elements
from ingest.tables import LEFT

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_WITHOUT_RESULT = re.compile(rb"(?:</f>|<f[^>]{0,200}/>)\s*(?:<v\s*/>|<v>\s*</v>|</c>)")
_MOST_MERGED = 1_000  # cells that one value may stand for
_CURRENCIES = {"€": " €", "EUR": " €", "$": " $"}


def read_xlsx(content: bytes, name: str) -> Extract:
    """Read a workbook; hidden sheets, rows and columns stay out, formulas give their result."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts such as charts, which hold no text
            workbook = openpyxl.load_workbook(BytesIO(content), data_only=True)
        sheets = [one for one in workbook.worksheets if one.sheet_state == "visible"]
        elements = [element for sheet in sheets for element in _sheet(sheet, len(sheets))]
        title = clean_line(workbook.properties.title or "")
    except Exception as error:  # damaged packages raise KeyError, ValueError and others
        raise damaged(name) from error
    return Extract([ExtractedPage(elements)], title, remarks=_remarks(content))


def _remarks(content: bytes) -> tuple[str, ...]:
    """Say how many results are missing: programs may write formulas without working them out."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
        missing = sum(len(_WITHOUT_RESULT.findall(archive.read(name))) for name in sheets)
    if not missing:
        return ()
    cells = "1 Formel" if missing == 1 else f"{missing} Formeln"
    return (f"{cells} ohne Ergebnis nicht gelesen; in Excel öffnen, speichern, neu einlesen.",)


def _sheet(sheet: Worksheet, sheets: int) -> Iterator[Element]:
    rows = _rows(sheet)
    if rows and sheets > 1:
        yield Element("heading", clean_line(sheet.title), 2)
    yield from sheet_elements(rows)


def _rows(sheet: Worksheet) -> list[list[str]]:
    """Return the rows that hold something, all as wide as the widest."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    # Only cells that exist: asking for a row would make the cells it lacks, up to 16,384.
    for (row, column), cell in sheet._cells.items():
        text = _shown(cell)
        if text and not _is_hidden(sheet, row, column):
            found[row][column] = text
    _fill_merged(sheet, found)
    columns = sorted({column for cells in found.values() for column in cells})
    return [[found[row].get(column, "") for column in columns] for row in sorted(found)]


def _is_hidden(sheet: Worksheet, row: int, column: int) -> bool:
    rows, columns = sheet.row_dimensions, sheet.column_dimensions
    letter = get_column_letter(column)
    return bool(
        (row in rows and rows[row].hidden) or (letter in columns and columns[letter].hidden)
    )


def _fill_merged(sheet: Worksheet, found: dict[int, dict[int, str]]) -> None:
    """Let a merged cell say its value in every row that it spans, and how far it reaches there."""
    for area in sheet.merged_cells.ranges:
        text = found.get(area.min_row, {}).get(area.min_col)
        if not text or area.size["rows"] * area.size["columns"] > _MOST_MERGED:
            continue
        for row, column in area.cells:
            if row in found:  # a row of nothing but merged cells says nothing new
                found[row][column] = text if column == area.min_col else LEFT


def _shown(cell: Cell) -> str:
    """Return a value in the German form that the sheet shows it in."""
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case datetime() if value.time() != time():
            return f"{value:%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
        case time():
            return f"{value:%H:%M}"
        case int() | float():
            return _number(value, form)
        case _:
            return clean_line(str(value))


def _number(value: float, form: str) -> str:
    shown = form.partition(";")[0]
    if "%" in shown:
        return f"{_plain(round(value * 100, 4), shown)} %"
    sign = next((sign for mark, sign in _CURRENCIES.items() if mark in shown), "")
    return f"{_plain(value, shown)}{sign}"


def _plain(value: float, form: str) -> str:
    """Write a number with a decimal comma, with the places and the grouping of its format."""
    places = len(form.partition("0.")[2]) - len(form.partition("0.")[2].lstrip("0"))
    grouped = "#,##0" in form
    text = f"{value:,.{places}f}" if places else f"{round(value, 6):,}".removesuffix(".0")
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", "." if grouped else "")
    return f"{whole},{rest}" if rest else whole

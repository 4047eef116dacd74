"""Workbooks (.xlsx) read with openpyxl, as texts and within bounds: a zip bomb is refused before it unpacks.

No formula is ever computed: the result that the spreadsheet stored counts, and a formula without one is told.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from riskmc.errors import InputError, Problem
from riskmc.io.sheets.sheet import LONGEST_TEXT, MOST_CELLS, Row, Sheet, cell_name

MOST_BYTES = 200_000_000  # unpacked, of all parts that hold tables
MOST_SHRUNK, SMALL = 200, 20_000_000  # times its packed size a part may have, unless it is small: a bomb has 1,000
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MOST_WIDTHS = 100 * MOST_CELLS  # of all rows together, empty cells included
_UNREAD = "externalLinks/"  # parts that nobody opens
_TOO_MANY = "holds more cells than any table"


class _Refused(Exception):
    """A workbook that is not read, with the reason."""


def workbook(file: str) -> list[Sheet]:
    """Return the sheets of a workbook in order; InputError where it is broken, too large, or no workbook."""
    try:
        _check_size(file)
        return _sheets(file)
    except _Refused as error:
        reason = str(error)
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        reason = _reason(error)
    raise InputError([Problem(file, 0, "", reason)])


def _reason(error: BaseException) -> str:
    """Return why openpyxl did not read a workbook; what it met is the first of a chain of errors."""
    first = error
    while first.__context__ is not None and not isinstance(first, DefusedXmlException):
        first = first.__context__
    if isinstance(first, DefusedXmlException):
        return "holds a document type (DTD), which no workbook needs; refused"
    why = (str(first).strip("'").splitlines() or [""])[0][:200] or type(first).__name__
    return f"is no sound workbook ({why}): open it and save it again as .xlsx"


def _check_size(file: str) -> None:
    """Refuse a zip that is no workbook or unpacks to more than a table may be; no part unpacks to more than it says."""
    with zipfile.ZipFile(file) as opened:
        parts = [info for info in opened.infolist() if info.filename.lower().endswith((".xml", ".rels"))]
    if not any("workbook" in info.filename.lower() for info in parts):
        raise _Refused("is a zip, but no workbook: save the table as .xlsx")
    if sum(info.file_size for info in parts) > MOST_BYTES:
        raise _Refused(f"unpacks to more than {MOST_BYTES // 1_000_000} MB: too large for a table")
    if any(info.file_size > max(SMALL, MOST_SHRUNK * info.compress_size) for info in parts):
        raise _Refused(f"unpacks to over {MOST_SHRUNK} times its size: no table does (a zip bomb)")
    _check_types(file, [info.filename for info in parts if _UNREAD not in info.filename])


def _check_types(file: str, parts: list[str]) -> None:
    """Refuse document types, which stand before the first tag: with lxml installed openpyxl lets them pass."""
    with zipfile.ZipFile(file) as opened:
        for part in parts:
            with opened.open(part) as stream:
                next(iter(iterparse(stream, events=("start",), forbid_dtd=True)), None)


def _sheets(file: str) -> list[Sheet]:
    """Return the sheets with the stored results; a second pass finds the formulas of a workbook that has any."""
    bounds, again = _Bounds(), _Bounds()
    with closing(_opened(file, results=True)) as book:
        found = {sheet.title: _rows(sheet, bounds) for sheet in book.worksheets}
    formulas: dict[str, set[tuple[int, int]]] = {}
    if _has_formulas(file):
        with closing(_opened(file, results=False)) as book:
            formulas = {sheet.title: _formulas(sheet, again) for sheet in book.worksheets}
    return [_sheet(file, name, rows, formulas.get(name, set())) for name, rows in found.items()]


def _opened(file: str, results: bool) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of validations and pictures, which no table needs
        return load_workbook(file, read_only=True, data_only=results, keep_links=False)


def _has_formulas(file: str) -> bool:
    """Return whether any sheet holds a formula."""
    with zipfile.ZipFile(file) as opened:
        sheets = [name for name in opened.namelist() if name.lower().startswith("xl/worksheets/")]
        return any(b"<f>" in part or b"<f " in part or b":f>" in part for part in map(opened.read, sheets))


def _sheet(file: str, name: str, rows: list[Row], formulas: set[tuple[int, int]]) -> Sheet:
    filled = {(row.number, column) for row in rows for column in row.texts} if formulas else set()
    return Sheet(file, name, rows, frozenset(formulas - filled), frozenset(formulas & filled))


@dataclass
class _Bounds:
    """How many cells, and how wide rows, may still be read."""

    cells: int = MOST_CELLS
    widths: int = _MOST_WIDTHS
    rows: int = 2 * _MOST_ROWS  # of all sheets together, empty ones above a far cell included

    def cells_of(self, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
        """Yield the number of each row, and its cells that hold something; refuse more than a table has."""
        from openpyxl.cell.read_only import EMPTY_CELL

        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [cell for cell in row if cell is not EMPTY_CELL]
                self.cells -= len(cells)
                self.widths -= len(row)
                self.rows -= 1
                if min(self.cells, self.widths, self.rows) < 0 or number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                    raise _Refused(_TOO_MANY)
                yield number, [cell for cell in cells if cell.value is not None]


def _rows(sheet: Any, bounds: _Bounds) -> list[Row]:
    """Return the rows that are not empty, each cell as text."""
    found = []
    for number, cells in bounds.cells_of(sheet):
        said = ((cell.column - 1, _text(cell)) for cell in cells)
        texts = {column: text for column, text in said if text}
        long = next((column for column, text in texts.items() if len(text) > LONGEST_TEXT), None)
        if long is not None:
            raise _Refused(f"{cell_name(number, long)}: holds more than {LONGEST_TEXT:,} characters")
        if texts:
            found.append(Row(number, texts))
    return found


def _formulas(sheet: Any, bounds: _Bounds) -> set[tuple[int, int]]:
    """Return row and column of every formula."""
    return {
        (number, cell.column - 1) for number, cells in bounds.cells_of(sheet) for cell in cells if cell.data_type == "f"
    }


def _text(cell: Any) -> str:
    """Return a cell as a program file would say it: ``30%``, ``2027-01-04``, ``12.5``, ``true``."""
    value = cell.value
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, "%" in str(cell.number_format).partition(";")[0])
    return _moment(value)


def _plain(text: str) -> str:
    """Return a text without blanks around it, and with the characters that XML cannot hold (``_x000D_``)."""
    if "_x" in text:
        from openpyxl.utils.escape import unescape

        text = "".join(c for c in unescape(text).replace("\r", "\n") if c.isprintable() or c in "\n\t")
    return text.strip()


def _number(value: float, share: bool) -> str:
    if share and abs(value) < 1e12:
        return f"{value * 100:.13g}%"
    text = f"{value:.15g}"
    return f"{value:.0f}" if "e" in text and 1 <= abs(value) < 1e300 else text


def _moment(value: object) -> str:
    """Return a date, a date and time to the minute, or the time of a day or of hours."""
    if isinstance(value, datetime):
        at = value + timedelta(seconds=30)
        return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (0, 0) else f"{at:%Y-%m-%d %H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)

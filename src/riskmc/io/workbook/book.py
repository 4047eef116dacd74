"""The workbook as a file (.xlsx): headed, frozen, with widths and lists to choose from; same tables, same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from riskmc.io.sheets.sheet import cell_name
from riskmc.io.workbook.words import Cell

Line = tuple["Cell | None", ...]

_CREATED = datetime(2000, 1, 1)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NARROWEST, _WIDEST, _LOOKED_AT = 9, 48, 400
_DARK, _PALE = "1F3A5F", "E8EEF5"
_FORMULA_LIKE = ("=", "+", "-", "@")
_CHOICES = {
    "flag": "yes,no",
    "Type": "FS,SS,FF,SF",
    "Lag calendar": "predecessor,successor,project,24h",
    "Status": "",
}


@dataclass(frozen=True)
class Table:
    """One sheet: its name, its headings, its lines of cells, and the kinds of its columns; ``frozen`` columns stay."""

    name: str
    heads: tuple[str, ...]
    lines: Sequence[Line]
    kinds: tuple[str, ...] = ()
    frozen: int = 2
    widths: tuple[float, ...] = field(default=())


class Book:
    """The sheets of a workbook on their way into a file."""

    def __init__(self, tables: Sequence[Table]):
        self.tables = tables

    def content(self) -> bytes:
        """Return the bytes of the workbook."""
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        book.properties.creator = "riskmc"
        book.properties.created = _CREATED
        for table in self.tables:
            _Sheet(book, table).fill()
        out = BytesIO()
        book.save(out)
        return _undated(out.getvalue())


class _Sheet:
    """One sheet being filled."""

    def __init__(self, book: Any, table: Table):
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        self.table = table
        self.sheet = book.create_sheet(table.name)
        self._make = WriteOnlyCell
        self._bold = Font(bold=True, color="FFFFFF")
        self._fill = PatternFill("solid", fgColor=_DARK)
        self._top = Alignment(vertical="top", wrap_text=True)

    def fill(self) -> None:
        """Write headings and lines."""
        self._shape()
        self.sheet.append([self._head(text) for text in self.table.heads])
        for line in self.table.lines:
            self.sheet.append([None if cell is None else self._cell(cell) for cell in line])

    def _shape(self) -> None:
        """Set what a sheet must know before its first row: widths, what stays in sight, filters and choices."""
        from openpyxl.utils import get_column_letter

        for number in range(len(self.table.heads)):
            self.sheet.column_dimensions[get_column_letter(number + 1)].width = self._width(number)
        frozen = min(self.table.frozen, max(len(self.table.heads) - 1, 0))
        self.sheet.freeze_panes = cell_name(2, frozen)
        if self.table.lines and self.table.frozen:
            self.sheet.auto_filter.ref = f"A1:{cell_name(len(self.table.lines) + 1, len(self.table.heads) - 1)}"
        self._choices()

    def _width(self, number: int) -> float:
        if self.table.widths:
            return self.table.widths[min(number, len(self.table.widths) - 1)]
        cells = [line[number] for line in self.table.lines[:_LOOKED_AT] if number < len(line)]
        longest = max((len(str(cell.value)) for cell in cells if cell is not None), default=0)
        return float(min(max(longest, len(self.table.heads[number]), _NARROWEST) + 2, _WIDEST))

    def _choices(self) -> None:
        """Let yes and no, link types and the like be chosen from a list."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for number, head in enumerate(self.table.heads):
            place = number - (len(self.table.heads) - len(self.table.kinds) + 1) + 1
            kind = self.table.kinds[place] if self.table.kinds and place >= 1 else ""
            allowed = _CHOICES.get(kind) or _CHOICES.get(head)
            if allowed and head != "Milestone":
                letter = get_column_letter(number + 1)
                rule = DataValidation(type="list", formula1=f'"{allowed}"', allow_blank=True)
                rule.add(f"{letter}2:{letter}{max(len(self.table.lines) + 1, 1000)}")
                self.sheet.data_validations.append(rule)

    def _head(self, text: str) -> Any:
        cell = self._text(text)
        cell.font, cell.fill, cell.alignment = self._bold, self._fill, self._top
        return cell

    def _cell(self, found: Cell) -> Any:
        if isinstance(found.value, str):
            return self._text(found.value)
        cell = self._make(self.sheet, value=found.value)
        cell.number_format = found.shown
        return cell

    def _text(self, text: str) -> Any:
        """Return a cell of text; one that begins like a formula carries the mark that keeps it from becoming one."""
        cell = self._make(self.sheet, value=text)
        cell.data_type = "s"
        if text.startswith(_FORMULA_LIKE):
            cell.quotePrefix = True
        return cell


def _undated(content: bytes) -> bytes:
    """Return a workbook without the time at which it was written, which would make every copy another one."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "docProps/core.xml":
                part = _CHANGED.sub(rb"\g<1>2000-01-01T00:00:00Z", part)
            entry = zipfile.ZipInfo(info.filename, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part)
    return out.getvalue()

"""Templates to begin with: a commented program file, and the same as a workbook with a sheet that explains it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from riskmc.io.program_file import read
from riskmc.io.workbook.book import Book, Line, Table
from riskmc.io.workbook.layout import Column, Layout
from riskmc.io.workbook.sheets import PROGRAM, SHEETS
from riskmc.io.workbook.words import Cell
from riskmc.io.workbook.writer import tables

_FILE = Path(__file__).with_name("template.yaml")
_READ_ME = """
This workbook is a program: when will it finish, what will it cost, and how sure are we?
It forecasts as it stands. Save a copy, and write your own program over the example.

    riskmc check FILE.xlsx          finds what is wrong or doubtful
    riskmc forecast FILE.xlsx       answers

Sheets
Only Activities is needed; sheets and columns may be left out, in any order, and capitals do not matter.
A sheet of your own is left alone, as is a column whose heading stands in (parentheses).

Values
Duration    a number is days of the activity's calendar; or 3w, 12h, 2mo, and 5ed for elapsed days
Range       triangular(35d 40d 60d), pert(...), uniform(30d 50d), or shares of the plan: trigen(90% 100% 130%)
            or numbers in columns Low, Most likely and High (and Distribution: triangular or pert)
Cost        a number, or 120k, 1.2M
Dates       dates of the spreadsheet, or 2027-03-01
Predecessors    survey; permit SS+5d; 12FS-2 days
Lists       parted by semicolons
On          an ID, project.ID, a pattern such as build.*, tag:site, wbs:CIV.*, all
Impacts     + adds, x multiplies: + triangular(5d 15d 40d), x pert(110% 130% 180%)
Formulas    are never computed here: what the spreadsheet stored as their result counts.

Faults are told with their cell, as plan.xlsx:Activities!D12.
""".strip("\n")


def program_text() -> str:
    """Return a program file to begin with."""
    return _FILE.read_text(encoding="utf-8")


@cache
def workbook() -> bytes:
    """Return a workbook to begin with: the example, and a sheet `Read me`."""
    words = [Table("Sheets and columns", ("Sheet", "Column", "Kind"), list(_columns()), frozen=0)]
    lines: list[Line] = [(Cell(line, "@"),) if line.strip() else () for line in _READ_ME.splitlines()]
    read_me = Table("Read me", ("Read me",), lines, frozen=0, widths=(110.0,))
    return Book([read_me, *tables(read(_FILE)), *words]).content()


_KINDS = {
    "text": "text", "prose": "text", "days": "days, or a time with its unit", "money": "money", "share": "percentage",
    "date": "date", "number": "number", "flag": "yes or no", "names": "list", "pairs": "list of name: value",
    "links": "list of predecessors", "any": "text", "point": "days, or a time with its unit",
}  # fmt: skip


def _columns() -> list[Line]:
    """Return a line for every column of every sheet."""
    lines: list[Line] = []
    for layout in (PROGRAM, *SHEETS.layouts):
        lines += [(Cell(layout.name), Cell(key.heading), Cell("identifier")) for key in layout.keys]
        lines += [(Cell(layout.name), Cell(part.heading), Cell(_kind(part, layout))) for part in layout.columns]
    return lines


def _kind(part: Column, layout: Layout) -> str:
    return "the word of the line" if layout is PROGRAM and not part.kind else _KINDS[part.kind]

"""Workbooks and small tables made for tests: sheets of rows, as a spreadsheet would save them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

PLAN = """\
riskmc: 1
program: Quay
start: 2027-01-04
projects:
  q:
    activities:
      dig: {name: Dig the pit, duration: 20d, cost: 100k, wbs: "1.1"}
      wall: {name: Build the wall, duration: 30d, cost: 300k, wbs: "1.2", after: [dig]}
      roof: {name: Put up the roof, duration: triangular(8d 10d 15d), cost: 200k, wbs: "2", after: [wall]}
"""


def book(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """Write a workbook with these rows on these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def rezipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a workbook again with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as opened:
        kept = {name: opened.read(name) for name in opened.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in {**kept, **parts}.items():
            written.writestr(name, content)
    return path


def plan(folder: Path, more: str = "") -> Path:
    """Write a program of three activities in a chain, with more lines at its end."""
    file = folder / "quay.yaml"
    file.write_text(PLAN + more, encoding="utf-8")
    return file

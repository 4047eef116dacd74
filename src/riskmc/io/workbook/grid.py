"""The headings of a sheet, found and understood: which column holds which word; the rest is refused or left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from riskmc.errors import joined, nearest
from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.header import header_at, spelled
from riskmc.io.sheets.sheet import Row, Sheet, cell_name
from riskmc.io.workbook.layout import Column, Key, Layout

_CODE = re.compile(r"code\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_MOST_UNKNOWN = 20


@dataclass(frozen=True)
class Grid:
    """The rows below the headings of a sheet, and what each column holds."""

    sheet: Sheet
    columns: Mapping[int, Key | Column]
    rows: list[Row]
    headings: Mapping[int, str]

    @property
    def head(self) -> int:
        """The row of the headings; 0 where there is none."""
        return self.rows[0].number - 1 if self.rows else 0


def grid(sheet: Sheet, layout: Layout, found: CellSource) -> Grid:
    """Return the grid of a sheet of a workbook; unknown headings, and those said twice, become faults."""
    at = header_at(sheet, lambda text: layout.known.get(spelled(text)))
    if at is None:
        if sheet.rows:
            wanted = ", ".join(layout.headings[:4])
            found.fault((sheet, sheet.rows[0].number, None), "", f"no headings; expected {wanted} and so on")
        return Grid(sheet, {}, [], {})
    columns: dict[int, Key | Column] = {}
    seen: dict[Any, int] = {}
    unknown = 0
    for number, text in sheet.rows[at].texts.items():
        part = _part(text, layout)
        spot = (sheet, sheet.rows[at].number, number)
        if part is None:
            unknown += not text.startswith("(")
            if not text.startswith("(") and unknown <= _MOST_UNKNOWN:
                found.fault(spot, "", _unknown(text, layout))
        elif part in seen:
            first = cell_name(sheet.rows[at].number, seen[part])
            found.fault(spot, "", f"the heading {_short(text)!r} is there twice; first in {first}")
        else:
            seen[part] = number
            columns[number] = part
    return Grid(sheet, columns, sheet.rows[at + 1 :], sheet.rows[at].texts)


def _part(text: str, layout: Layout) -> Key | Column | None:
    """Return what a heading says: a column of the layout, or that of an activity code."""
    part = layout.known.get(spelled(text))
    code = _CODE.fullmatch(text) if part is None and layout.coded else None
    return part if code is None else Column(text, ("codes", code[1]))


def _unknown(text: str, layout: Layout) -> str:
    hint = nearest(text.strip().capitalize(), layout.headings)
    own = "a column of your own has a heading in parentheses"
    return f"unknown heading {_short(text)!r}{joined(hint, own)}; known: {', '.join(layout.headings)}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."

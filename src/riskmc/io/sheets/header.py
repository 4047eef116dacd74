"""The header of a sheet: the row that holds its headings, their one spelling, and whether the cells below are sound."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.cell_text import ERRORS
from riskmc.io.sheets.sheet import Row, Sheet, cell_name

FORMULAS = "formulas are not computed: what the spreadsheet stored as their results counts"
_MOST_HEADER_ROWS = 10
_BLANKS = re.compile(r"[\s_.:\-]+")
_UNIT = re.compile(r"\s*[(\[](?:days?|d|tagen?|tage?|jours?|d[ií]as?|money|eur|usd|gbp|%|percent|€|\$)[)\]]\s*$")

Headings = Callable[[str], object]


def spelled(heading: str) -> str:
    """Return a heading in its one spelling: small letters, blanks for ``_ . : -``, without a unit in brackets."""
    return _BLANKS.sub(" ", _UNIT.sub("", heading.strip().lower())).strip()


def header_at(sheet: Sheet, known: Headings) -> int | None:
    """Return the number of the first row that holds headings: that with the most of them among the first."""
    counts = [sum(known(text) is not None for text in row.texts.values()) for row in sheet.rows[:_MOST_HEADER_ROWS]]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def head_of(sheet: Sheet, known: Headings) -> tuple[int, int]:
    """Return the index of the row with the most headings that are known, and how many it has; (0, 0) for none."""
    at = header_at(sheet, known)
    if at is None:
        return 0, 0
    return at, sum(known(text) is not None for text in sheet.rows[at].texts.values())


def sound(sheet: Sheet, columns: Mapping[int, Any], rows: list[Row], found: CellSource) -> None:
    """Keep a fault for every cell of a column that is read which holds an error, or a formula without its result."""
    for row in rows:
        for number, text in row.texts.items():
            if number in columns and text in ERRORS:
                found.fault((sheet, row.number, number), "", f"the cell holds the error {text}; put it right")
    below = rows[0].number if rows else 0
    told = [cell_name(at, number) for at, number in sorted(sheet.computed) if number in columns and at >= below]
    if told:
        found.note(FORMULAS, *(f"{sheet.name}!{cell}" for cell in told))
    for at, number in sorted(sheet.uncomputed):
        if number in columns and at >= below:
            way_out = "open the workbook in a spreadsheet and save it, or write the value"
            found.fault((sheet, at, number), "", f"the cell holds a formula without a result: {way_out}")

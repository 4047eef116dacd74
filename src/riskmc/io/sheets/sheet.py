"""The sheet: a table as texts, whatever file it stood in, each cell with its name (``risks.xlsx:Register!F12``).

Cells are as a program file would say them, whatever the spreadsheet shows: ``30%``, ``2027-01-04``, ``12.5``, ``true``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.errors import Problem

LONGEST_TEXT = 32_767  # what a spreadsheet takes in one cell
MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, from 1, and the texts of its filled cells by column, from 0."""

    number: int
    texts: Mapping[int, str]


@dataclass(frozen=True)
class Sheet:
    """One table of a file: ``rows`` without the empty ones; ``name`` is "" where the file is no workbook.

    ``uncomputed`` holds (row, column) of formulas without a stored result, whose cells are missing in ``rows``;
    ``computed`` of those whose stored result stands there.
    """

    file: str
    name: str
    rows: list[Row] = field(default_factory=list)
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    computed: frozenset[tuple[int, int]] = frozenset()
    decimal_comma: bool = False

    def place(self, row: int, column: int | None = None) -> str:
        """Return ``risks.xlsx:Register!F12`` for a cell of a workbook, ``!12`` for a row, ``risks.csv:12`` in texts."""
        if not self.name:
            return f"{self.file}:{row}"
        return f"{self.file}:{self.name}!{row if column is None else cell_name(row, column)}"

    def problem(self, row: int, column: int | None, path: str, message: str) -> Problem:
        """Return a fault at a cell, or at a row where ``column`` is None."""
        if not self.name:
            return Problem(self.file, row, path, message)
        return Problem(self.place(row, column), 0, path, message)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as spreadsheets have it: row 12 and column 5 are ``F12``."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"

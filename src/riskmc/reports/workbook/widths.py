"""Widths: how wide columns must be for what stands in them, and how many lines a text takes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from rich.cells import cell_len

from riskmc.forecast.figures import printable
from riskmc.forecast.written import Written
from riskmc.reports.document.layout import Section
from riskmc.reports.workbook.number_formats import shown_length
from riskmc.reports.workbook.styles import SIZE

LEAST, NAMES, CELLS, HEADINGS = 9, 54, 34, 16  # characters: of any column, and at most of names, cells and headings
_MARGIN, _BUTTON = 2, 3
_LINE = 15.0  # points of a line at the usual size
_MOST_LINES = 24


def column_widths(sections: Sequence[Section]) -> list[int]:
    """Return the widths in characters of the columns in which tables stand below each other."""
    count = max((len(section.columns) for section in sections), default=0)
    return [max(_width(section, place) for section in sections) for place in range(count)]


def _width(section: Section, place: int) -> int:
    if place >= len(section.columns):
        return LEAST
    cells = max((_shown(row[place]) for row in section.rows if place < len(row)), default=0)
    heading = min(HEADINGS, cell_len(printable(section.columns[place].heading))) + _BUTTON
    return max(LEAST, min(cells, NAMES if place == 0 else CELLS), heading) + _MARGIN


def _shown(cell: str) -> int:
    return shown_length(cell) if isinstance(cell, Written) else length(cell)


def length(text: str) -> int:
    """Return the length of a text in the columns of a terminal, where Chinese characters take two."""
    return cell_len(printable(text))


def height(text: str, room: float, size: float = SIZE) -> float:
    """Return the height in points of a text that wraps in so many characters."""
    lines = length(text) * size / SIZE / max(room, 1.0)
    lines = ceil(1.06 * lines) if lines > 1 else 1
    return min(lines, _MOST_LINES) * _LINE * max(size, 9.0) / SIZE

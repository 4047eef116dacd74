"""Grids: tables measured for a slide: the width of every column, the height of every row, and where a page ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from riskmc.reports.document.layout import Column, Section
from riskmc.reports.slides.measures import LEADING, cut_to, leading_of, lines_of, plain, wide

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0)
PAD, GAP = 3.0, 9.0  # points above and below, left and right of a cell's text
_LINES = 4  # lines of a cell
_SLACK = 3.0  # points that the widths of words come to more than that of their line
_LEAST = 40.0  # points of a column


@dataclass(frozen=True)
class Grid:
    """A table that fits its width: texts as they stand, widths and heights in points, one size of letters."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    head: float

    @property
    def height(self) -> float:
        """The height of all, with the head."""
        return self.head + sum(self.heights)

    @property
    def unbroken(self) -> bool:
        """Whether every cell is one line."""
        return all(height <= self.size * LEADING + 2 * PAD + 0.1 for height in self.heights)

    def taken(self, first: int, last: int) -> Grid:
        """Return the rows from ``first`` to before ``last``, under the same head."""
        return replace(self, rows=self.rows[first:last], heights=self.heights[first:last])

    def fitting(self, first: int, room: float) -> int:
        """Return the row before which a page that begins with ``first`` ends: at least one row is on it."""
        height, last = self.head, first
        while last < len(self.rows) and (height + self.heights[last] <= room or last == first):
            height += self.heights[last]
            last += 1
        return last


def grid_of(section: Section, width: float, height: float) -> Grid:
    """Return the table of a section in the largest letters in which it fits, else in those of a table of many pages."""
    grids = [_sized(section, width, size) for size in SIZES]
    whole = [grid for grid in grids if grid.height <= height]
    unbroken = [grid for grid in whole if grid.unbroken]
    return next(iter([*unbroken, *whole]), grids[2])


def _sized(section: Section, width: float, size: float) -> Grid:
    """Return the table of a section in letters of one size, cells broken into lines where the width asks for it."""
    columns = tuple(replace(column, heading=plain(column.heading)) for column in section.columns)
    rows = tuple(tuple(map(plain, row)) for row in section.rows)
    widths = _natural(columns, rows, size)
    if sum(widths) > width:
        widths = _narrowed(widths, columns, width)
    return _grid(columns, rows, widths, size)


def _natural(columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Return what every column needs for its longest cell."""
    widest = [wide(column.heading, size, bold=True) for column in columns]
    for row in rows:
        widest = [max(width, wide(text, size)) for width, text in zip(widest, row, strict=True)]
    return [max(width + 2 * GAP + _SLACK, _LEAST) for width in widest]


def _narrowed(widths: list[float], columns: Sequence[Column], width: float) -> list[float]:
    """Return the widths with the widest ones that may give way made equal, so that all together fit."""
    giving = [place for place, column in enumerate(columns) if column.yields] or list(range(len(widths)))
    kept = sum(each for place, each in enumerate(widths) if place not in giving)
    if width - kept < len(giving) * 2 * _LEAST:
        giving, kept = list(range(len(widths))), 0.0
    low, high = 0.0, max(widths)
    for _ in range(40):  # the widest width at which they fit
        middle = (low + high) / 2
        fits = kept + sum(min(widths[place], middle) for place in giving) <= width
        low, high = (middle, high) if fits else (low, middle)
    return [min(each, low) if place in giving else each for place, each in enumerate(widths)]


def _grid(columns: tuple[Column, ...], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> Grid:
    rooms = [max(width - 2 * GAP, 4.0) for width in widths]
    cut = tuple(tuple(cut_to(text, room, _LINES, size) for text, room in zip(row, rooms, strict=True)) for row in rows)
    heights = tuple(_row_height(row, rooms, size) for row in cut)
    named = any(column.heading for column in columns)
    head = _row_height([column.heading for column in columns], rooms, size, bold=True) if named else 0.0
    return Grid(columns, cut, tuple(widths), heights, size, head)


def _row_height(row: Sequence[str], rooms: Sequence[float], size: float, bold: bool = False) -> float:
    told = zip(row, rooms, strict=True)
    return max(lines_of(text, room, size, bold) * leading_of(text) for text, room in told) * size + 2 * PAD

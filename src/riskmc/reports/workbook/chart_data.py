"""Chart data: the sheet that holds the points of all charts, from which Excel draws them anew when they are changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from riskmc.reports.document.chart import Chart, Scale, Series, Value
from riskmc.reports.workbook.chart_axes import DAYS_TO_1970
from riskmc.reports.workbook.number_formats import DATE, amount_format
from riskmc.reports.workbook.sheet import plain
from riskmc.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Range = list[str | int]  # name of the sheet, first row and column, last row and column
_WIDTH = 13
_FIRST = 3  # the row of the first point: below the title, the names of the series and their axes


@dataclass(frozen=True)
class Placed:
    """Where the points of one series stand: its name, and the ranges of x and y."""

    name: Range
    x: Range
    y: Range


@dataclass
class ChartData:
    """The sheet of the points; every chart takes the next columns."""

    name: str
    styles: Styles
    _column: int = 0
    paper: Worksheet = field(init=False)

    def __post_init__(self) -> None:
        self.paper = self.styles.book.add_worksheet(self.name)
        self.paper.freeze_panes(_FIRST, 0)
        self.paper.set_landscape()
        self.paper.set_paper(9)  # A4
        self.paper.fit_to_pages(1, 1)

    def place(self, chart: Chart, title: str) -> tuple[Range, list[Placed]]:
        """Write the points of a chart; return the cell of its title and where the series stand."""
        at = self._column
        self._text(0, title, "term")
        placed, shared, dated = [], None, heights(chart)
        for number, series in enumerate(chart.series):
            if shared is None or shared[0] != series.x:
                shared = (series.x, self._write(chart.x_title, chart.x, chart.unit, _gapped(series, series.x)))
            y = self._write(series.name, chart.y, chart.unit, _gapped(series, dated[number]))
            placed.append(Placed([self.name, 1, int(y[2])], shared[1], y))
        self._column += 1
        return [self.name, 0, at], placed

    def _write(self, heading: str, scale: Scale, unit: str, values: Sequence[Value | None]) -> Range:
        """Write a column of values under its heading and return where they stand."""
        at = self._column
        self._text(1, heading, "term")
        self._text(2, scale if scale != "money" else unit or scale, "quiet")
        look = self.styles("cell", num_format=value_format(scale, unit))
        for row, value in enumerate(values, _FIRST):
            self._value(row, value, look)
        self.paper.set_column(at, at, _WIDTH)
        self._column += 1
        return [self.name, _FIRST, at, _FIRST + max(len(values), 1) - 1, at]

    def _text(self, row: int, text: str, look: str) -> None:
        self.paper.write_string(row, self._column, plain(text), self.styles(look, text_wrap=False))

    def _value(self, row: int, value: Value | None, look: object) -> None:
        if isinstance(value, str):
            self._text(row, value, "cell")
        elif isinstance(value, datetime | date):
            self.paper.write_datetime(row, self._column, value, look)
        elif value is not None and isfinite(value):
            self.paper.write_number(row, self._column, float(value), look)


def _gapped(series: Series, values: Sequence[Value | None]) -> Sequence[Value | None]:
    """Return the values of a series with a gap behind every slab."""
    if series.mark != "slabs":
        return values
    return [value for place in range(0, len(values), 2) for value in (*values[place : place + 2], None)]


def heights(chart: Chart) -> list[tuple[float | None, ...]]:
    """Return y of all series as Excel counts: of stacked dates the lowest piece of each bar stands on 1900."""
    found = [series.y for series in chart.series]
    if chart.y != "date":
        return found
    if not chart.stacked:
        return [tuple(None if value is None else value + DAYS_TO_1970 for value in column) for column in found]
    lowest = {place: number for number, column in reversed([*enumerate(found)]) for place, y in enumerate(column) if y}
    return [
        tuple(y + DAYS_TO_1970 if y and lowest.get(place) == number else y for place, y in enumerate(column))
        for number, column in enumerate(found)
    ]


def value_format(scale: Scale, unit: str) -> str:
    """Return the number format of a column of points."""
    formats: dict[Scale, str] = {"date": DATE, "money": amount_format(unit), "chance": "0.0%", "days": "#,##0.0"}
    return formats.get(scale, "General")

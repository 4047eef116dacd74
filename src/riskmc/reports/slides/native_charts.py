"""Native charts: a `Chart` as a chart of PowerPoint, whose data can be edited there; labels on the marks, no legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.chart_frame import frame_chart, names_of
from riskmc.reports.slides.chart_marks import dress_series
from riskmc.reports.slides.embedded_book import fill_book
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import plain
from riskmc.reports.slides.ticks import TO_1970, serial

_MOST, _AXIS = 48.0, 24.0  # points of a row at most, and of the axis


def add_chart(slide: Any, look: Look, box: Box, chart: Chart, title: str, description: str) -> None:
    """Put a chart into a box of the slide; ``description`` tells its numbers to those who cannot see it."""
    if chart.kind == "bars":
        box = box.first(min(box.height, _MOST * len(chart.series[0].x) + 2 * _AXIS))
    data, kind = _points(chart) if chart.kind == "points" else _bars(chart, box)
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    frame.name = "Chart"
    told = frame._element.nvGraphicFramePr.cNvPr
    told.set("descr", plain(description))
    told.set("title", plain(title))
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, False
    if chart.kind == "points" and chart.x == "date":
        _tell_dates(drawn)
    chart = replace(chart, series=drawn_order(chart))
    dress_series(drawn, look, chart)
    frame_chart(drawn, look, chart, box)
    fill_book(drawn)


def shown(series: Series) -> list[int]:
    """Return the places of the points of a series that have a value."""
    return [place for place, y in enumerate(series.y) if y is not None]


def _points(chart: Chart) -> tuple[Any, Any]:
    from pptx.chart import data as made
    from pptx.enum.chart import XL_CHART_TYPE

    data: Any = made.XyChartData()
    drawn = drawn_order(chart)
    rows = [rows_of(series) for series in drawn]
    for number, series in enumerate(drawn):
        one = data.add_series(plain(series.name) or " ", number_format=_cells_of(chart))
        for point in [*rows[number], *_empty(rows, number)]:
            one.add_data_point(*point)
    return data, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS


Row = tuple[float | None, float | None]


def rows_of(series: Series) -> list[Row]:
    """Return the points of a series as rows of its data: those with a value; an empty one behind every slab."""
    rows: list[Row] = [(serial(series.x[place]), series.y[place]) for place in shown(series)]
    if series.mark != "slabs":
        return rows
    return [row for place in range(0, len(rows), 2) for row in (*rows[place : place + 2], (None, None))]


def _empty(rows: Sequence[Sequence[Row]], number: int) -> list[Row]:
    """Return empty rows that make a series as long as any behind it: LibreOffice leaves out those that are shorter."""
    longest = max(map(len, rows[number:]))
    return [(None, None)] * (longest - len(rows[number]))


def drawn_order(chart: Chart) -> tuple[Series, ...]:
    """Return the series in the order in which they are drawn: of points slabs first, then the longest."""
    if chart.kind != "points":
        return chart.series
    slabs = [series for series in chart.series if series.mark == "slabs"]
    others = [series for series in chart.series if series.mark != "slabs"]
    return (*slabs, *sorted(others, key=lambda series: -len(shown(series))))


def _tell_dates(drawn: Any) -> None:
    """Write the x values as dates in the workbook of the chart."""
    from pptx.oxml.ns import qn

    for across in drawn._chartSpace.iter(qn("c:xVal")):
        for form in across.iter(qn("c:formatCode")):
            form.text = "d mmm yyyy"


def _cells_of(chart: Chart) -> str:
    return "0.0%" if chart.y == "chance" else "#,##0.00" if chart.y == "money" else "General"


def _bars(chart: Chart, box: Box) -> tuple[Any, Any]:
    from pptx.chart import data as made
    from pptx.enum.chart import XL_CHART_TYPE as KIND

    kinds = {
        ("bars", True): KIND.BAR_STACKED,
        ("bars", False): KIND.BAR_CLUSTERED,
        ("columns", True): KIND.COLUMN_STACKED,
        ("columns", False): KIND.COLUMN_CLUSTERED,
    }
    form = "General" if chart.y == "date" else "#,##0.##"
    data: Any = made.CategoryChartData(number_format=form)
    data.categories = names_of(chart, box)
    for series, values in zip(chart.series, day_numbers(chart), strict=True):
        data.add_series(plain(series.name) or " ", values)
    return data, kinds[chart.kind, chart.stacked]


def day_numbers(chart: Chart) -> list[tuple[float | None, ...]]:
    """Return the values of bars as a spreadsheet counts them: of dates, the lowest piece of each bar holds the date."""
    found = [series.y for series in chart.series]
    if chart.y != "date":
        return found
    begun: set[int] = set()
    told = []
    for values in found:
        row: list[float | None] = []
        for place, value in enumerate(values):
            first = bool(value) and place not in begun
            begun |= {place} if first else set()
            row.append(value + TO_1970 if first and value is not None else value)
        told.append(tuple(row))
    return told

"""Native charts: a chart of a document as one of Excel's own, in the colours of reports, drawn from its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from riskmc.forecast.figures import printable
from riskmc.reports.document.blocks import Picture
from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.workbook.chart_axes import axis_of, no_formula
from riskmc.reports.workbook.chart_data import ChartData, Placed
from riskmc.reports.workbook.sheet import Sheet
from riskmc.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as Native
    from xlsxwriter.workbook import Workbook

WIDTH, HEIGHT = 800, 400  # pixels
_PLOT = {"x": 0.09, "y": 0.13, "width": 0.87, "height": 0.68}  # of the chart, where slabs must fit it
_POINTS = 0.75  # of a pixel
_BAR, _AROUND = 22, 160  # pixels of a lying bar, and of what stands above and below all of them
_KINDS = {"points": "scatter", "columns": "column", "bars": "bar"}
_LETTERS = 9
_LABELS = {"points": 8, "columns": 9, "bars": 9}  # long ones beside points are broken at a fifth of the chart
_ALT = 2_000  # characters of an alternative text
_WIDTHS = {"rule": 0.75, "forecast_mid": 1.0, "forecast": 2.25}  # points of a line
_LINES = {"line": "solid", "dashes": "dash"}


def insert_chart(sheet: Sheet, row: int, picture: Picture, points: ChartData) -> None:
    """Draw the chart of a picture beside its table; its title is the sentence, its alternative text the numbers."""
    chart = picture.chart
    assert chart is not None
    title, placed = points.place(chart, picture.title)
    native = _drawn(points.styles, chart, placed)
    native.set_title({"name": title, "name_font": _font(points.styles, "ink", 11, bold=True), "overlay": False})
    native.set_size({"width": WIDTH, "height": height_of(chart)})
    told = printable(f"{picture.title} {picture.description}")[:_ALT]
    where = {"description": told, "object_position": 2, "x_offset": 12, "y_offset": 2}
    sheet.paper.insert_chart(row, len(sheet.widths), native, where)


def height_of(chart: Chart) -> int:
    """Return the height of a chart in pixels; lying bars take as much as their names need."""
    bars = max((len(series.x) for series in chart.series), default=0) if chart.kind == "bars" else 0
    return max(HEIGHT, _AROUND + _BAR * bars)


def _drawn(styles: Styles, chart: Chart, placed: Sequence[Placed]) -> Native:
    """Return the chart with its series and axes; lines upon columns are a second chart in the same frame."""
    pairs = list(zip(chart.series, placed, strict=True))
    lines = [pair for pair in pairs if _is_line_over(chart, pair[0])]
    under = [pair for pair in pairs if pair not in lines]
    native = _native(styles.book, chart)
    for series, where in under:
        native.add_series(_series(styles, chart, series, where))
    if lines:
        over = styles.book.add_chart({"type": "line"})
        for series, where in lines:
            over.add_series(_series(styles, chart, series, where))
        native.combine(over)
    _frame(styles, native, chart, [series for series, _ in (*under, *lines)])
    return native


def _native(book: Workbook, chart: Chart) -> Native:
    told = {"type": _KINDS[chart.kind]}
    if chart.kind == "points":
        told["subtype"] = "straight"
    elif chart.stacked:
        told["subtype"] = "stacked"
    return book.add_chart(told)


def _series(styles: Styles, chart: Chart, series: Series, where: Placed) -> dict[str, Any]:
    """Return a series as xlsxwriter takes it: where its points stand, its look, and the words at its points."""
    bars = chart.kind != "points" and not _is_line_over(chart, series)
    look = (
        _bars(styles, chart, series)
        if bars
        else _slabs(styles, chart, series)
        if series.thick
        else _points(styles, series)
    )
    told = {"name": where.name, "categories": where.x, "values": where.y, **look}
    return {**told, "data_labels": _labels(styles, chart, series, bars)} if any(series.labels) else told


def _is_line_over(chart: Chart, series: Series) -> bool:
    """Return whether a series is a line or dots over upright bars."""
    return chart.kind == "columns" and series.mark in ("line", "dashes", "dots")


def _bars(styles: Styles, chart: Chart, series: Series) -> dict[str, Any]:
    shared = {"gap": 45, "overlap": 100 if chart.stacked or chart.kind == "bars" else 0}
    if series.mark == "nothing":
        return {"fill": {"none": True}, "border": {"none": True}, **shared}
    return {"fill": {"color": styles.colour(series.colour)}, "border": {"none": True}, **shared}


def _points(styles: Styles, series: Series) -> dict[str, Any]:
    colour, dash = styles.colour(series.colour), _LINES.get(series.mark)
    width = _WIDTHS.get(series.colour, 1.5)
    line = {"color": colour, "width": width, "dash_type": dash} if dash else {"none": True}
    if series.mark != "dots":
        return {"line": line, "marker": {"type": "none"}}
    size = 7 if len(series.y) <= 50 else 3
    marker = {"type": "circle", "size": size, "fill": {"color": colour}, "border": {"none": True}}
    return {"line": line, "marker": marker}


def _slabs(styles: Styles, chart: Chart, series: Series) -> dict[str, Any]:
    """Return lines as thick as slabs are on the axes of the plot, whose size is set."""
    axis = axis_of(chart, "x" if series.upright else "y")
    room = _POINTS * (WIDTH * _PLOT["width"] if series.upright else HEIGHT * _PLOT["height"])
    width = max(series.thick / (axis["max"] - axis["min"]) * room, 0.25)
    line = {"color": styles.colour(series.colour), "width": width, "transparency": round(100 * (1 - series.opacity))}
    return {"line": line, "marker": {"type": "none"}}


def _labels(styles: Styles, chart: Chart, series: Series, bars: bool) -> dict[str, Any]:
    """Return the words at the points of a series, beside lines and behind bars."""
    told = zip(series.labels, series.y, strict=False)
    custom = [
        {"value": no_formula(printable(text))} if text and y is not None else {"delete": True} for text, y in told
    ]
    custom += [{"delete": True}] * (len(series.y) - len(custom))
    position = ("inside_base" if chart.stacked else "outside_end") if bars else series.side
    colour = "ink" if series.mark == "nothing" or bars else series.colour
    return {"value": True, "custom": custom, "position": position, "font": _font(styles, colour, _LABELS[chart.kind])}


def _frame(styles: Styles, native: Native, chart: Chart, drawn: Sequence[Series]) -> None:
    """Set axes and legend; of lying bars the axis of the categories stands upright, its first at the top."""
    x, y = axis_of(chart, "x"), axis_of(chart, "y")
    grid = {"visible": True, "line": {"color": styles.colour("rule"), "width": 0.75}}
    for axis in (x, y):
        axis |= {"num_font": _font(styles, "quiet", _LETTERS), "name_font": _font(styles, "quiet", _LETTERS)}
        axis |= {"line": {"color": styles.colour("rule")}, "major_gridlines": {"visible": False}}
    y["major_gridlines"] = grid if chart.y != "chance" else {"visible": False}
    if chart.kind == "bars":
        x |= {"reverse": True, "crossing": "max", "label_position": "low", "interval_unit": 1}
        native.set_y_axis(x)
        native.set_x_axis(y)
    else:
        native.set_x_axis({**x, "label_position": "low"})
        native.set_y_axis({**y, "label_position": "low"})
    if any(series.thick for series in drawn):
        native.set_plotarea({"layout": _PLOT})
    native.set_legend(_legend(styles, chart, drawn))
    native.set_chartarea({"border": {"none": True}})


def _legend(styles: Styles, chart: Chart, drawn: Sequence[Series]) -> dict[str, Any]:
    """Return a legend of the series that nothing else names, each name once; none where there is but one."""
    told = {series.name for series in drawn if not _is_told_in_legend(chart, series)}
    names = [series.name for series in drawn]
    left_out = [at for at, name in enumerate(names) if name in told or name in names[:at]]
    if len(drawn) - len(left_out) < 2:
        return {"none": True}
    return {"position": "bottom", "delete_series": left_out, "font": _font(styles, "ink", _LETTERS)}


def _is_told_in_legend(chart: Chart, series: Series) -> bool:
    if series.mark == "nothing" or series.colour == "rule":
        return False
    return chart.kind != "points" or not any(series.labels)


def _font(styles: Styles, colour: str, size: float, bold: bool = False) -> dict[str, Any]:
    return {"color": styles.colour(colour), "size": size, "bold": bold}

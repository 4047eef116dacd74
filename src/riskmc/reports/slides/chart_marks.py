"""Marks of a native chart: every series as a line, dots or bars in its colour, with labels at its points."""

from __future__ import annotations

from typing import Any

from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import plain

LABEL, BARE = 12.0, 10.5  # points of labels at marks, and of those that stand alone
_TEXT = {
    "forecast_mid": "forecast",
    "forecast_pale": "forecast",
    "plan": "quiet",
    "plan_pale": "quiet",
    "threat_mid": "threat",
    "threat_pale": "threat",
    "gain_pale": "gain",
    "paper": "ink",
    "rule": "quiet",
}
_CLOUD = 4  # dots without labels from which on they are small


def dress_series(drawn: Any, look: Look, chart: Chart) -> None:
    """Give every series of the chart its mark, its colour and its labels; lines over columns become lines."""
    plot = drawn.plots[0]
    if chart.kind != "points":
        disjoint = not chart.stacked and len(chart.series) > 1 and _disjoint(chart)
        plot.gap_width = 45 if chart.kind == "columns" else 40
        plot.overlap = 100 if chart.stacked or disjoint else 0
    pairs = list(zip(plot.series, chart.series, strict=True))
    for one, series in pairs:
        if chart.kind == "points":
            _dress_points(one, look, series)
        else:
            _dress_bars(one, look, series)
        _write_labels(one, look, chart, series)
    if chart.kind == "columns":
        _lift_lines(drawn, [(one, series) for one, series in pairs if series.mark in ("line", "dashes")], look)


def _disjoint(chart: Chart) -> bool:
    """Return whether no category has a bar in two series."""
    columns = zip(*(series.y for series in chart.series), strict=True)
    return all(sum(value is not None for value in column) <= 1 for column in columns)


def _dress_points(one: Any, look: Look, series: Series) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    one.smooth = False
    if series.mark in ("line", "dashes", "slabs"):
        _draw_line(one.format.line, look, series)
        one.marker.style = XL_MARKER_STYLE.NONE
        return
    one.format.line.fill.background()
    if series.mark == "nothing":
        one.marker.style = XL_MARKER_STYLE.NONE
        return
    one.marker.style = XL_MARKER_STYLE.CIRCLE
    one.marker.size = 9 if any(series.labels) or len(series.x) < _CLOUD else 4
    _fill(one.marker.format.fill, look, series.colour)
    one.marker.format.line.fill.background()


def _draw_line(line: Any, look: Look, series: Series) -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    thin = series.colour in ("rule", "forecast_mid", "quiet", "plan")
    line.color.rgb = look.rgb(series.colour)
    line.width = Pt(0.75 if series.colour == "rule" else 1.25 if thin else 2.25)
    if series.mark == "dashes":
        line.dash_style = MSO_LINE.DASH


def thicken_slabs(drawn: Any, chart: Chart, across: float, upwards: float) -> None:
    """Make slabs see-through, and as thick as they are on axes whose units are so many points ``across``, ``upwards``.

    PowerPoint draws the last series on top, LibreOffice the first one: either way the curve is seen.
    """
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    for one, series in zip(drawn.plots[0].series, chart.series, strict=True):
        if series.mark == "slabs":
            line = one.format.line
            line.width = Pt(max(series.thick * (across if series.upright else upwards), 0.25))
            line._ln.set("cap", "flat")
            colour = line._ln.find(f".//{qn('a:srgbClr')}")
            colour.append(colour.makeelement(qn("a:alpha"), {"val": str(round(100_000 * series.opacity))}))


def _fill(fill: Any, look: Look, colour: str) -> None:
    fill.solid()
    fill.fore_color.rgb = look.rgb(colour)


def _dress_bars(one: Any, look: Look, series: Series) -> None:
    one.invert_if_negative = False
    if series.mark != "bars":
        one.format.fill.background()
        one.format.line.fill.background()
        return
    _fill(one.format.fill, look, series.colour)
    if series.colour.endswith("_pale"):
        from pptx.util import Pt

        one.format.line.color.rgb = look.rgb(series.colour.removesuffix("_pale"))
        one.format.line.width = Pt(0.75)


def _write_labels(one: Any, look: Look, chart: Chart, series: Series) -> None:
    """Write the labels of the points that have one, each in its own words."""
    kept = (
        [place for place, y in enumerate(series.y) if y is not None] if chart.kind == "points" else range(len(series.y))
    )
    for number, place in enumerate(kept):
        text = plain(series.labels[place]) if place < len(series.labels) else ""
        if text and series.y[place] is not None:
            _write_label(one.points[number].data_label, look, chart, series, text)


def _write_label(label: Any, look: Look, chart: Chart, series: Series, text: str) -> None:
    from pptx.util import Pt

    frame = label.text_frame
    frame.text = text
    frame.word_wrap = False
    font = frame.paragraphs[0].runs[0].font
    bare = chart.kind == "points" and series.mark == "nothing"
    font.size, font.bold = Pt(BARE if bare else label_size(chart)), chart.kind == "points"
    font.color.rgb = look.rgb(_TEXT.get(series.colour, series.colour))
    label.position = _position(chart, series)
    if look.own and chart.kind == "points" and not bare and series.side in ("right", "left"):
        _paper(label, look)


def _paper(label: Any, look: Look) -> None:
    """Lay paper under a label, so that no line runs through its words."""
    from lxml import etree
    from pptx.oxml.ns import qn

    element = label._dLbl
    shape = element.makeelement(qn("c:spPr"), {})
    fill = etree.SubElement(shape, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), {"val": look.colour("paper")})
    element.find(qn("c:dLblPos")).addprevious(shape)


def label_size(chart: Chart) -> float:
    """Return the size of labels: smaller where there are many rows."""
    rows = len(chart.series[0].x) if chart.kind == "bars" and chart.series else 0
    return LABEL if rows <= 16 else 10.0 if rows <= 24 else 8.5


def _position(chart: Chart, series: Series) -> Any:
    from pptx.enum.chart import XL_LABEL_POSITION as SIDE

    if chart.kind == "points":
        sides = {
            "right": SIDE.RIGHT,
            "left": SIDE.LEFT,
            "above": SIDE.ABOVE,
            "below": SIDE.BELOW,
            "center": SIDE.CENTER,
        }
        return sides[series.side]
    return SIDE.INSIDE_BASE if chart.stacked else SIDE.OUTSIDE_END


def _lift_lines(drawn: Any, lines: list[tuple[Any, Series]], look: Look) -> None:
    """Move series that are lines from the columns into a line chart on the same axes, over the same cells."""
    from copy import deepcopy

    from pptx.oxml.ns import qn

    if not lines:
        return
    columns = drawn._chartSpace.find(f".//{qn('c:barChart')}")
    line_chart = columns.makeelement(qn("c:lineChart"), {})
    line_chart.append(columns.makeelement(qn("c:grouping"), {"val": "standard"}))
    line_chart.append(columns.makeelement(qn("c:varyColors"), {"val": "0"}))
    for one, series in lines:
        element = one._element
        for name in ("c:invertIfNegative", "c:spPr", "c:dLbls"):
            for child in element.findall(qn(name)):
                element.remove(child)
        element.find(qn("c:tx")).addnext(_line_style(element, look, series))
        element.find(qn("c:spPr")).addnext(_no_marker(element))
        element.append(element.makeelement(qn("c:smooth"), {"val": "0"}))
        line_chart.append(element)
    line_chart.append(columns.makeelement(qn("c:marker"), {"val": "1"}))
    for axis in columns.findall(qn("c:axId")):
        line_chart.append(deepcopy(axis))
    columns.addnext(line_chart)


def _line_style(element: Any, look: Look, series: Series) -> Any:
    from lxml import etree
    from pptx.oxml.ns import qn

    style = element.makeelement(qn("c:spPr"), {})
    line = etree.SubElement(style, qn("a:ln"), {"w": "22225", "cap": "flat"})
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), {"val": look.colour(series.colour)})
    etree.SubElement(line, qn("a:prstDash"), {"val": "dash" if series.mark == "dashes" else "solid"})
    return style


def _no_marker(element: Any) -> Any:
    from lxml import etree
    from pptx.oxml.ns import qn

    marker = element.makeelement(qn("c:marker"), {})
    etree.SubElement(marker, qn("c:symbol"), {"val": "none"})
    return marker

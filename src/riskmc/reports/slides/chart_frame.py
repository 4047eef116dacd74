"""Frame of a native chart: its axes with their ticks, the names of its rows, and the room of the plot in its box."""

from __future__ import annotations

from typing import Any

from riskmc.reports.document.chart import Chart
from riskmc.reports.slides.boxes import Box
from riskmc.reports.slides.chart_marks import thicken_slabs
from riskmc.reports.slides.look import Look
from riskmc.reports.slides.measures import cut_to, plain, wide
from riskmc.reports.slides.ticks import Ticks, x_ticks, y_ticks

SIZE = 12.0
_BESIDE = 12.0  # points between a name and the plot
_NAMES, _MORE_NAMES = 0.40, 0.50  # shares of the width that the names of rows may take, of a narrow chart more
_NARROW = 520.0  # points
_AXIS, _TITLE, _EDGE = 24.0, 18.0, 12.0  # points of tick labels under a plot, of the title of an axis, of the edges
_PITCH = 1.35  # points of a row for one of its letters


def frame_chart(drawn: Any, look: Look, chart: Chart, box: Box) -> None:
    """Set the axes and the room of the plot, so that names and labels have theirs."""
    from pptx.util import Pt

    drawn.font.size = Pt(SIZE)
    drawn.font.color.rgb = look.rgb("quiet")
    if chart.kind == "points":
        _frame_points(drawn, look, chart, box)
    elif chart.kind == "bars":
        _frame_bars(drawn, look, chart, box)
    else:
        _frame_columns(drawn, look, chart, box)


def _frame_points(drawn: Any, look: Look, chart: Chart, box: Box) -> None:
    low = _AXIS + (_TITLE if chart.x_title else 0.0)
    upright = y_ticks(chart, box.height - low, SIZE, upright=True)
    left = upright.widest + 14.0 + (_TITLE if chart.y_title else 0.0)
    across = x_ticks(chart, box.width - left - 2 * _EDGE, SIZE)
    _set_values(drawn.value_axis, look, upright, chart.y_title)
    _set_values(drawn.category_axis, look, across, chart.x_title)
    wide, high = _place(drawn, box, left, low)
    thicken_slabs(drawn, chart, wide / (across.high - across.low), high / (upright.high - upright.low))


def _frame_bars(drawn: Any, look: Look, chart: Chart, box: Box) -> None:
    """Set the axes of lying bars: the first category on top, its name at the left, the values below."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    low = _AXIS + (_TITLE if chart.y_title else 0.0)
    size = name_size(chart, box)
    left = names_room(chart, box, size)
    ticks = y_ticks(chart, box.width - left - 2 * _EDGE, SIZE, upright=False)
    _set_values(drawn.value_axis, look, ticks, chart.y_title)
    _cross(drawn.value_axis, "autoZero")  # bars begin where the axes cross
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    rows = drawn.category_axis
    _set_line(rows, look, "ink" if ticks.low < 0 < ticks.high else "rule")
    rows.reverse_order = True
    _cross(rows, "max")
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    rows.tick_labels.font.size = Pt(size)
    _every_name(rows)
    _place(drawn, box, left, low)


def names_room(chart: Chart, box: Box, size: float) -> float:
    """Return the room for the names of rows: what the longest takes, at most a part of the width."""
    names = [plain(str(name)) for name in (chart.series[0].x if chart.series else ())]
    return min(
        max((wide(name, size) for name in names), default=0.0) + _BESIDE,
        (_NAMES if box.width > _NARROW else _MORE_NAMES) * box.width,
    )


def names_of(chart: Chart, box: Box) -> list[str]:
    """Return the names of the categories as they are written: those of rows cut to one line of their room."""
    names = [plain(str(name)) or " " for name in (chart.series[0].x if chart.series else ())]
    if chart.kind != "bars":
        return names
    size = name_size(chart, box)
    room = names_room(chart, box, size) - _BESIDE
    return [cut_to(name, room, 1, size) for name in names]


def name_size(chart: Chart, box: Box) -> float:
    """Return the size of the names of rows: smaller where there are many."""
    rows = len(chart.series[0].x) if chart.series else 0
    return min(SIZE, max((box.height - _AXIS) / max(rows, 1) / _PITCH, 6.0))


def _frame_columns(drawn: Any, look: Look, chart: Chart, box: Box) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    upright = y_ticks(chart, box.height - _AXIS, SIZE, upright=True)
    left = upright.widest + 14.0
    _set_values(drawn.value_axis, look, upright, chart.y_title)
    names = [plain(str(name)) for name in (chart.series[0].x if chart.series else ())]
    room = (box.width - left - _EDGE) / max(len(names), 1)
    widest = max((wide(name, SIZE) for name in names), default=0.0) + 8.0
    columns = drawn.category_axis
    _set_line(columns, look)
    columns.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _every_name(columns, max(1, -(-int(widest) // max(int(room), 1))))
    _place(drawn, box, left, _AXIS)


def _set_values(axis: Any, look: Look, ticks: Ticks, title: str) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks.low, ticks.high, ticks.step
    axis.has_major_gridlines = axis.has_minor_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = ticks.form, False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _cross(axis, "min")
    _set_line(axis, look, "rule")
    if title:
        _set_title(axis, look, title)


def _cross(axis: Any, where: str) -> None:
    """Let the other axis cross this one at its "min" or "max", or at zero."""
    from pptx.oxml.ns import qn

    number = axis._element.find(qn("c:crossAx")).get("val")
    drawn = [each for each in axis._element.getparent() if each.find(qn("c:axId")) is not None]
    other = next(each for each in drawn if each.tag.endswith("Ax") and each.find(qn("c:axId")).get("val") == number)
    for name in ("c:crosses", "c:crossesAt"):
        for old in other.findall(qn(name)):
            other.remove(old)
    other.find(qn("c:crossAx")).addnext(other.makeelement(qn("c:crosses"), {"val": where}))


def _set_line(axis: Any, look: Look, colour: str = "rule") -> None:
    from pptx.enum.chart import XL_TICK_MARK

    axis.format.line.color.rgb = look.rgb(colour)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False


def _set_title(axis: Any, look: Look, title: str) -> None:
    from pptx.util import Pt

    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = plain(title)
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(SIZE), False
    font.color.rgb = look.rgb("quiet")


def _every_name(axis: Any, step: int = 1) -> None:
    """Write the name of every ``step``-th category, whatever the program would leave out."""
    from pptx.oxml.ns import qn

    element = axis._element
    for name, value in (("c:tickLblSkip", step), ("c:tickMarkSkip", step)):
        child = element.makeelement(qn(name), {"val": str(value)})
        last = element.find(qn("c:noMultiLvlLbl"))
        last.addprevious(child) if last is not None else element.append(child)


def _place(drawn: Any, box: Box, left: float, low: float) -> tuple[float, float]:
    """Set where the plot itself stands in the chart: names and ticks have ``left`` and ``low`` points beside it.

    Return how wide and how high it is.
    """
    from lxml import etree
    from pptx.oxml.ns import qn

    area = drawn._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    top = 4.0
    wide, high = max(box.width - left - _EDGE, 20.0), max(box.height - low - top, 20.0)
    parts = {"x": left / box.width, "y": top / box.height, "w": wide / box.width, "h": high / box.height}
    etree.SubElement(manual, qn("c:layoutTarget"), {"val": "inner"})
    for name in ("x", "y"):
        etree.SubElement(manual, qn(f"c:{name}Mode"), {"val": "edge"})
    for name, share in parts.items():
        etree.SubElement(manual, qn(f"c:{name}"), {"val": f"{share:.4f}"})
    area.insert(0, layout)
    return wide, high

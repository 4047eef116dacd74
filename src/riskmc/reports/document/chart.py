"""Chart: the numbers of a picture, for formats that draw charts of their own which can be edited there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scale = Literal["date", "money", "chance", "days", "number", "category"]
Value = datetime | float | str
Side = Literal["right", "left", "above", "below", "center"]


@dataclass(frozen=True)
class Series:
    """Points of one colour: ``x`` and ``y`` of equal length; None is a gap.

    ``colour`` is a name of the palette. ``mark``: joined by a line, a dashed line or steps; dots alone; bars; slabs,
    each from one point to the next with a gap behind it, upright or lying, ``thick`` on the axis that they lie across,
    of an ``opacity`` through which what they cover is seen; or nothing at all, which lifts the bars that are stacked
    upon it, or bears labels alone. ``labels`` are written at the points, one each, on their ``side``; "" is none.
    """

    name: str
    x: tuple[Value, ...]
    y: tuple[float | None, ...]
    colour: str = "forecast"
    mark: Literal["line", "dashes", "dots", "bars", "slabs", "nothing"] = "line"
    labels: tuple[str, ...] = ()
    side: Side = "right"
    thick: float = 0.0
    opacity: float = 1.0

    @property
    def upright(self) -> bool:
        """Whether its slabs stand upright."""
        return self.y[:1] != self.y[1:2]


@dataclass(frozen=True)
class Chart:
    """Series in one frame: points over ``x``, or bars, upright ("columns") or lying ("bars"), one a category.

    ``stacked`` bars stand on each other, others beside each other. ``unit`` is the currency where money is told.
    Titles say what an axis holds; of lying bars ``x`` is the axis of the categories. Where ``y`` holds dates these
    are days since 1970-01-01: a spreadsheet counts 25,569 more, once in every bar.
    ``x_range`` and ``y_range`` are the ends of the axes, in
    the terms of the series; None leaves them to the format. ``caption`` says what is plotted where the picture's own
    line would speak of what this chart has not.
    """

    kind: Literal["points", "columns", "bars"]
    series: tuple[Series, ...]
    x: Scale
    y: Scale
    x_title: str = ""
    y_title: str = ""
    unit: str = ""
    stacked: bool = False
    x_range: tuple[Value, Value] | None = None
    y_range: tuple[float, float] | None = None
    caption: str = ""

"""Chart: the numbers of a picture, for formats that draw charts of their own which can be edited there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scale = Literal["date", "money", "chance", "days", "number", "category"]
Value = datetime | float | str


@dataclass(frozen=True)
class Series:
    """Points of one colour: ``x`` and ``y`` of equal length; None is a gap.

    ``colour`` is a name of the palette. ``mark``: joined by a line, a dashed line or steps; dots alone; bars; or
    nothing at all, which lifts the bars that are stacked upon it.
    """

    name: str
    x: tuple[Value, ...]
    y: tuple[float | None, ...]
    colour: str = "forecast"
    mark: Literal["line", "dashes", "dots", "bars", "nothing"] = "line"


@dataclass(frozen=True)
class Chart:
    """Series in one frame: points over ``x``, or bars, upright ("columns") or lying ("bars"), one a category.

    ``stacked`` bars stand on each other, others beside each other. ``unit`` is the currency where money is told.
    Titles say what an axis holds; of lying bars ``x`` is the axis of the categories.
    """

    kind: Literal["points", "columns", "bars"]
    series: tuple[Series, ...]
    x: Scale
    y: Scale
    x_title: str = ""
    y_title: str = ""
    unit: str = ""
    stacked: bool = False

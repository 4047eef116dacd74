"""Rows: names at the left of a picture with one row an item, cut to the room that there is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matplotlib.axes import Axes

from riskmc.plot.canvas import label
from riskmc.plot.lettering import TEXT, fitted


def write_names(ax: Axes, names: Sequence[str], room: float, bold: Collection[int] = ()) -> None:
    """Write one name a row at the left of the axes, right aligned, in at most ``room`` px."""
    for y, name in enumerate(names):
        text = fitted(name, room - 10, TEXT, y in bold)
        label(ax, 0, y, text, ha="right", dx=-10, bold=y in bold, coords="row")

"""Canvas: where pictures are drawn: figures of native width where 1 pt is 1 px, without pyplot; and their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation, Transform, blended_transform_factory

from riskmc.plot.captions import Caption
from riskmc.plot.lettering import HALF_TITLE, LEADING, TEXT, TITLE, font, on_one_line, wrapped
from riskmc.plot.palette import LIGHT
from riskmc.plot.picture import HEADING, Picture
from riskmc.plot.style import DPI

FULL, HALF = 960, 468  # native widths in px
_SPARE = 8  # px that a line may turn out wider than it was measured
Coordinates = Literal["data", "axes", "row", "column"]


@dataclass(frozen=True)
class Margins:
    """Room in px around the axes, for tick labels and names."""

    left: float
    right: float
    top: float
    bottom: float


def canvas(ax: Axes | None, caption: Caption, width: float, height: float, margins: Margins) -> Axes:
    """Return axes of ``height`` px under the caption, on a new figure ``width`` px wide; or the caller's own, titled.

    On the caller's axes the title alone is written, in the width that they have; they keep their place.
    """
    if ax is not None:
        return _prepared(ax, caption)
    titled = wrapped(caption.title, width - _SPARE, _title_size(width), bold=True)
    told = wrapped(caption.subtitle, width - _SPARE, TEXT) if caption.subtitle else []
    heading = round(len(titled) * LEADING * _title_size(width) + len(told) * LEADING * TEXT + 14)
    whole = heading + margins.top + height + margins.bottom
    figure = Figure(figsize=(width / DPI, whole / DPI), dpi=DPI)
    inner = width - margins.left - margins.right
    picture = Picture(figure, (margins.left / width, margins.bottom / whole, inner / width, height / whole))
    figure.add_axes(picture)
    picture.caption, picture.heading = caption, heading
    _write_heading(picture, titled, told, _title_size(width), margins)
    return picture


def _title_size(width: float) -> float:
    return TITLE if width > HALF else HALF_TITLE


def _write_heading(ax: Picture, titled: list[str], told: list[str], size: float, margins: Margins) -> None:
    """Write title and subtitle flush with the left edge of the figure."""
    inner, _ = extent(ax)
    left, lift = -margins.left / inner, margins.top + 10
    for number, line in enumerate(reversed(told)):
        text = label(ax, left, 1, line, "quiet", dy=lift + number * LEADING * TEXT, va="bottom", coords="axes")
        text.set_gid(HEADING)
    _write_title(ax, titled, size, x=left, y=1.0, pad=lift + len(told) * LEADING * TEXT + 4)


def _write_title(ax: Axes, lines: list[str], size: float, **place: Any) -> None:
    title = "\n".join(lines)
    drawn = ax.set_title(title, loc="left", color=LIGHT["ink"], fontproperties=font(size, bold=True), **place)
    drawn.set_parse_math(False)
    drawn.set_gid(HEADING)


def _prepared(ax: Axes, caption: Caption) -> Axes:
    """Return the caller's axes without frame, under the title."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(LIGHT["rule"])
    ax.set_axisbelow(True)
    inner, _ = extent(ax)
    _write_title(ax, wrapped(caption.title, inner, TEXT, bold=True), TEXT, pad=10)
    return ax


def extent(ax: Axes) -> tuple[float, float]:
    """Return the width and height of the axes in px at native size (points)."""
    box = ax.get_window_extent()
    scale = DPI / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width * scale, box.height * scale


def label(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    colour: str = "ink",
    *,
    ha: str = "left",
    va: str = "center",
    dx: float = 0,
    dy: float = 0,
    size: float = TEXT,
    bold: bool = False,
    coords: Coordinates = "data",
) -> Any:
    """Write one line ``dx``, ``dy`` px from a point and return it; nothing in ``text`` is read as mathematics.

    ``coords``: "data"; "axes", shares of the axes; "row", x a share and y data; "column", x data and y a share.
    """
    return ax.text(
        x,
        y,
        on_one_line(text),
        color=LIGHT[colour],
        ha=ha,
        va="center_baseline" if va == "center" else va,
        fontproperties=font(size, bold),
        transform=_anchor(ax, coords) + _shift(ax, dx, dy),
        parse_math=False,
        zorder=8,
        clip_on=False,
    )


def _anchor(ax: Axes, coords: Coordinates) -> Transform:
    pairs = {
        "data": ax.transData,
        "axes": ax.transAxes,
        "row": blended_transform_factory(ax.transAxes, ax.transData),
        "column": blended_transform_factory(ax.transData, ax.transAxes),
    }
    return pairs[coords]


def _shift(ax: Axes, dx: float, dy: float) -> ScaledTranslation:
    return ScaledTranslation(dx / DPI, dy / DPI, ax.get_figure(root=True).dpi_scale_trans)  # type: ignore[union-attr]

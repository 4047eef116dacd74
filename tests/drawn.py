"""What is wrong with a drawn picture: texts that lie on each other, or stand out of the figure."""

from collections.abc import Iterator
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SLACK = 1.0  # px by which the boxes of letters may touch or stand out


def faults(ax: Axes) -> Iterator[str]:
    """Yield a sentence for every text that is clipped, and every pair that overlaps; needs riskmc's own figure."""
    figure = ax.get_figure(root=True)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(ax)]
    whole = figure.bbox
    for said, box in boxes:
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > whole.x1 + SLACK or box.y1 > whole.y1 + SLACK:
            yield f"{said!r} stands out of the figure: {box.extents.round()} of {whole.extents.round()}"
    for (first, one), (second, other) in combinations(boxes, 2):
        if overlap(one, other):
            yield f"{first!r} lies on {second!r}"


def texts(ax: Axes) -> list[Text]:
    """Return the texts that can be seen; of ticks, those on the axis."""
    found = [text for text in ax.get_figure(root=True).findobj(Text) if text.get_visible() and text.get_text().strip()]
    ticks = {
        id(label): tick for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks() for label in (tick.label1,)
    }
    hidden = {id(tick.label2) for axis in (ax.xaxis, ax.yaxis) for tick in axis.get_major_ticks()}
    limits = {"x": sorted(ax.get_xlim()), "y": sorted(ax.get_ylim())}

    def on_axis(text: Text) -> bool:
        tick = ticks.get(id(text))
        if tick is None:
            return id(text) not in hidden
        low, high = limits["x" if tick in ax.xaxis.get_major_ticks() else "y"]
        return low <= tick.get_loc() <= high

    return [text for text in found if on_axis(text)]


def overlap(one: Bbox, other: Bbox) -> bool:
    """Return whether two boxes share more than their edges."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > SLACK and high > 2 * SLACK

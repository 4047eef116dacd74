"""Pictures: axes that know their caption, become SVG, and show themselves in a notebook, light and dark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from riskmc.plot.captions import Caption
from riskmc.plot.palette import declarations
from riskmc.plot.svg import FONTS, SVG_CSS, svg_of

HEADING = "heading"  # marks the artists that write title and subtitle
_NOTEBOOK_CSS = (
    f".riskmc-notebook{{{declarations()}font-family:{FONTS};background:var(--paper)}}"
    f"@media (prefers-color-scheme:dark){{.riskmc-notebook{{{declarations(dark=True)}}}}}"
    f'[data-jp-theme-light="true"] .riskmc-notebook,.vscode-light .riskmc-notebook{{{declarations()}}}'
    f'[data-jp-theme-light="false"] .riskmc-notebook,.vscode-dark .riskmc-notebook{{{declarations(dark=True)}}}'
)


class Picture(Axes):
    """Axes on a figure of their own, under a title and a subtitle.

    ``caption`` holds the words; ``heading`` is the height in px, from the top of the figure, that they take.
    """

    caption: Caption = Caption("")
    heading: float = 0.0

    def _repr_html_(self) -> str:
        name = "picture-" + hashlib.sha256(to_svg(self, "picture").encode()).hexdigest()[:12]
        return f'<div class="riskmc-notebook"><style>{_NOTEBOOK_CSS}{SVG_CSS}</style>\n{to_svg(self, name)}</div>'


def caption(ax: Axes) -> Caption:
    """Return the words of a picture; of axes that the caller brought, their title alone."""
    if isinstance(ax, Picture):
        return ax.caption
    return Caption(ax.get_title(loc="left").replace("\n", " ").replace("\u00a0", " "))


def to_svg(ax: Axes, name: str, *, heading: bool = True, standalone: bool = False) -> str:
    """Return the figure of ``ax`` as SVG: the same bytes each time.

    ``name`` (a-z, 0-9, -) begins every id, so each picture of a page has its own. Without ``heading`` title and
    subtitle are left to the page (see ``caption``). Inline the SVG takes its colours from the variables of the
    palette and its letters from the page; ``standalone`` makes it a file that brings both, light and dark.
    """
    figure = figure_of(ax)
    if heading or not isinstance(ax, Picture):
        return svg_of(figure, name, caption(ax), standalone=standalone)
    with _unheaded(ax):
        return svg_of(figure, name, ax.caption, ax.heading, standalone)


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure on which ``ax`` stands."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


@contextmanager
def _unheaded(ax: Picture) -> Iterator[None]:
    """Hide title and subtitle while the block runs."""
    written = ax.findobj(lambda artist: artist.get_gid() == HEADING)
    for text in written:
        text.set_visible(False)
    try:
        yield
    finally:
        for text in written:
            text.set_visible(True)

"""Style: how matplotlib draws the pictures; it holds while one is drawn or written, and is gone afterwards.

matplotlib's own settings, the caller's included, are neither read nor changed. They belong to the whole process, so
drawings in several threads wait for each other.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import matplotlib.style

from riskmc.plot.lettering import FAMILY, SMALL, TEXT
from riskmc.plot.palette import LIGHT

DPI = 72  # 1 pt = 1 px
STYLE: dict[str, Any] = {
    "font.family": FAMILY,
    "font.size": TEXT,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "axes.edgecolor": LIGHT["rule"],
    "axes.linewidth": 1,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.axisbelow": True,
    "text.color": LIGHT["ink"],
    "axes.labelcolor": LIGHT["quiet"],
    "xtick.color": LIGHT["quiet"],
    "ytick.color": LIGHT["quiet"],
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 4,
    "xtick.major.width": 1,
    "ytick.major.size": 0,
    "ytick.major.pad": 6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "svg.fonttype": "none",
}
_DRAWING = RLock()


@contextmanager
def style() -> Iterator[None]:
    """Hold the pictures' style, and nothing else, while the block runs."""
    with _DRAWING, matplotlib.style.context(STYLE, after_reset=True), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # an SVG has the letters of its reader
        yield

"""Tight links: whose bound set the date of its successor, which the driving chains are traced by (N6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.bounds import Bounds
from riskmc.network.instructions import Code, rank_within
from riskmc.network.layout import Layout, Phase, Scratch, Stage


def write_tight(layout: Layout, code: Code, bounds: Bounds, phase: int = Phase.FORWARD) -> None:
    """A link is tight where its bound is the start, or the finish, of its successor (N6)."""
    successor = layout.edges.successor[bounds.links]
    date = successor + layout.n * ~layout.bounds_start[bounds.links]
    firm = layout.fixed | layout.nodes.takes_least
    waits = (layout.loses & ~firm)[successor] & layout.bounds_start[bounds.links]
    key = layout.key(successor, Stage.TIGHT, 0, phase)[~waits]
    plain, row, plus = bounds.links[~waits], bounds.row[~waits], bounds.plus[~waits]
    code.write(key, rows.TIGHT, plain, x=row, cx=plus, y=date[~waits])
    _write_waits(layout, code, bounds, waits, phase)


def _write_waits(layout: Layout, code: Code, bounds: Bounds, waits: NDArray[np.bool_], phase: int) -> None:
    """Where work loses time, a bound on its start is tight too if it lies in the lost time before the start."""
    links, row, plus = bounds.links[waits], bounds.row[waits], bounds.plus[waits]
    successor = layout.edges.successor[links]
    key = layout.key(successor, Stage.TIGHT, rank_within(successor, layout.n), phase)
    flag, one = layout.scratch(Scratch.FLAG), layout.scratch(Scratch.ONE)
    code.write(key, rows.FILL, one, base=1)
    code.write(key, rows.ABOVE, flag, x=row, cx=plus + 1, y=layout.scratch(Scratch.EARLY))
    code.write(key, rows.TIGHT, links, x=flag, y=one)


__all__ = ["write_tight"]

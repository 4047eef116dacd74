"""Drives: the date that each link alone would give its successor, for the nodes where several paths merge.

The forward pass keeps the greatest of them only. They are computed anew, compiled when asked for, as minutes of the
24-hour axis: how much later a merge is than the latest of its predecessors on average is its merge delay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.bounds import write_bounds
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import FINISH_MILESTONE, Layout, Scratch, Stage
from riskmc.network.logic import Logic


@dataclass(frozen=True, eq=False)
class Drives:
    """The instructions, and what they are about: ``links`` in the order of (successor, end), the merges by ``first``.

    Merge m is the links ``first[m]`` to ``first[m + 1] - 1``; ``node`` is where it is, ``at_finish`` whether the links
    bound its finish (FF, SF) or its start. They run in a pool of their own size, in which the logic has run before.
    """

    logic: Logic
    code: NDArray[np.int32]
    entries: NDArray[np.int32]
    slots: NDArray[np.int64]
    links: Ints
    first: Ints
    node: Ints
    at_finish: NDArray[np.bool_]

    @property
    def rows(self) -> int:
        """Rows of a pool that holds the drives too; the last two are the kernel's own."""
        return self.logic.layout.first_late + self.links.size + 2

    def run(self, pool: NDArray[np.int32], exists: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Return the drives int32[links, lanes] from a pool in which the logic has run: minutes of the axis, a view."""
        rows.run(self.code, pool, exists, self.entries, self.slots, np.zeros((1, 1), np.uint64))
        first = self.logic.layout.first_late
        return pool[first : first + self.links.size]


def build_drives(logic: Logic) -> Drives:
    """Return the drives of every start, and every finish, that is bound by links from at least two predecessors.

    What has happened is bound by nothing, level of effort follows, and what starts with the first of its links does
    not wait for the last.
    """
    layout, code = logic.layout, Code()
    links, merge = _merging(layout)
    code.write(np.array([-1]), rows.FILL, layout.scratch(Scratch.ZERO), base=0)
    bounds = write_bounds(layout, code, links)
    successor = layout.edges.successor[links]
    ends = ~layout.bounds_start[links] | (layout.nodes.milestone[successor] == FINISH_MILESTONE)
    event = Event(bounds.row, layout.calendar[successor], ends.astype(np.int64), bounds.plus)
    out, clock = layout.first_late + np.arange(links.size), np.full(links.size, layout.clock)
    code.copy(layout.key(successor, Stage.TIGHT), layout.tables, event, clock, out)
    start = np.flatnonzero(np.concatenate(([True], merge[1:] != merge[:-1]))) if links.size else np.zeros(0, np.int64)
    first = np.concatenate((start, [links.size]))
    node, at_finish = successor[start], ~layout.bounds_start[links[start]]
    return Drives(logic, code.assemble(), *layout.tables.arrays(), links, first, node, np.asarray(at_finish))


def _merging(layout: Layout) -> tuple[Ints, Ints]:
    """Return the links that meet others from elsewhere, and the number of (node, end) where they do, in its order."""
    edges, nodes = layout.edges, layout.nodes
    firm = nodes.level_of_effort | nodes.settled | nodes.takes_least
    links = np.flatnonzero(layout.driving & ~firm[edges.successor])
    place = 2 * edges.successor[links] + ~layout.bounds_start[links]
    order = np.argsort(place, kind="stable")
    links, place = links[order], place[order]
    pairs = np.unique(np.stack((place, edges.predecessor[links])), axis=1)
    several = np.bincount(pairs[0], minlength=2 * layout.n) > 1
    return links[several[place]], place[several[place]]

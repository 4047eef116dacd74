"""The forward pass cut into the instructions of each node, for one iteration at a time (D0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.rows import TIGHT
from riskmc.network.instructions import Ints
from riskmc.network.layout import FF, FS, SF, Layout, Phase, Stage
from riskmc.network.logic import Logic

REDO_ONLY = 2


class Steps(NamedTuple):
    """Instructions of node a: ``code[begin[a]:end[a]]``; ``entries`` and ``slots`` are the conversion tables.

    From ``ties[a]`` on they only say which links are tight.
    The finish of a node is the index in pool row ``finish_row``, on the calendar and side that table ``finish_table``
    (-1: the 24-hour axis itself) and ``finish_side`` carry to the axis; its start is carried by ``start_table``,
    minutes of the axis to its own calendar by ``index_table``. ``moment_row`` is the row of its finish on the axis,
    or -1. ``follows`` marks level of effort, ``pushed`` what stands as late as possible, ``settled`` what happened,
    ``takes_least`` what stands at the first of its links, whichever that comes to be; ``loses`` is the table of the
    time that the work of a node loses (kernels/lost_time.py), -1 for none.
    """

    code: NDArray[np.int32]
    begin: NDArray[np.int64]
    ties: NDArray[np.int64]
    end: NDArray[np.int64]
    entries: NDArray[np.int32]
    slots: NDArray[np.int64]
    order: NDArray[np.int64]
    finish_row: NDArray[np.int64]
    finish_table: NDArray[np.int64]
    finish_side: NDArray[np.int64]
    start_table: NDArray[np.int64]
    index_table: NDArray[np.int64]
    moment_row: NDArray[np.int64]
    follows: NDArray[np.uint8]
    pushed: NDArray[np.uint8]
    settled: NDArray[np.uint8]
    takes_least: NDArray[np.uint8]
    loses: NDArray[np.int32]


class Waits(NamedTuple):
    """What a node waits for before its start is computed, link by link, in the order of the nodes: ptr[a]:ptr[a + 1].

    ``before`` is the node waited for, ``finish`` 1 where for its finish and 0 for its start; 2 where for its finish,
    but only when both are done again (rework.py). A link that is not
    ``strict`` may look ahead, or be overridden by a date: it waits only for what lies no later than the node's own
    start in the static pass of the iteration. ``ends`` are the links that bound the finish: FF waits for a finish,
    SF for a start, before the node can finish; its start waits for them only where they push it in the static pass,
    as ``link``, the row of the bits of tight links, says (-1: no link). ``next`` are the waits on a node:
    next_ptr[a]:next_ptr[a + 1].

    What holds in every replication: ``certain`` says what each is for (kernels/discrete_event/readiness.py), ``least``
    by node how many those are, ``tied`` how many of them are for a start. What is ``doubtful`` is not among them.
    """

    ptr: NDArray[np.int64]
    before: NDArray[np.int64]
    finish: NDArray[np.uint8]
    strict: NDArray[np.uint8]
    ends: NDArray[np.uint8]
    link: NDArray[np.int64]
    after: NDArray[np.int64]
    next_ptr: NDArray[np.int64]
    next: NDArray[np.int64]
    certain: NDArray[np.uint8]
    least: NDArray[np.int64]
    tied: int
    doubtful: NDArray[np.int64]


def read_steps(logic: Logic, entries: NDArray[np.int32], slots: NDArray[np.int64], loses: NDArray[np.int32]) -> Steps:
    """Return the steps of a network; ``entries`` and ``slots`` hold the tables to and from the axis too.

    ``loses`` is the table of the time that the work of each node loses, -1 for none.
    """
    layout, nodes = logic.layout, logic.layout.nodes
    per_node = len(Stage) * (layout.most_links + 1)
    ahead = np.searchsorted(logic.places, layout.position * per_node)
    behind = np.searchsorted(logic.places, (layout.position + 1) * per_node)
    finishes = layout.finishes
    return Steps(
        logic.code, ahead.astype(np.int64), _ties(logic.code, ahead, behind), behind.astype(np.int64), entries, slots,
        layout.order.astype(np.int64), finishes.row.astype(np.int64),
        _to_axis(layout, finishes.calendar), finishes.side.astype(np.int64),
        _to_axis(layout, layout.calendar), _from_axis(layout, layout.calendar), layout.moment_row.astype(np.int64),
        nodes.level_of_effort.astype(np.uint8),
        (nodes.as_late_as_possible & ~layout.fixed & ~nodes.level_of_effort).astype(np.uint8),
        nodes.settled.astype(np.uint8), nodes.takes_least.astype(np.uint8), loses,
    )  # fmt: skip


def _ties(code: NDArray[np.int32], begin: Ints, end: Ints) -> NDArray[np.int64]:
    """Return by node where the instructions begin that are followed by none but TIGHT."""
    others = np.flatnonzero(code[:, 0] != TIGHT)
    last = np.concatenate(([-1], others))[np.searchsorted(others, end)]
    return np.asarray(np.maximum(last + 1, begin), np.int64)


def closing(logic: Logic) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return what follows when all dates have happened: outputs; then level of effort and what sets the outputs."""
    layout = logic.layout
    per_phase = layout.n * len(Stage) * (layout.most_links + 1)
    phase = np.where(logic.places >= 0, logic.places // per_phase, -1)
    outputs, rest = phase == Phase.OUTPUTS, np.isin(phase, (Phase.FOLLOW, Phase.OUTPUTS_AGAIN))
    return np.ascontiguousarray(logic.code[outputs]), np.ascontiguousarray(logic.code[rest])


def with_axis_tables(layout: Layout) -> None:
    """Make the conversion tables between every calendar in use and the 24-hour axis."""
    for calendar in np.unique(layout.calendar):
        for pair in ((calendar, layout.clock), (layout.clock, calendar)):
            if calendar != layout.clock:
                layout.tables.number(*(np.array([one]) for one in pair))


def read_waits(layout: Layout, redo: Sequence[tuple[int, int]] = ()) -> Waits:
    """Return what every node waits for: its links, the gates of its links and the dates its existence hangs on.

    ``redo`` are pairs of nodes of which the second waits for the first where both are done again.
    """
    edges, n = layout.edges, layout.n
    follows = layout.nodes.level_of_effort
    drives = layout.driving & ~follows[edges.successor]
    certain = drives & (edges.lag >= 0) & (edges.lag_row < 0) & layout.bounds_start
    free = ~(layout.fixed | layout.ceiled | layout.nodes.takes_least | layout.may_vanish)
    strict = certain & free[edges.successor] & (edges.gate < 0)
    waits = np.column_stack((
        edges.predecessor, edges.successor, edges.type == FS, strict, (edges.type >= FF) * (1 + (edges.type == SF)),
        np.arange(drives.size),
    ))[drives]  # fmt: skip
    gated = drives & (edges.gate >= 0)
    none = np.zeros(int(gated.sum()), np.int64)
    gates = np.column_stack((edges.gate[gated], edges.successor[gated], none, none, none, none - 1))
    dated = [(c.source, c.node, int(c.event == "finish"), 0, 0, -1) for c in layout.conditions]
    again = [(before, after, REDO_ONLY, 0, 0, -1) for before, after in redo]
    every = np.concatenate((waits, gates, np.array([*dated, *again], np.int64).reshape(-1, 6)))
    every = every[np.argsort(every[:, 1], kind="stable")]
    by_before = np.argsort(every[:, 0], kind="stable")
    again_only = every[:, 2] == REDO_ONLY
    settled = (every[:, 3] != 0) & (every[:, 4] == 0)
    kinds = np.where(settled & ~again_only, 1 + every[:, 2], 0)
    return Waits(
        _pointers(every[:, 1], n), every[:, 0].astype(np.int64), every[:, 2].astype(np.uint8),
        every[:, 3].astype(np.uint8), every[:, 4].astype(np.uint8), every[:, 5].astype(np.int64),
        every[:, 1].astype(np.int64),
        _pointers(every[:, 0], n), by_before.astype(np.int64), kinds.astype(np.uint8),
        np.bincount(every[kinds > 0, 1], minlength=n).astype(np.int64), int((kinds == 1).sum()),
        np.flatnonzero(~settled & ~again_only).astype(np.int64),
    )  # fmt: skip


def _pointers(owner: Ints, n: int) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=n)))).astype(np.int64)


def _to_axis(layout: Layout, calendar: Ints) -> NDArray[np.int64]:
    return _tables(layout, calendar, np.full(layout.n, layout.clock))


def _from_axis(layout: Layout, calendar: Ints) -> NDArray[np.int64]:
    return _tables(layout, np.full(layout.n, layout.clock), calendar)


def _tables(layout: Layout, a: Ints, b: Ints) -> NDArray[np.int64]:
    out, moves = np.full(layout.n, -1, np.int64), a != b
    out[moves] = layout.tables.number(a[moves], b[moves])
    return out.astype(np.int64)


__all__ = ["Steps", "Waits", "closing", "read_steps", "read_waits", "with_axis_tables"]

"""The latest dates of nodes, from the limits that their successors put on them (network/limits.py) and their caps."""

from __future__ import annotations

import numpy as np

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import NONE, Layout, Phase, Scratch, Stage
from riskmc.network.limits import View

NEVER = int(rows.CAP)  # later than any date


def write_latest(
    layout: Layout, code: Code, node: Ints, links: Ints, row: Ints, plus: Ints, view: View, capped: bool
) -> None:
    """Set late start and finish of the nodes from the limits of their links, the project's finish and their caps."""
    from_finish = layout.from_finish[links]
    predecessor = layout.edges.predecessor[links]
    group = np.zeros(layout.n, np.int64)
    group[node] = np.arange(node.size)
    held = np.zeros(layout.n, np.bool_)
    held[predecessor[from_finish]] = True
    key, moments = layout.key(node, Stage.FINISH, 0, Phase.PUSH), layout.has_moment[node]
    finish = np.where(moments, view.moment[node], view.finish[node])
    never = np.full(node.size, NEVER)
    code.least(key, finish, never, group[predecessor[from_finish]], row[from_finish], plus[from_finish])
    _write_project_finish(layout, code, node[~held[node]], finish[~held[node]])
    if capped:
        late = np.where(layout.has_moment, view.moment, view.finish)
        _write_cap(layout, code, layout.nodes.late_finish_cap, _ends_of_work(layout), late)
    to_index = layout.tables.number(np.full(int(moments.sum()), layout.clock), layout.calendar[node[moments]])
    code.write(key[moments], rows.CONVERT, view.finish[node[moments]], x=finish[moments], y=to_index)
    starts = ~from_finish
    _write_late_starts(layout, code, node, predecessor[starts], row[starts], plus[starts], view, capped)


def _write_late_starts(
    layout: Layout, code: Code, node: Ints, limited: Ints, row: Ints, plus: Ints, view: View, capped: bool
) -> None:
    """A late start is late finish - duration, or a lesser limit on the start, and then the finish follows from it."""
    cap = layout.nodes.late_start_cap
    bounded = np.zeros(layout.n, np.bool_)
    bounded[limited] = True
    bounded |= (cap != NONE) & capped
    free, node = node[~bounded[node]], node[bounded[node]]
    key = layout.key(free, Stage.FINISH, 0, Phase.PUSH)
    code.write(key, rows.COMBINE, view.start[free], x=view.finish[free], y=layout.n + free, z=free)
    group = np.zeros(layout.n, np.int64)
    group[node] = np.arange(node.size)
    key = layout.key(node, Stage.FINISH, 0, Phase.PUSH)
    code.least(key, view.start[node], np.full(node.size, NEVER), group[limited], row, plus)
    if capped:
        _write_cap(layout, code, cap, cap, view.start)
    other = layout.scratch(Scratch.OTHER)
    code.write(key, rows.COMBINE, other, x=view.finish[node], y=layout.n + node, z=node)
    code.write(key, rows.LOWER, view.start[node], x=other)
    code.write(key, rows.COMBINE, view.finish[node], x=view.start[node], y=node, z=layout.n + node)


def _write_project_finish(layout: Layout, code: Code, node: Ints, finish: Ints) -> None:
    """What no successor holds may finish with its project."""
    key = layout.key(node, Stage.FINISH, 0, Phase.PUSH)
    output = layout.first_output + layout.nodes.project[node]
    zero, clock = np.zeros(node.size, np.int64), np.full(node.size, layout.clock)
    to = np.where(layout.has_moment[node], layout.clock, layout.calendar[node])
    other = np.full(node.size, layout.scratch(Scratch.OTHER))
    limit = code.convert(key, layout.tables, Event(output, clock, zero, zero), to, other)
    code.write(key, rows.LOWER, finish, x=limit.row, cx=limit.plus)


def _ends_of_work(layout: Layout) -> Ints:
    """Return the latest finishes that the nodes' own caps allow; instants for those whose finish is a moment."""
    caps = layout.nodes.late_finish_cap.copy()
    for a in np.flatnonzero(layout.has_moment & (caps != NONE)):
        caps[a] = layout.tables.calendars[layout.calendar[a]].finish_instant(caps[a])
    return caps


def _write_cap(layout: Layout, code: Code, given: Ints, cap: Ints, out: Ints) -> None:
    """No later than: bounds late dates alone, where the node exists (N3, N7)."""
    other, exists, flag = (layout.scratch(s) for s in (Scratch.OTHER, Scratch.EXISTS, Scratch.FLAG))
    node = np.flatnonzero((given != NONE) & ~layout.nodes.level_of_effort)
    key, vanishes = layout.key(node, Stage.FINISH, 0, Phase.PUSH), layout.may_vanish[node]
    code.write(key, rows.FILL, other, base=cap[node])
    absent = key[vanishes]
    code.write(absent, rows.EXISTS, exists, x=node[vanishes])
    zero = layout.scratch(Scratch.ZERO)
    code.write(absent, rows.COMBINE, flag, base=1, x=zero, y=exists, z=zero)
    code.write(absent, rows.FILL, exists, base=NEVER)
    code.write(absent, rows.WHERE, other, x=exists, y=flag)
    code.write(key, rows.LOWER, out[node], x=other)

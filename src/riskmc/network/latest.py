"""The latest dates of nodes, from the limits that their successors put on them (network/limits.py) and their caps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows, weather
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import NONE, Layout, Phase, Scratch, Stage
from riskmc.network.limits import View

NEVER = int(rows.CAP)  # later than any date


def write_latest(
    layout: Layout, code: Code, node: Ints, links: Ints, row: Ints, plus: Ints, view: View, capped: bool
) -> None:
    """Set late start and finish of the nodes from the limits of their links, the project's finish and their caps."""
    predecessor = layout.edges.predecessor[links]
    ends = layout.from_finish[links] | view.instants[predecessor]  # a start milestone has one date
    group = np.zeros(layout.n, np.int64)
    group[node] = np.arange(node.size)
    held = np.zeros(layout.n, np.bool_)
    held[predecessor[layout.from_finish[links]]] = True
    instants = np.where(view.instants, view.moment, view.finish)
    key, finish = layout.key(node, Stage.FINISH, 0, Phase.PUSH), instants[node]
    never = np.full(node.size, NEVER)
    code.least(key, finish, never, group[predecessor[ends]], row[ends], plus[ends])
    bound = _write_late_bound if capped else _write_project_finish
    open_ = ~held[node] | (_within(layout)[node] & capped)
    bound(layout, code, node[open_], finish[open_], view)
    if capped:
        _write_instant_caps(layout, code, view)
        _write_cap(layout, code, np.where(view.instants, NONE, layout.nodes.late_finish_cap), view.finish)
    own = view.instants[node]
    to_index = layout.tables.number(np.full(int(own.sum()), layout.clock), layout.calendar[node[own]])
    code.write(key[own], rows.CONVERT, view.finish[node[own]], x=finish[own], y=to_index)
    _write_late_starts(layout, code, node, predecessor[~ends], row[~ends], plus[~ends], view, capped)


def _within(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes that may never be later than what holds open ends (P6 rule 14).

    Of projects with successors in others this is not said: what these allow may be after their own finish.
    """
    project, edges = layout.nodes.project, layout.edges
    leaves = project[edges.predecessor] != project[edges.successor]
    return np.asarray(layout.nodes.late_within | ~np.isin(project, project[edges.predecessor[leaves]]))


def _write_late_starts(
    layout: Layout, code: Code, node: Ints, limited: Ints, row: Ints, plus: Ints, view: View, capped: bool
) -> None:
    """A late start is late finish - duration, or a lesser limit on the start, and then the finish follows from it."""
    cap = np.where(view.instants, NONE, layout.nodes.late_start_cap)
    bounded = np.zeros(layout.n, np.bool_)
    bounded[limited] = True
    bounded |= (cap != NONE) & capped
    free, node = node[~bounded[node]], node[bounded[node]]
    _write_work(layout, code, free, view.start, view.finish)
    group = np.zeros(layout.n, np.int64)
    group[node] = np.arange(node.size)
    key = layout.key(node, Stage.FINISH, 0, Phase.PUSH)
    code.least(key, view.start[node], np.full(node.size, NEVER), group[limited], row, plus)
    if capped:
        _write_cap(layout, code, cap, view.start)
    other = layout.scratch(Scratch.OTHER)
    loses = layout.loses[node]
    a, k = node[loses], key[loses]
    code.write(k, weather.LATEST, other, x=view.start[a], y=a)
    code.write(k, rows.LOWER, view.start[a], x=other)
    _write_work(layout, code, node, np.full(layout.n, other), view.finish)
    code.write(key, rows.LOWER, view.start[node], x=other)
    code.write(k, weather.FORTH, other, x=view.start[a], y=a)
    code.write(k, rows.LOWER, view.finish[a], x=other)
    a, k = node[~loses], key[~loses]
    code.write(k, rows.COMBINE, view.finish[a], x=view.start[a], y=a, z=layout.n + a)


def _write_work(layout: Layout, code: Code, node: Ints, out: Ints, finish: Ints) -> None:
    """Go back from the end of the nodes' work to its start."""
    key, loses = layout.key(node, Stage.FINISH, 0, Phase.PUSH), layout.loses[node]
    a = node[loses]
    code.write(key[loses], weather.BACK, out[a], x=finish[a], y=a)
    a = node[~loses]
    code.write(key[~loses], rows.COMBINE, out[a], x=finish[a], y=layout.n + a, z=a)


def _write_project_finish(layout: Layout, code: Code, node: Ints, finish: Ints, view: View) -> None:
    """What no successor holds may be as late as the finish of its own project."""
    _write_output(layout, code, node, finish, view, layout.nodes.project[node])


def _write_late_bound(layout: Layout, code: Code, node: Ints, finish: Ints, view: View) -> None:
    """The late finish of what no successor holds is the finish that float is measured to, or a date imposed on it.

    Of an open end that is critical by choice, it is the early finish (P6 rule 14).
    """
    critical = (layout.nodes.open_end_critical & layout.open_end)[node]
    _write_early_finish(layout, code, node[critical], finish[critical], view)
    node, finish = node[~critical], finish[~critical]
    imposed = layout.nodes.late_minute[node] != NONE
    _write_output(layout, code, node[~imposed], finish[~imposed], view, layout.nodes.late_output[node[~imposed]])
    node, finish, other = node[imposed], finish[imposed], layout.scratch(Scratch.OTHER)
    minute, latest = layout.nodes.late_minute[node], np.zeros(node.size, np.int64)
    calendars = np.where(view.instants[node], layout.clock, layout.calendar[node])
    for calendar in np.unique(calendars):
        same = calendars == calendar
        latest[same] = layout.tables.calendars[calendar].index(minute[same])
    key = layout.key(node, Stage.FINISH, 0, Phase.PUSH)
    code.write(key, rows.FILL, other, base=latest)
    code.write(key, rows.LOWER, finish, x=other)


def _write_output(layout: Layout, code: Code, node: Ints, finish: Ints, view: View, number: Ints) -> None:
    """Lower the finishes to the outputs of these numbers."""
    zero, clock = np.zeros(node.size, np.int64), np.full(node.size, layout.clock)
    _lower(layout, code, node, finish, view, Event(layout.first_output + number, clock, zero, zero))


def _write_early_finish(layout: Layout, code: Code, node: Ints, finish: Ints, view: View) -> None:
    """Lower late finishes to the early ones."""
    _lower(layout, code, node, finish, view, layout.finishes.at(node))


def _lower(layout: Layout, code: Code, node: Ints, finish: Ints, view: View, event: Event) -> None:
    """Lower the finishes to events, each converted to where the finish is."""
    key = layout.key(node, Stage.FINISH, 0, Phase.PUSH)
    to = np.where(view.instants[node], layout.clock, layout.calendar[node])
    other = np.full(node.size, layout.scratch(Scratch.OTHER))
    limit = code.convert(key, layout.tables, event, to, other)
    code.write(key, rows.LOWER, finish, x=limit.row, cx=limit.plus)


def _write_instant_caps(layout: Layout, code: Code, view: View) -> None:
    """A start milestone may stand at the start of work of its caps, be they on its start or on its finish."""
    for given in (layout.nodes.late_start_cap, layout.nodes.late_finish_cap):
        node = np.flatnonzero((given != NONE) & view.instants)
        cap = np.full(layout.n, NONE)
        cap[node] = layout.instants(node, given[node], np.zeros(node.size, np.bool_))
        _write_cap(layout, code, cap, view.moment)


def _write_cap(layout: Layout, code: Code, cap: Ints, out: Ints) -> None:
    """No later than: bounds late dates alone, where the node exists (N3, N7)."""
    other, exists, flag = (layout.scratch(s) for s in (Scratch.OTHER, Scratch.EXISTS, Scratch.FLAG))
    node = np.flatnonzero((cap != NONE) & ~layout.nodes.level_of_effort)
    key, vanishes = layout.key(node, Stage.FINISH, 0, Phase.PUSH), layout.may_vanish[node]
    code.write(key, rows.FILL, other, base=cap[node])
    absent = key[vanishes]
    code.write(absent, rows.EXISTS, exists, x=node[vanishes])
    zero = layout.scratch(Scratch.ZERO)
    code.write(absent, rows.COMBINE, flag, base=1, x=zero, y=exists, z=zero)
    code.write(absent, rows.FILL, exists, base=NEVER)
    code.write(absent, rows.WHERE, other, x=exists, y=flag)
    code.write(key, rows.LOWER, out[node], x=other)

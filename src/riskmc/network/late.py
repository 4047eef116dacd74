"""Late dates and total float: the backward pass, compiled when asked for (semantics N3; P6 rules 13 to 16).

The late finish is the latest that delays no successor's late dates; where no successor takes its finish (FS, FF) the
finish that float is measured to holds it, also if successors take its start. Total float is working time on the
node's own calendar. Method: Kelley and Walker (1959); docs/method/network.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows, weather
from riskmc.network.instructions import Code, Ints, rank_within
from riskmc.network.latest import write_latest
from riskmc.network.layout import FF, FINISH_MILESTONE, SF, START_MILESTONE, Layout, Phase, Scratch, Stage
from riskmc.network.limits import View, write_limits
from riskmc.network.logic import Logic
from riskmc.network.worktime import HorizonError

_NO_LINKS = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Late:
    """The backward pass of a `Logic`. It runs in a pool of its own size, in which the logic has run before."""

    logic: Logic
    code: NDArray[np.int32]
    entries: NDArray[np.int32]
    slots: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Rows of a pool that holds late dates too."""
        layout = self.logic.layout
        return layout.first_late + layout.n + int(_moments(layout).sum() + _finish_matters(layout).sum()) + 2

    @property
    def starts(self) -> slice:
        """Pool rows of the late starts, by node, as indices on its calendar; late finish = late start + duration."""
        first = self.logic.layout.first_late
        return slice(first, first + self.logic.layout.n)

    def new_pool(self, lanes: int) -> NDArray[np.int32]:
        """Return an empty pool for the logic and its late dates, ``lanes`` a multiple of 64."""
        return np.zeros((self.rows, lanes), np.int32)

    def run(self, pool: NDArray[np.int32], exists: NDArray[np.uint8], lost: Any = None) -> int:
        """Fill the late dates of a pool in which the logic has run, with the same ``lost``.

        Returns how many minutes late dates ran past the end of a calendar; above 0 the results are void. Before the
        start of the axis (float more negative than its lead-in) calendars go on as their first minutes do.
        """
        arguments = (self.code, pool, exists, self.entries, self.slots, np.zeros((1, 1), np.uint64))
        beyond, _ = rows.run(*arguments) if lost is None else weather.run(*arguments, *lost)
        return int(beyond)


def build_late(logic: Logic, firsts: Ints = _NO_LINKS) -> Late:
    """Return the compiled backward pass of a network.

    ``firsts`` are the links into what starts with the first of its links that bring it its start.
    """
    layout, code = logic.layout, Code()
    edges, n = layout.edges, layout.n
    code.write(np.array([-1]), rows.FILL, layout.scratch(Scratch.ZERO), base=0)
    view = _rows(layout)
    silent = layout.nodes.level_of_effort | layout.nodes.takes_least
    heard = ~silent[edges.successor]
    heard[firsts] = True
    free = layout.nodes.late_free[edges.predecessor] & ~layout.from_finish
    links = np.flatnonzero(layout.driving & heard & ~free)
    rank = rank_within(edges.predecessor[links], n)
    key = layout.key(edges.predecessor[links], Stage.LINKS, rank, Phase.PUSH)
    own = layout.scratch(Scratch.BOUND) + rank
    row, plus = write_limits(layout, code, links, view, key, own)
    write_latest(layout, code, np.arange(n), links, row, plus, view, capped=True)
    _write_moments(layout, code, view)
    _write_fixed(layout, code, view)
    return Late(logic, code.assemble(), *layout.tables.arrays())


def _instants(layout: Layout) -> NDArray[np.bool_]:
    """Return the start milestones whose late date may be a start or an end of work; on the clock these are one."""
    return np.asarray((layout.nodes.milestone == START_MILESTONE) & (layout.calendar != layout.clock))


def _moments(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes whose late finish is kept on the 24-hour axis."""
    return np.asarray(layout.has_moment | _instants(layout))


def _rows(layout: Layout) -> View:
    """Return the rows of the late dates. A late finish that no link into the node reads lives in a scratch row."""
    start, matters, moments = layout.first_late + np.arange(layout.n), _finish_matters(layout), _moments(layout)
    moment = layout.first_late + layout.n + np.cumsum(moments) - 1
    finish = layout.first_late + layout.n + int(moments.sum()) + np.cumsum(matters) - 1
    return View(start, np.where(matters, finish, layout.scratch(Scratch.LATE_FINISH)), moment, _instants(layout))


def _finish_matters(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes whose late finish bounds predecessors: by FF and SF links, or because the node lasts nothing."""
    matters = layout.may_vanish | (layout.nodes.milestone == FINISH_MILESTONE)
    matters[layout.edges.successor[layout.edges.type == FF]] = True
    matters &= ~layout.has_moment
    matters[layout.edges.successor[layout.edges.type == SF]] = True
    return np.asarray(matters & ~_instants(layout))


def late_dates(logic: Logic, pool: NDArray[np.int32], exists: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the late start of every node in lane 0 of a pool in which the logic has run, as an index on its calendar.

    Late start - start is the total float in working minutes. HorizonError where a late date is past the calendars.
    """
    late = build_late(logic, _firsts(logic, pool))
    own = late.new_pool(pool.shape[1])
    own[: logic.layout.first_late] = pool[: logic.layout.first_late]
    beyond = late.run(own, exists)
    if beyond > 0:
        raise HorizonError(f"late dates run {beyond} minutes past the calendars")
    return own[late.starts, 0].astype(np.int64)


def _firsts(logic: Logic, pool: NDArray[np.int32]) -> Ints:
    """Return, for each node that starts with the first of its links, that link in lane 0: it alone must not be late."""
    layout, found = logic.layout, []
    edges = layout.edges
    for node in np.flatnonzero(layout.nodes.takes_least).tolist():
        links = np.flatnonzero(edges.successor == node)
        begins = [_minute(layout, pool, int(link)) for link in links]
        found += [int(links[np.argmin(begins)])] if begins else []
    return np.array(found, np.int64)


def _minute(layout: Layout, pool: NDArray[np.int32], link: int) -> int:
    """Return the minute of the event in lane 0 from which a link runs."""
    a, ends = int(layout.edges.predecessor[link]), bool(layout.from_finish[link])
    work = layout.tables.calendars[layout.calendar[a]]
    return int((work.finish_instant if ends else work.start_instant)(int(pool[a + layout.n * ends, 0])))


def _write_moments(layout: Layout, code: Code, view: View) -> None:
    """A late finish is an end of work (P6 rule 15), unless it is the early finish: then it rests where that rests."""
    node = np.flatnonzero(layout.has_moment)
    key, out = layout.key(node, Stage.MOMENT, 0, Phase.PUSH), view.moment[node]
    finish, flag, zero = (layout.scratch(s) for s in (Scratch.SIDE_FINISH, Scratch.FLAG, Scratch.ZERO))
    code.write(key, rows.CONVERT, finish, x=view.finish[node], y=_to_clock(layout, node), cy=1)
    code.write(key, rows.COMBINE, flag, x=view.finish[node], y=layout.n + node, z=zero)
    code.put(key, out, layout.moment_row[node])
    code.write(key, rows.WHERE, out, x=finish, y=flag)
    _write_instants(layout, code, view)


def _write_instants(layout: Layout, code: Code, view: View) -> None:
    """A start milestone stands at its start of work where its limits allow that, else at the end of work before."""
    node = np.flatnonzero(view.instants)
    key, out, table = layout.key(node, Stage.MOMENT, 0, Phase.PUSH), view.moment[node], _to_clock(layout, node)
    start, flag = layout.scratch(Scratch.SIDE_START), layout.scratch(Scratch.FLAG)
    code.write(key, rows.CONVERT, start, x=view.start[node], y=table, cy=0)
    code.write(key, rows.ABOVE, flag, x=out, cx=1, y=start)
    code.write(key, rows.CONVERT, out, x=view.start[node], y=table, cy=1)
    code.write(key, rows.WHERE, out, x=start, y=flag)


def _to_clock(layout: Layout, node: Ints) -> Ints:
    return layout.tables.number(layout.calendar[node], np.full(node.size, layout.clock))


def _write_fixed(layout: Layout, code: Code, view: View) -> None:
    """A mandatory date is early and late date in one."""
    node = np.flatnonzero(layout.fixed & ~layout.nodes.late_free)
    key, exists = layout.key(node, Stage.TIGHT, 0, Phase.PUSH), layout.scratch(Scratch.EXISTS)
    code.write(key, rows.EXISTS, exists, x=node)
    code.write(key, rows.WHERE, view.start[node], x=node, y=exists)
    code.write(key, rows.WHERE, view.finish[node], x=layout.n + node, y=exists)
    own = layout.has_moment[node]
    code.write(key[own], rows.WHERE, view.moment[node[own]], x=layout.moment_row[node[own]], y=exists)
    own, start = view.instants[node], layout.scratch(Scratch.SIDE_START)
    code.write(key[own], rows.CONVERT, start, x=node[own], y=_to_clock(layout, node[own]))
    code.write(key[own], rows.WHERE, view.moment[node[own]], x=start, y=exists)

"""Network logic compiled to instructions: forward pass, driving links, outputs (semantics N1 to N7).

`build` turns nodes and links into a `Logic`; `Logic.run` computes one block of iterations in a pool of rows. The rules
of scheduling stand here, one function each, as numpy expressions over all nodes they apply to; the arithmetic is in
kernels/rows.py, the driving chains in kernels/driving.py. Method and sources: docs/method/network.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import driving, rows, weather
from riskmc.network.bounds import Bounds, write_bounds
from riskmc.network.finishes import write_moved_outputs, write_outputs, write_seeds
from riskmc.network.floors import earliest, plain_finish_floor, plain_floor, write_floors
from riskmc.network.instructions import LOWEST, Code, Event, Ints
from riskmc.network.layout import (
    FINISH_MILESTONE,
    NO_MILESTONE,
    NONE,
    DateCondition,
    Edges,
    Layout,
    Nodes,
    Phase,
    Scratch,
    Stage,
)
from riskmc.network.pushing import pushed_nodes, write_pushes
from riskmc.network.tightness import write_tight
from riskmc.network.worktime import WorkTime


@dataclass(frozen=True, eq=False)
class Logic:
    """A network ready to run: instructions for the row machine, and where its inputs and outputs stand in the pool.

    Rows of the pool int32[rows, B], B a multiple of 64: ``starts`` and ``finishes`` (durations before `run`) by node,
    ``lags`` (sampled lags and slips, before `run`), ``outputs`` (finish on the 24-hour axis of each group).
    ``places`` are the keys of the instructions (`Layout.key`): to which node and phase each belongs.
    """

    layout: Layout
    code: NDArray[np.int32]
    entries: NDArray[np.int32]
    slots: NDArray[np.int64]
    seeds: NDArray[np.int32]
    chain: NDArray[np.int32]
    doubtful: NDArray[np.int32]
    tight_rows: int
    places: Ints

    @property
    def rows(self) -> int:
        """Rows of a pool."""
        return self.layout.rows

    @property
    def starts(self) -> slice:
        """Pool rows of the starts, by node, as indices on the node's calendar."""
        return slice(0, self.layout.n)

    @property
    def finishes(self) -> slice:
        """Pool rows of the durations (before a run) and finishes (after it), by node."""
        return slice(self.layout.n, 2 * self.layout.n)

    @property
    def lags(self) -> slice:
        """Pool rows of the sampled lags and slips, to be filled before a run."""
        return slice(self.layout.first_lag, self.layout.first_lag + self.layout.n_lags)

    @property
    def outputs(self) -> slice:
        """Pool rows of the outputs: minutes on the 24-hour axis."""
        return slice(self.layout.first_output, self.layout.first_output + len(self.layout.outputs))

    def new_pool(self, lanes: int) -> NDArray[np.int32]:
        """Return an empty pool for ``lanes`` iterations, a multiple of 64."""
        return np.zeros((self.rows, lanes), np.int32)

    def new_tight(self, lanes: int) -> NDArray[np.uint64]:
        """Return the rows of driving bits that go with a pool of so many lanes; links that never drive stay 0."""
        return np.zeros((self.tight_rows, lanes // 64), np.uint64)

    def run(
        self, pool: NDArray[np.int32], exists: NDArray[np.uint8], tight: NDArray[np.uint64], lost: Any = None
    ) -> int:
        """Compute starts, finishes, outputs and driving bits in place; date conditions clear ``exists`` in passing.

        ``lost`` is the time lost in each lane, (Thinning, Lost), where work loses any (kernels/lost_time.py). Returns
        how many minutes dates ran past the end of a calendar; above 0 the results are void.
        """
        if lost is None:
            beyond, _ = rows.run(self.code, pool, exists, self.entries, self.slots, tight)
        else:
            beyond, _ = weather.run(self.code, pool, exists, self.entries, self.slots, tight, *lost)
        return int(beyond)

    def trace(self, exists: NDArray[np.uint8], tight: NDArray[np.uint64], critical: NDArray[np.uint64]) -> None:
        """Fill ``critical`` (uint64[n, B // 64], a bit per lane) with the nodes on driving chains to output 0 (N6)."""
        driving.trace(self.seeds, self.chain, tight, critical)
        if self.doubtful.size:
            driving.drop_missing(self.doubtful, exists, critical)


def build(
    nodes: Nodes,
    edges: Edges,
    worktimes: Sequence[WorkTime],
    outputs: Sequence[Sequence[int]],
    conditions: Sequence[DateCondition] = (),
    n_lags: int = 0,
    thinned: NDArray[np.bool_] | None = None,
) -> Logic:
    """Return the compiled network; ProgramError names the activities of a cycle in order.

    ``outputs`` are groups of nodes of which the latest finish is wanted; group 0 is the program, and criticality is
    traced from it. ``worktimes`` share one axis. ``n_lags`` is the number of sampled lags and slips. The work of the
    nodes ``thinned`` loses time, which `Logic.run` then needs.
    """
    layout = Layout(nodes, edges, conditions, outputs, worktimes, n_lags, thinned)
    code = Code()
    code.write(np.array([-1]), rows.FILL, layout.scratch(Scratch.ZERO), base=0)
    links = np.flatnonzero(layout.driving & ~nodes.level_of_effort[edges.successor])
    _write_existence(layout, code)
    write_floors(layout, code)
    bounds = write_bounds(layout, code, links)
    _write_starts(layout, code, bounds)
    _write_finishes(layout, code, bounds)
    _write_moments(layout, code)
    write_tight(layout, code, bounds)
    write_outputs(layout, code)
    _write_pushes(layout, code, pushed_nodes(layout), links)
    _write_level_of_effort(layout, code)
    seeds = write_seeds(layout, code, Phase.OUTPUTS_AGAIN)
    entries, slots = layout.tables.arrays()
    doubtful = np.flatnonzero(layout.may_vanish).astype(np.int32)
    tight_rows = edges.type.size + len(seeds)
    chain = _chain(layout, links)
    return Logic(layout, code.assemble(), entries, slots, seeds, chain, doubtful, tight_rows, code.places())


def _write_existence(layout: Layout, code: Code) -> None:
    """What does not exist in an iteration lasts nothing (N7); conditions on dates upstream are decided here."""
    vanishing = np.flatnonzero(layout.may_vanish)
    exists, flag, zero = (layout.scratch(s) for s in (Scratch.EXISTS, Scratch.FLAG, Scratch.ZERO))
    for condition in layout.conditions:
        _write_condition(layout, code, condition)
    key = layout.key(vanishing, Stage.EXISTENCE)
    code.write(key, rows.EXISTS, exists, x=vanishing)
    code.write(key, rows.COMBINE, flag, base=1, x=zero, y=exists, z=zero)
    code.write(key, rows.WHERE, layout.n + vanishing, x=zero, y=flag)
    working = np.flatnonzero(layout.may_vanish & layout.has_moment & (layout.nodes.milestone != FINISH_MILESTONE))
    key = layout.key(working, Stage.EXISTENCE)
    code.write(key, rows.ABOVE, flag, x=layout.n + working, y=zero)


def _write_condition(layout: Layout, code: Code, condition: DateCondition) -> None:
    """Clear ``exists`` where the date fails: S[k] > t is k >= W(t + 1), F[k] > t is k > W(t)."""
    source = np.array([condition.source])
    event = layout.finishes.at(source)
    if condition.event == "start" and layout.nodes.milestone[condition.source] == NO_MILESTONE:
        event = Event(source, layout.calendar[source], np.zeros(1, np.int64), np.zeros(1, np.int64))
    calendar = layout.tables.calendars[int(event.calendar[0])]
    finish = event.side[0] == 1 or event.calendar[0] == layout.clock
    threshold = int(calendar.index(condition.minute)) if finish else int(calendar.index(condition.minute + 1)) - 1
    key, limit = layout.key(np.array([condition.node]), Stage.EXISTENCE), layout.scratch(Scratch.OTHER)
    code.write(key, rows.FILL, limit, base=threshold)
    if condition.comparison == ">":
        code.write(key, rows.CONDITION, condition.node, x=event.row, y=limit)
    else:
        code.write(key, rows.CONDITION, condition.node, x=limit, cx=1, y=event.row)


def _write_starts(layout: Layout, code: Code, bounds: Bounds) -> None:
    """A start is the greatest of its floor and the bounds of its FS and SS links."""
    nodes = layout.nodes
    _write_firsts(layout, code, bounds)
    node = np.flatnonzero(~(nodes.level_of_effort | nodes.takes_least))
    chosen = layout.bounds_start[bounds.links] & ~nodes.takes_least[layout.edges.successor[bounds.links]]
    _greatest(layout, code, node, node, earliest(layout), bounds, chosen, Stage.START)
    varies = node[~plain_floor(layout)[node]]
    code.write(layout.key(varies, Stage.START), rows.RAISE, varies, x=layout.scratch(Scratch.FLOOR))


def _write_firsts(layout: Layout, code: Code, bounds: Bounds) -> None:
    """What starts with the first of its links takes the least of their bounds."""
    node = np.flatnonzero(layout.nodes.takes_least)
    number = np.zeros(layout.n, np.int64)
    number[node] = np.arange(node.size)
    successor = layout.edges.successor[bounds.links]
    own = layout.nodes.takes_least[successor]
    group, base = number[successor[own]], np.full(node.size, int(rows.CAP))
    code.least(layout.key(node, Stage.START), node, base, group, bounds.row[own], bounds.plus[own])


def _greatest(
    layout: Layout, code: Code, node: Ints, out: Ints, base: Ints, bounds: Bounds, chosen: NDArray[np.bool_], stage: int
) -> None:
    """Set row ``out`` of every node to the greatest of its base and the chosen bounds."""
    number = np.zeros(layout.n, np.int64)
    number[node] = np.arange(node.size)
    group = number[layout.edges.successor[bounds.links[chosen]]]
    code.greatest(layout.key(node, stage), out, base[node], group, bounds.row[chosen], bounds.plus[chosen])


def _write_finishes(layout: Layout, code: Code, bounds: Bounds) -> None:
    """A finish is start + duration, or a greater bound on the finish, and then the start follows from it."""
    nodes = layout.nodes
    ends = ~layout.bounds_start[bounds.links]
    bounded = np.zeros(layout.n, np.bool_)
    bounded[layout.edges.successor[bounds.links[ends]]] = True
    bounded |= nodes.finish_floor != NONE
    bounded &= ~_expected(layout)
    node = np.flatnonzero(bounded & ~nodes.level_of_effort)
    bound = np.full(node.size, layout.scratch(Scratch.FINISH_BOUND))
    plain = plain_finish_floor(layout)
    base = np.where(plain, np.maximum(nodes.finish_floor, LOWEST), LOWEST)
    ends &= bounded[layout.edges.successor[bounds.links]]
    _greatest(layout, code, node, bound, base, bounds, ends, Stage.FINISH)
    varies = node[~plain[node]]
    key = layout.key(varies, Stage.FINISH)
    code.write(key, rows.RAISE, layout.scratch(Scratch.FINISH_BOUND), x=layout.scratch(Scratch.FINISH_FLOOR))
    pushed = bounded & (~layout.fixed | layout.may_vanish)
    _write_fixed(layout, code, pushed)
    _write_stretched(layout, code, pushed)
    node = np.flatnonzero(pushed & ~nodes.level_of_effort & ~layout.loses)
    key = layout.key(node, Stage.FINISH)
    code.put(key, layout.scratch(Scratch.OTHER), layout.n + node)
    code.write(key, rows.ADD, layout.n + node, x=node)
    code.write(key, rows.RAISE, layout.n + node, x=layout.scratch(Scratch.FINISH_BOUND))
    code.write(
        key, rows.COMBINE, node, x=layout.n + node, y=layout.scratch(Scratch.OTHER), z=layout.scratch(Scratch.ZERO)
    )
    node = np.flatnonzero(~pushed & ~nodes.level_of_effort & ~layout.loses)
    code.write(layout.key(node, Stage.FINISH), rows.ADD, layout.n + node, x=node)
    _write_expected(layout, code)
    _write_ceilings(layout, code)


def _write_stretched(layout: Layout, code: Code, pushed: NDArray[np.bool_]) -> None:
    """Work that loses time starts on the next good minute, and lasts until enough of them have passed."""
    node = np.flatnonzero(layout.loses)
    bound = np.where(pushed[node], layout.scratch(Scratch.FINISH_BOUND), -1)
    early = layout.scratch(Scratch.EARLY)
    code.write(layout.key(node, Stage.FINISH), weather.STRETCH, node, x=bound, y=node, z=early)


def _write_ceilings(layout: Layout, code: Code) -> None:
    """No later than, where such dates win over links: the start goes back so far, and the finish with it."""
    nodes, other, zero = layout.nodes, layout.scratch(Scratch.OTHER), layout.scratch(Scratch.ZERO)
    early, firm = layout.scratch(Scratch.SIDE_START), layout.fixed | layout.may_vanish | nodes.level_of_effort
    node = np.flatnonzero(layout.ceiled & ~firm)
    key = layout.key(node, Stage.FINISH)
    code.write(key, rows.COMBINE, other, x=layout.n + node, y=node, z=zero)
    for given, ends in ((nodes.start_ceiling, False), (nodes.finish_ceiling, True)):
        own = given[node] != NONE
        k, a = key[own], node[own]
        code.write(k, rows.COMBINE, early, base=given[a], x=zero, y=other if ends else zero, z=zero)
        code.write(k, rows.LOWER, a, x=early)
    code.write(key, rows.COMBINE, layout.n + node, x=node, y=zero, z=other)


def _expected(layout: Layout) -> NDArray[np.bool_]:
    """Return the nodes whose finish is the expected one; a mandatory date counts before it."""
    return np.asarray((layout.nodes.expected_finish != NONE) & ~layout.fixed & ~layout.nodes.level_of_effort)


def _write_expected(layout: Layout, code: Code) -> None:
    """An expected finish sets the finish of what exists, against duration and logic, not before the start (rule 11)."""
    node, other = np.flatnonzero(_expected(layout)), layout.scratch(Scratch.OTHER)
    key, vanishes = layout.key(node, Stage.FINISH), layout.may_vanish[node]
    code.write(key, rows.FILL, other, base=layout.nodes.expected_finish[node])
    code.write(key, rows.RAISE, other, x=node)
    code.put(key[~vanishes], layout.n + node[~vanishes], other)
    code.write(key[vanishes], rows.WHERE, layout.n + node[vanishes], x=other, y=layout.scratch(Scratch.EXISTS))


def _write_fixed(layout: Layout, code: Code, pushed: NDArray[np.bool_]) -> None:
    """A mandatory date overrides logic, where the node exists, but not the data date (N3, N4).

    A mandatory start is no earlier than the data date, nor is a mandatory finish; what ends there began before it.
    """
    other, exists = layout.scratch(Scratch.OTHER), layout.scratch(Scratch.EXISTS)
    nodes, starts = layout.nodes, layout.nodes.fixed_start != NONE
    for node, is_start in ((np.flatnonzero(starts), True), (np.flatnonzero(layout.fixed & ~starts), False)):
        key, vanishes, floor = layout.key(node, Stage.FINISH), layout.may_vanish[node], nodes.floor[node]
        early, zero = layout.scratch(Scratch.SIDE_START), layout.scratch(Scratch.ZERO)
        if is_start:
            code.write(key, rows.FILL, early, base=nodes.fixed_start[node])
        else:
            finish = np.maximum(nodes.fixed_finish[node], floor)
            code.write(key, rows.COMBINE, early, base=finish, x=zero, y=layout.n + node, z=zero)
        code.put(key, np.where(vanishes, other, node), early, 0, floor if is_start else LOWEST)
        code.write(key[vanishes], rows.WHERE, node[vanishes], x=other, y=exists)
    node = np.flatnonzero(layout.fixed & pushed)
    key = layout.key(node, Stage.FINISH)
    code.write(key, rows.FILL, other, base=LOWEST)
    code.write(key, rows.WHERE, layout.scratch(Scratch.FINISH_BOUND), x=other, y=exists)


def _write_moments(layout: Layout, code: Code) -> None:
    """A finish whose latest bound lies after its end of work rests at the next start of work, and is not moved back."""
    idle = np.flatnonzero(layout.may_vanish & layout.has_moment & (layout.nodes.milestone != FINISH_MILESTONE))
    rests, idle_rests, flag = (layout.scratch(s) for s in (Scratch.RESTS, Scratch.IDLE_RESTS, Scratch.FLAG))
    key = layout.key(idle, Stage.MOMENT)
    code.write(key, rows.WHERE, idle_rests, x=layout.scratch(Scratch.ZERO), y=flag)
    code.write(key, rows.RAISE, rests, x=idle_rests)
    _fix_moments(layout, code)
    node = np.flatnonzero(layout.has_moment)
    key, row, start = layout.key(node, Stage.MOMENT), layout.moment_row[node], layout.scratch(Scratch.SIDE_START)
    table = layout.tables.number(layout.calendar[node], np.full(node.size, layout.clock))
    code.write(key, rows.CONVERT, row, x=layout.n + node, y=table, cy=1)
    code.write(key, rows.CONVERT, start, x=layout.n + node, y=table, cy=0)
    stands = layout.nodes.at_instant[node]
    code.write(key[stands], rows.RAISE, row[stands], x=rests)
    code.write(key[stands], rows.LOWER, row[stands], x=start)
    code.write(key[~stands], rows.ABOVE, flag, x=rests, y=row[~stands])
    code.write(key[~stands], rows.WHERE, row[~stands], x=start, y=flag)
    kept = np.flatnonzero(layout.kept)
    code.write(layout.key(kept, Stage.MOMENT), rows.FILL, layout.moment_row[kept], base=layout.nodes.kept[kept])


def _fix_moments(layout: Layout, code: Code) -> None:
    """A mandatory finish is an end of work; a mandatory start of a finish milestone rests where it or the floor is."""
    nodes, other, rests = layout.nodes, layout.scratch(Scratch.OTHER), layout.scratch(Scratch.RESTS)
    node = np.flatnonzero(layout.fixed & layout.has_moment)
    key, vanishes = layout.key(node, Stage.MOMENT), layout.may_vanish[node]
    instant = layout.instants(node, nodes.floor[node], nodes.floor_ends_work[node])
    starts = nodes.fixed_start[node] != NONE
    a = node[starts]
    fixed = layout.instants(a, nodes.fixed_start[a], nodes.fixed_ends_work[a])
    instant[starts] = np.maximum(instant[starts], fixed)
    instant[~starts] = 0
    code.write(key, rows.FILL, np.where(vanishes, other, rests), base=instant)
    code.write(key[vanishes], rows.WHERE, rests, x=other, y=layout.scratch(Scratch.EXISTS))


def _write_pushes(layout: Layout, code: Code, pushed: Ints, links: Ints) -> None:
    """Push as late as possible; links into and out of what moved drive, or not, from its new place."""
    if not pushed.size:
        return
    write_pushes(layout, code, pushed, links)
    write_moved_outputs(layout, code, pushed)
    edges = layout.edges
    moved = np.isin(edges.predecessor[links], pushed) | np.isin(edges.successor[links], pushed)
    write_tight(layout, code, write_bounds(layout, code, links[moved], Phase.AGAIN), Phase.AGAIN)


def _write_level_of_effort(layout: Layout, code: Code) -> None:
    """Level of effort starts with the least of its FS and SS links, finishes with the greatest of the others (N5)."""
    nodes, edges = layout.nodes, layout.edges
    node = np.flatnonzero(nodes.level_of_effort)
    bounds = write_bounds(layout, code, np.flatnonzero(nodes.level_of_effort[edges.successor]), Phase.FOLLOW)
    chosen = layout.bounds_start[bounds.links]
    number = np.zeros(layout.n, np.int64)
    number[node] = np.arange(node.size)
    group = number[edges.successor[bounds.links]]
    driven = np.bincount(group[chosen], minlength=node.size) > 0
    key, floor = layout.key(node, Stage.START, 0, Phase.FOLLOW), nodes.floor[node]
    base = np.where(driven, int(rows.CAP), floor)
    code.least(key, node, base, group[chosen], bounds.row[chosen], bounds.plus[chosen])
    code.write(key, rows.FILL, layout.scratch(Scratch.FLOOR), base=floor)
    code.write(key, rows.RAISE, node, x=layout.scratch(Scratch.FLOOR))
    driven = np.bincount(group[~chosen], minlength=node.size) > 0
    key, free = layout.key(node, Stage.FINISH, 0, Phase.FOLLOW), node[~driven]
    code.write(key[~driven], rows.ADD, layout.n + free, x=free)
    code.put(key[driven], layout.n + node[driven], node[driven])
    group, row, plus = group[~chosen], bounds.row[~chosen], bounds.plus[~chosen]
    code.write(key[group], rows.RAISE, layout.n + node[group], x=row, cx=plus)


def _chain(layout: Layout, links: Ints) -> NDArray[np.int32]:
    """Return (predecessor, successor, row of tight) of the links, last successors first."""
    edges = layout.edges
    order = np.argsort(-layout.position[edges.successor[links]], kind="stable")
    links = links[order]
    return np.column_stack((edges.predecessor[links], edges.successor[links], links)).astype(np.int32)


__all__ = ["DateCondition", "Edges", "Logic", "Nodes", "build"]

"""What a successor's dates say about its predecessor: the bounds of links turned round, for late dates (N1, N2).

A link asks that the event of its predecessor, carried over lag and calendars, be no later than a date of the
successor: the start of work S_b[m] where the link starts or ends at a start, the end of work F_b[m] where it ends at a
finish. Each step of that way is monotone, so it can be gone back: t <= S_b[m] is W_b(t) <= m; an end of work F_a[k] is
no later than that for k <= W_a(S_b[m]), a start of work S_a[k] for k <= W_a(F_b[m + 1]) - 1. And F_a[k] <= F_b[m] for
k <= W_a(F_b[m]). All come from the forward tables (kernels/rows.py CONVERT). Method: docs/method/network.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import FINISH_MILESTONE, FS, NO_MILESTONE, START_MILESTONE, Layout, Scratch


@dataclass(frozen=True, eq=False)
class View:
    """The rows that hold the dates of the successors: early ones, or late ones.

    ``moment`` is the finish on the 24-hour axis of nodes that have a moment, and the one date of the start milestones
    in ``instants``, which stand at a start or at an end of work.
    """

    start: Ints
    finish: Ints
    moment: Ints
    instants: NDArray[np.bool_]


def write_limits(layout: Layout, code: Code, links: Ints, view: View, key: Ints, own: Ints) -> tuple[Ints, Ints]:
    """Write the instructions that turn the links round; return (row, plus) of the latest event of each predecessor.

    That is an index on the predecessor's calendar, or a moment where the view has it as an instant. ``key`` and the
    scratch row ``own`` belong to the link.
    """
    b, starts = layout.edges.successor[links], layout.edges.type[links] == FS
    milestone = layout.nodes.milestone[b]
    ends = ~layout.bounds_start[links] | (starts & (milestone == FINISH_MILESTONE))
    row, plus = _limit(layout, code, links, ends, view, key, own)
    _write_gates(layout, code, links, key, own, row, plus)
    varies = starts & (milestone == NO_MILESTONE) & layout.may_vanish[b]
    key, own, links, b = key[varies], own[varies], links[varies], b[varies]
    other = np.full(links.size, layout.scratch(Scratch.OTHER))
    idle_row, idle_plus = _limit(layout, code, links, np.ones(links.size, np.bool_), view, key, other)
    flag = layout.scratch(Scratch.FLAG)
    _materialise(code, key, idle_row, idle_plus, other)
    _materialise(code, key, row[varies], plus[varies], own)
    code.write(key, rows.ABOVE, flag, x=b, cx=1, y=layout.n + b)
    code.write(key, rows.WHERE, own, x=other, y=flag)
    row[varies], plus[varies] = own, 0
    return row, plus


def _write_gates(layout: Layout, code: Code, links: Ints, key: Ints, own: Ints, row: Ints, plus: Ints) -> None:
    """Links whose gate was not pushed limit nothing (P6 rule 9)."""
    gated = layout.edges.gate[links] >= 0
    if not gated.any():
        return
    key, out, gate = key[gated], own[gated], layout.edges.gate[links[gated]]
    _materialise(code, key, row[gated], plus[gated], out)
    held, never = layout.scratch(Scratch.FLAG), layout.scratch(Scratch.OTHER)
    code.write(key, rows.ABOVE, held, x=layout.scratch(Scratch.ZERO), cx=layout.nodes.floor[gate] + 1, y=gate)
    code.write(key, rows.FILL, never, base=int(rows.CAP))
    code.write(key, rows.WHERE, out, x=never, y=held)
    row[gated], plus[gated] = out, 0


def _materialise(code: Code, key: Ints, row: Ints, plus: Ints, out: Ints) -> None:
    """Put row + plus into ``out``; what was converted into it stands there already, with nothing to add."""
    moves = row != out
    code.put(key[moves], out[moves], row[moves], plus[moves])


def _limit(
    layout: Layout, code: Code, links: Ints, ends: NDArray[np.bool_], view: View, key: Ints, out: Ints
) -> tuple[Ints, Ints]:
    """Return the limits of links that bound the finish (``ends``) or the start of their successor."""
    target, source = _target(layout, links, ends, view), _source(layout, links, view)
    row, plus = np.zeros(links.size, np.int64), np.zeros(links.size, np.int64)
    sampled = layout.edges.lag_row[links] >= 0
    for write, chosen in ((_certain, ~sampled), (_sampled, sampled)):
        limit = write(layout, code, links[chosen], target.at(chosen), source.at(chosen), key[chosen], out[chosen])
        row[chosen], plus[chosen] = limit.row, limit.plus
    return row, plus


def _target(layout: Layout, links: Ints, ends: NDArray[np.bool_], view: View) -> Event:
    """Return the dates that must hold; side 1 asks for F_b[m], side 0 for S_b[m], or a minute of the 24-hour axis."""
    b = layout.edges.successor[links]
    finishes = ends & layout.from_finish[links] & (layout.nodes.milestone[b] != START_MILESTONE)
    moments = view.instants[b] | (finishes & layout.has_moment[b])
    row = np.where(moments, view.moment[b], np.where(ends, view.finish[b], view.start[b]))
    calendar = np.where(moments, layout.clock, layout.calendar[b])
    return Event(row, calendar, (finishes & (calendar != layout.clock)).astype(np.int64), np.zeros_like(row))


def _source(layout: Layout, links: Ints, view: View) -> Event:
    """Return calendar and side of the events that move: ends of work, starts of work, or instants."""
    a = layout.edges.predecessor[links]
    ends = layout.from_finish[links] & (layout.nodes.milestone[a] != START_MILESTONE)
    calendar = np.where(view.instants[a], layout.clock, layout.calendar[a])
    return Event(a, calendar, (view.instants[a] | ends).astype(np.int64), np.zeros_like(a))


def _as_minutes(
    layout: Layout, code: Code, key: Ints, target: Event, chosen: NDArray[np.bool_], source: Event, out: Ints
) -> Event:
    """Carry ends of work that limit a start of work to the 24-hour axis, where the two can be compared."""
    chosen = chosen & (target.side == 1)
    to = np.where(chosen, layout.clock, target.calendar)
    row = np.where(source.calendar == layout.clock, out, layout.scratch(Scratch.MOMENT))
    limit = code.convert(key, layout.tables, target, to, row)
    return Event(limit.row, to, np.where(chosen, 0, target.side), limit.plus)


def _back(
    layout: Layout, code: Code, key: Ints, limit: Event, to: Ints, side: Ints, out: Ints, less: Ints | int = 0
) -> Event:
    """Return, minus ``less``, the greatest index on calendar ``to``, taken on ``side``, that is within the limit."""
    less = np.broadcast_to(less, to.shape)
    moves = limit.calendar != to
    table = layout.tables.number(limit.calendar[moves], to[moves])
    start, finish = 1 - side[moves], np.maximum(1 - side, limit.side)[moves]
    code.write(
        key[moves], rows.CONVERT, out[moves], x=limit.row[moves], cx=limit.plus[moves] + start, y=table, cy=finish,
        cz=-start - less[moves],
    )  # fmt: skip
    kind = np.where(moves | (less != 0), 0, limit.side)
    return Event(np.where(moves, out, limit.row), to, kind, np.where(moves, 0, limit.plus - less))


def _certain(layout: Layout, code: Code, links: Ints, target: Event, source: Event, key: Ints, out: Ints) -> Event:
    lag = layout.edges.lag[links]
    moved_start = (lag < 0) | ((lag == 0) & (source.side == 0))
    target = _as_minutes(layout, code, key, target, moved_start, source, out)
    over = np.where(lag != 0, layout.lag_calendar[links], target.calendar)
    between = np.full(links.size, layout.scratch(Scratch.LAGGED))
    between = np.where(over == source.calendar, out, between)
    limit = _back(layout, code, key, target, over, (lag > 0).astype(np.int64), between, lag)
    return _back(layout, code, key, limit, source.calendar, source.side, out)


def _sampled(layout: Layout, code: Code, links: Ints, target: Event, source: Event, key: Ints, out: Ints) -> Event:
    """The side of the lagged event, and whether there is a lag at all, differ from lane to lane."""
    edges, size = layout.edges, links.size
    over, zero = layout.lag_calendar[links], np.zeros(links.size, np.int64)
    names = (Scratch.LAGGED, Scratch.LAG, Scratch.LAG_SIDE, Scratch.SIDE_START, Scratch.SIDE_FINISH, Scratch.MOMENT)
    lagged, lag, side, start, finish, moment = (np.full(size, layout.scratch(name)) for name in names)
    target = _as_minutes(layout, code, key, target, np.ones(size, np.bool_), source, moment)
    code.put(key, lag, layout.first_lag + edges.lag_row[links], edges.lag[links])
    code.write(key, rows.ABOVE, side, x=lag, y=layout.scratch(Scratch.ZERO))
    for number, row in ((0, start), (1, finish)):
        limit = _back(layout, code, key, target, over, zero + number, row)
        _materialise(code, key, limit.row, limit.plus, row)
    code.write(key, rows.WHERE, start, x=finish, y=side)
    code.write(key, rows.COMBINE, lagged, x=start, y=lag, z=layout.scratch(Scratch.ZERO))
    limit = _back(layout, code, key, Event(lagged, over, zero, zero), source.calendar, source.side, finish)
    _materialise(code, key, limit.row, limit.plus, finish)
    limit = _back(layout, code, key, target, source.calendar, source.side, out)
    _materialise(code, key, limit.row, limit.plus, out)
    code.write(key, rows.WHERE, out, x=finish, y=lag)
    return Event(out, source.calendar, source.side, zero)

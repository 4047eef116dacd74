"""What a successor's dates say about its predecessor: the bounds of links turned round, for late dates (N1, N2).

A link asks that the event of its predecessor, carried over lag and calendars, be no later than a date of the
successor. Each step of that way is monotone, so it can be gone back: on index m of calendar b, W_b(t) <= m is
t <= S_b[m]; an end of work F_a[k] is no later than that for k <= W_a(S_b[m]), a start of work S_a[k] for
k <= W_a(F_b[m + 1]) - 1. Both come from the forward tables (kernels/rows.py CONVERT). Method: docs/method/network.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import Code, Event, Ints
from riskmc.network.layout import FINISH_MILESTONE, START_MILESTONE, Layout, Scratch


@dataclass(frozen=True, eq=False)
class View:
    """The rows that hold the dates of the successors: early ones, or late ones."""

    start: Ints
    finish: Ints
    moment: Ints


def write_limits(layout: Layout, code: Code, links: Ints, view: View, key: Ints, own: Ints) -> tuple[Ints, Ints]:
    """Write the instructions that turn the links round; return (row, plus) of the latest event of each predecessor.

    That is an index on the predecessor's calendar, or a moment where its finish has one. ``key`` and the scratch row
    ``own`` belong to the link.
    """
    milestone = layout.nodes.milestone[layout.edges.successor[links]]
    ends = ~layout.bounds_start[links] | (milestone == FINISH_MILESTONE)
    row, plus = _limit(layout, code, links, ends, view, key, own)
    varies = ~ends & layout.may_vanish[layout.edges.successor[links]] & (milestone != START_MILESTONE)
    key, own, links = key[varies], own[varies], links[varies]
    other = np.full(links.size, layout.scratch(Scratch.OTHER))
    idle_row, idle_plus = _limit(layout, code, links, np.ones(links.size, np.bool_), view, key, other)
    b, flag = layout.edges.successor[links], layout.scratch(Scratch.FLAG)
    _materialise(code, key, idle_row, idle_plus, other)
    _materialise(code, key, row[varies], plus[varies], own)
    code.write(key, rows.ABOVE, flag, x=b, cx=1, y=layout.n + b)
    code.write(key, rows.WHERE, own, x=other, y=flag)
    row[varies], plus[varies] = own, 0
    return row, plus


def _materialise(code: Code, key: Ints, row: Ints, plus: Ints, out: Ints) -> None:
    """Put row + plus into ``out``; what was converted into it stands there already, with nothing to add."""
    moves = row != out
    code.put(key[moves], out[moves], row[moves], plus[moves])


def _limit(
    layout: Layout, code: Code, links: Ints, ends: NDArray[np.bool_], view: View, key: Ints, out: Ints
) -> tuple[Ints, Ints]:
    """Return the limits of links that bound the finish (``ends``) or the start of their successor."""
    target, source = _target(layout, links, ends, view), _source(layout, links, ends)
    row, plus = np.zeros(links.size, np.int64), np.zeros(links.size, np.int64)
    sampled = layout.edges.lag_row[links] >= 0
    for write, chosen in ((_certain, ~sampled), (_sampled, sampled)):
        limit = write(layout, code, links[chosen], target.at(chosen), source.at(chosen), key[chosen], out[chosen])
        row[chosen], plus[chosen] = limit.row, limit.plus
    return row, plus


def _target(layout: Layout, links: Ints, ends: NDArray[np.bool_], view: View) -> Event:
    """Return the dates that must hold; one that may rest on a start of work is a moment on the 24-hour axis."""
    b = layout.edges.successor[links]
    moments = ends & layout.has_moment[b]
    row = np.where(moments, view.moment[b], np.where(ends, view.finish[b], view.start[b]))
    zero = np.zeros(links.size, np.int64)
    return Event(row, np.where(moments, layout.clock, layout.calendar[b]), zero, zero)


def _source(layout: Layout, links: Ints, ends: NDArray[np.bool_]) -> Event:
    """Return calendar and side of the events that move.

    Against a finish, a start counts as the end of work of the same index: 17:00 the day before is as good as 08:00,
    and P6 gives an activity float until they meet.
    """
    event = layout.sources(links)
    side = np.where(layout.from_finish[links], event.side, ends)
    return Event(event.row, event.calendar, side, event.plus)


def _back(
    layout: Layout, code: Code, key: Ints, limit: Event, to: Ints, side: Ints, out: Ints, less: Ints | int = 0
) -> Event:
    """Return, minus ``less``, the greatest index on calendar ``to``, taken on ``side``, whose W is within the limit."""
    less = np.broadcast_to(less, to.shape)
    moves = limit.calendar != to
    table = layout.tables.number(limit.calendar[moves], to[moves])
    start = 1 - side[moves]
    code.write(
        key[moves], rows.CONVERT, out[moves], x=limit.row[moves], cx=limit.plus[moves] + start, y=table, cy=start,
        cz=-start - less[moves],
    )  # fmt: skip
    return Event(np.where(moves, out, limit.row), to, side, np.where(moves, 0, limit.plus - less))


def _certain(layout: Layout, code: Code, links: Ints, target: Event, source: Event, key: Ints, out: Ints) -> Event:
    lag = layout.edges.lag[links]
    over = np.where(lag != 0, layout.lag_calendar[links], target.calendar)
    between = np.full(links.size, layout.scratch(Scratch.LAGGED))
    between = np.where(over == source.calendar, out, between)
    limit = _back(layout, code, key, target, over, (lag > 0).astype(np.int64), between, lag)
    return _back(layout, code, key, limit, source.calendar, source.side, out)


def _sampled(layout: Layout, code: Code, links: Ints, target: Event, source: Event, key: Ints, out: Ints) -> Event:
    """The side of the lagged event, and whether there is a lag at all, differ from lane to lane."""
    edges, size = layout.edges, links.size
    over, zero = layout.lag_calendar[links], np.zeros(links.size, np.int64)
    names = (Scratch.LAGGED, Scratch.LAG, Scratch.LAG_SIDE, Scratch.SIDE_START, Scratch.SIDE_FINISH)
    lagged, lag, side, start, finish = (np.full(size, layout.scratch(name)) for name in names)
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

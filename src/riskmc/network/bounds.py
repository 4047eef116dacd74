"""What a link says about its successor: the instructions that carry an event over its lag and calendars (N1, N2).

The event of the predecessor goes to the lag's calendar, moves by the lag, and goes to the successor's calendar. After
a positive lag it is an end of work of the lag's calendar, after a negative one a start of work; no lag leaves it where
it is. Calendars that are the same cost nothing: then the bound is a row and a number to add.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import rows
from riskmc.network.instructions import LOWEST, Code, Event, Ints, pick, rank_within
from riskmc.network.layout import FINISH_MILESTONE, Layout, Phase, Scratch, Stage


@dataclass(eq=False)
class Bounds:
    """The bounds that ``links`` put on their successors, in the successor's index: ``row`` + ``plus``."""

    links: Ints
    row: Ints
    plus: Ints


def write_bounds(layout: Layout, code: Code, links: Ints, phase: int = Phase.FORWARD) -> Bounds:
    """Write the instructions of the links, each with a scratch row of its node; return where their bounds stand."""
    bounds = Bounds(links, np.zeros(links.size, np.int64), np.zeros(links.size, np.int64))
    successor = layout.edges.successor[links]
    rank = rank_within(successor, layout.n)
    key, own = layout.key(successor, Stage.LINKS, rank, phase), layout.scratch(Scratch.BOUND) + rank
    sampled = layout.edges.lag_row[links] >= 0
    for write, chosen in ((_certain, ~sampled), (_sampled, sampled)):
        bound = write(layout, code, links[chosen], key[chosen], own[chosen])
        bounds.row[chosen], bounds.plus[chosen] = bound.row, bound.plus
    return bounds


def _certain(layout: Layout, code: Code, links: Ints, key: Ints, own: Ints) -> Event:
    """Write links whose lag is one number; return their bounds."""
    edges, tables = layout.edges, layout.tables
    successor, lag, lag_calendar = edges.successor[links], edges.lag[links], layout.lag_calendar[links]
    to = layout.calendar[successor]
    index = layout.indices(links)
    event = pick((lag != 0) & (lag_calendar == index.calendar), index, layout.sources(links))
    event = _gated(layout, code, links, key, event)
    over = np.where(lag != 0, lag_calendar, event.calendar)
    between = np.where(over == to, own, layout.scratch(Scratch.LAGGED))
    event = code.convert(key, tables, event, over, between)
    side = np.where(lag != 0, lag > 0, event.side)
    event = Event(event.row, event.calendar, side, event.plus + lag)
    _write_rests(layout, code, links, key, event)
    return _kept(layout, code, links, key, code.convert(key, tables, event, to, own), own)


def _gated(layout: Layout, code: Code, links: Ints, key: Ints, event: Event) -> Event:
    """Return the events of the links, moved before all time where a gate was not pushed (P6 rule 9)."""
    chosen = layout.edges.gate[links] >= 0
    if not chosen.any():
        return event
    key, gate, at = key[chosen], layout.edges.gate[links[chosen]], event.at(chosen)
    out, held, low = (layout.scratch(row) for row in (Scratch.GATED, Scratch.LAG_SIDE, Scratch.LAG))
    code.put(key, out, at.row, at.plus)
    code.write(key, rows.ABOVE, held, x=layout.scratch(Scratch.ZERO), cx=layout.nodes.floor[gate] + 1, y=gate)
    code.write(key, rows.FILL, low, base=LOWEST)
    code.write(key, rows.WHERE, out, x=low, y=held)
    row, plus = np.where(chosen, out, event.row), np.where(chosen, 0, event.plus)
    return Event(row, event.calendar, event.side, plus)


def _kept(layout: Layout, code: Code, links: Ints, key: Ints, event: Event, own: Ints) -> Event:
    """Return the bounds, those of links with a gate in their own rows: they share one on the way."""
    gated = layout.edges.gate[links] >= 0
    moves = gated & (event.row != own)
    code.put(key[moves], own[moves], event.row[moves], event.plus[moves])
    return Event(np.where(moves, own, event.row), event.calendar, event.side, np.where(moves, 0, event.plus))


def _sampled(layout: Layout, code: Code, links: Ints, key: Ints, own: Ints) -> Event:
    """Write links whose lag differs from iteration to iteration; return their bounds."""
    edges = layout.edges
    event, lag_calendar = _gated(layout, code, links, key, layout.sources(links)), layout.lag_calendar[links]
    lagged, lag = (np.full(links.size, layout.scratch(row)) for row in (Scratch.LAGGED, Scratch.LAG))
    on_own = (lag_calendar == layout.calendar[edges.predecessor[links]]) & (edges.gate[links] < 0)
    code.put(key, lag, layout.first_lag + edges.lag_row[links], edges.lag[links])
    code.copy(key, layout.tables, pick(on_own, layout.indices(links), event), lag_calendar, lagged)
    code.write(key, rows.ADD, lagged, x=lag)
    code.write(key, rows.ABOVE, layout.scratch(Scratch.LAG_SIDE), x=lag, y=layout.scratch(Scratch.ZERO))
    rests, _ = _resting(layout, links)
    moment = np.full(links.size, layout.scratch(Scratch.MOMENT))
    to_clock = np.full(links.size, layout.clock)
    _sampled_to(layout, code, event.at(rests), links[rests], key[rests], to_clock[rests], moment[rests])
    _raise_rests(layout, code, links, key, moment, np.zeros(links.size, np.int64))
    to = layout.calendar[edges.successor[links]]
    _sampled_to(layout, code, event, links, key, to, own)
    return Event(own, to, event.side, np.zeros(links.size, np.int64))


def _sampled_to(layout: Layout, code: Code, event: Event, links: Ints, key: Ints, to: Ints, out: Ints) -> None:
    """Carry the lagged event, of which each lane has its own side, to ``to``; no lag takes the event itself."""
    lagged, lag, side = (layout.scratch(row) for row in (Scratch.LAGGED, Scratch.LAG, Scratch.LAG_SIDE))
    start, finish = (layout.scratch(row) for row in (Scratch.SIDE_START, Scratch.SIDE_FINISH))
    lag_calendar = layout.lag_calendar[links]
    stays = lag_calendar == to
    code.put(key[stays], out[stays], np.full(int(stays.sum()), lagged))
    key, to, out, event, lag_calendar = key[~stays], to[~stays], out[~stays], event.at(~stays), lag_calendar[~stays]
    table = layout.tables.number(lag_calendar, to)
    for number, row in ((0, start), (1, finish)):
        code.write(key, rows.CONVERT, row, x=lagged, y=table, cy=number)
    code.write(key, rows.WHERE, start, x=finish, y=side)
    code.copy(key, layout.tables, event, to, out)
    code.write(key, rows.WHERE, out, x=start, y=lag)


def _resting(layout: Layout, links: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which links bear on the moment of their successor's finish, and which only where it lasts nothing."""
    successor, start = layout.edges.successor[links], layout.bounds_start[links]
    always = ~start | (layout.nodes.milestone[successor] == FINISH_MILESTONE)
    matters = layout.has_moment[successor] & (always | layout.may_vanish[successor])
    return matters, matters & ~always


def _write_rests(layout: Layout, code: Code, links: Ints, key: Ints, event: Event) -> None:
    """Carry the events of links that bear on a moment to the 24-hour axis, and keep the latest of each node."""
    rests, _ = _resting(layout, links)
    size = int(rests.sum())
    moment, to = np.full(size, layout.scratch(Scratch.MOMENT)), np.full(size, layout.clock)
    there = code.convert(key[rests], layout.tables, event.at(rests), to, moment)
    row, plus = np.zeros(links.size, np.int64), np.zeros(links.size, np.int64)
    row[rests], plus[rests] = there.row, there.plus
    _raise_rests(layout, code, links, key, row, plus)


def _raise_rests(layout: Layout, code: Code, links: Ints, key: Ints, row: Ints, plus: Ints) -> None:
    rests, idle = _resting(layout, links)
    out = np.where(idle, layout.scratch(Scratch.IDLE_RESTS), layout.scratch(Scratch.RESTS))
    code.write(key[rests], rows.RAISE, out[rests], x=row[rests], cx=plus[rests])

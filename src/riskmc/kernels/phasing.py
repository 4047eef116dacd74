"""Spending by period: the cents of every item spread over the time in which they are spent: arrays in, arrays out (C3).

A cell is the time between two edges. Every edge is given on every calendar as the working minutes before it, so the
share of an item spent by an edge is a number of working minutes over another, whatever the calendar. What is spent by
an edge is rounded to cents, and a cell gets the difference: the cells of an item add up to its cents, always.

A profile is a polynomial of the share s of the time worked: s (a + s (b + s c)), 0 at 0 and 1 at 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.costs import _amount
from riskmc.kernels.intrinsics import sub_i

EVEN, AT_START, AT_FINISH = range(3)


@entry
def phase(
    parts: Any, grid: Any, table: Any, drawn: Any, exists: Any, pool: Any, worked: Any, windows: Any, index: Any,
    work: Any, out: Any,
) -> None:  # fmt: skip
    """Add the cents of every part to the periods in which they are spent, and paid.

    Parameters
    ----------
    parts : named tuple
        What is spent, one entry each (network/phasing.py `Parts`).
    grid : named tuple
        ``at`` int32[calendars, cells + 1], the edges; ``spent`` and ``paid`` int32[cells], the periods of a cell;
        ``advance`` and ``retention``, float64 shares (network/phasing.py `Grid`).
    table, drawn, exists, pool :
        As in `costs`; ``drawn`` is (money, effects, sums).
    worked : int32[2 n, B]
        Starts and finishes between which lie the minutes that cost money: those of ``pool``, unless units were held.
    windows : int32[2 w, B]
        Start and finish of the spans of time that are no node.
    index : float64[groups, cells, B]
        Price index by group of prices; group 0 is never looked up.
    work : (int32[2, B], float64[7, B])
        Workspace.
    out : (int64[places, periods, B] * 3, int64[places, B] * 2)
        Spent in constant money, in then-year money, paid; escalation had the plan's dates held; retained so far.
    """
    dates, rows = work
    money, effects, sums = drawn
    begin, length = dates[0], dates[1]
    whole, escalated = rows[0], rows[6]
    nodes, escalates, pays = exists.shape[0], index.shape[0] > 1, grid.advance + grid.retention + grid.lag > 0
    for p in range(parts.row.size):
        if parts.row[p] < 0:
            _constant(parts.cents[p], whole)
        else:
            _amount(table, parts.row[p], money, effects, sums, exists, worked, whole, rows[1])
            _whole(whole)
        if parts.node[p] >= 0:
            _window(pool[parts.node[p]], pool[nodes + parts.node[p]], parts.mode[p], parts.least[p], begin, length)
        else:
            w = -1 - parts.node[p]
            _window(windows[2 * w], windows[2 * w + 1], parts.mode[p], parts.least[p], begin, length)
        own = escalates and parts.group[p] > 0
        _spread(parts, p, grid, whole, begin, length, index, rows, own, pays, out)
        if pays:
            _advance(grid, parts.calendar[p], begin, escalated, out[2][parts.place[p]])
            _retain(grid.retention, escalated, out[4][parts.place[p]])
        if own:
            _planned(parts, p, grid, whole, begin, length, index, rows, out[3][parts.place[p]])


@entry
def release(grid: Any, finish: Any, retained: Any, paid: Any) -> None:
    """Add what was retained of each place to the period of its finish: ``finish`` int32[places, B], on the clock."""
    for place in range(finish.shape[0]):
        for i in range(finish.shape[1]):
            cell = _cell(grid.at[0], finish[place, i] - 1)
            paid[place, grid.spent[cell], i] += retained[place, i]


@inner
def _spread(
    parts: Any, p: Any, grid: Any, whole: Any, begin: Any, length: Any, index: Any, rows: Any, own: Any, pays: Any,
    out: Any,
) -> None:  # fmt: skip
    """Book one part, cell by cell: spent, escalated, paid. Leaves what is to be paid of it in ``rows[6]``."""
    before, now, step, paid_before, paid_now, then = rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]
    edges, place, group = grid.at[parts.calendar[p]], parts.place[p], parts.group[p]
    _constant(0.0, before)
    _constant(0.0, paid_before)
    _constant(0.0, then)
    first, last = _cells(edges, begin, length)
    for cell in range(first, last + 1):
        _spent_by(edges[cell + 1], begin, length, whole, parts, p, now)
        _book(now, before, step, out[0][place, grid.spent[cell]])
        if own:
            _escalate(index[group, cell], step, out[1][place, grid.spent[cell]])
        elif index.shape[0] > 1:
            _add(step, out[1][place, grid.spent[cell]])
        if pays:
            _plus(step, then)
            _paid_by(grid.advance, grid.retention, then, paid_now)
            _book(paid_now, paid_before, step, out[2][place, grid.paid[cell]])


@inner
def _planned(
    parts: Any, p: Any, grid: Any, whole: Any, begin: Any, length: Any, index: Any, rows: Any, out: Any
) -> None:
    """Add to ``out`` what escalation would be, had the part been spent on the plan's dates."""
    before, now, step = rows[1], rows[2], rows[3]
    edges, group = grid.at[parts.calendar[p]], parts.group[p]
    for i in range(begin.size):
        begin[i], length[i] = parts.plan_begin[p], parts.plan_length[p]
    _constant(0.0, before)
    first, last = _cells(edges, begin, length)
    for cell in range(first, last + 1):
        _spent_by(edges[cell + 1], begin, length, whole, parts, p, now)
        _difference(now, before, step)
        _subtract(step, out)
        _escalate(index[group, cell], step, out)


@inner
def _window(start: Any, finish: Any, mode: Any, least: Any, begin: Any, length: Any) -> None:
    """Fill ``begin`` and ``length`` with the working minutes in which a part is spent, at least one.

    Of what is spent at the start that is the first minute, at the finish the last; of what lasts nothing too, and
    ``least`` is the earliest end of such a minute.
    """
    for i in range(begin.size):
        first, end = np.int32(start[i]), np.int32(finish[i])
        end = end if end > first else max(first, least)
        lasts = np.int32(finish[i]) > first
        if mode == AT_START and lasts:
            end = np.int32(first + 1)
        if mode == AT_FINISH or not lasts:
            first = np.int32(end - 1)
        begin[i] = first
        length[i] = sub_i(end, first)


@inner
def _cells(edges: Any, begin: Any, length: Any) -> Any:
    """Return the first and the last cell in which anything of a part is spent in any lane."""
    low, high = begin[0], np.int32(begin[0] + length[0])
    for i in range(begin.size):
        end = np.int32(begin[i] + length[i])
        low = begin[i] if begin[i] < low else low
        high = end if end > high else high
    return _cell(edges, low), _cell(edges, high - 1)


@inner
def _cell(edges: Any, minute: Any) -> Any:
    """Return the cell in which a working minute lies, by bisection; the outer ones reach to all time."""
    low, high = 0, edges.size - 2
    while low < high:
        middle = (low + high) // 2
        if edges[middle + 1] > minute:
            high = middle
        else:
            low = middle + 1
    return low


@inner
def _spent_by(edge: Any, begin: Any, length: Any, whole: Any, parts: Any, p: Any, now: Any) -> None:
    """Fill ``now`` with the cents spent by an edge, by the profile of the part, rounded."""
    a, b, c = parts.profile[p, 0], parts.profile[p, 1], parts.profile[p, 2]
    for i in range(now.size):
        worked = sub_i(edge, begin[i])
        worked = worked if worked > 0 else np.int32(0)
        share = np.float64(worked) / np.float64(length[i])
        spent = np.floor(whole[i] * (share * (a + share * (b + share * c))) + 0.5)
        now[i] = whole[i] if worked >= length[i] else spent


@inner
def _paid_by(advance: Any, retention: Any, then: Any, now: Any) -> None:
    """Fill ``now`` with what is paid of what is spent so far, without advance and retention."""
    for i in range(now.size):
        now[i] = then[i] - np.floor(advance * then[i] + 0.5) - np.floor(retention * then[i] + 0.5)


@inner
def _advance(grid: Any, calendar: Any, begin: Any, then: Any, out: Any) -> None:
    """Add the advance of a part to the period in which it starts."""
    if grid.advance > 0:
        for i in range(begin.size):
            cell = _cell(grid.at[calendar], begin[i])
            out[grid.spent[cell], i] += np.int64(np.floor(grid.advance * then[i] + 0.5))


@inner
def _retain(retention: Any, then: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] += np.int64(np.floor(retention * then[i] + 0.5))


@inner
def _book(now: Any, before: Any, step: Any, out: Any) -> None:
    """Add what came since ``before``, and make ``now`` the new ``before``."""
    for i in range(out.size):
        step[i] = now[i] - before[i]
        before[i] = now[i]
    for i in range(out.size):
        out[i] += np.int64(step[i])


@inner
def _difference(now: Any, before: Any, step: Any) -> None:
    for i in range(step.size):
        step[i] = now[i] - before[i]
        before[i] = now[i]


@inner
def _escalate(index: Any, step: Any, out: Any) -> None:
    """Turn ``step`` into then-year cents, and add it to ``out``."""
    for i in range(out.size):
        step[i] = np.floor(step[i] * index[i] + 0.5)
    for i in range(out.size):
        out[i] += np.int64(step[i])


@inner
def _add(step: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] += np.int64(step[i])


@inner
def _subtract(step: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] -= np.int64(step[i])


@inner
def _plus(step: Any, total: Any) -> None:
    for i in range(total.size):
        total[i] += step[i]


@inner
def _constant(number: Any, row: Any) -> None:
    for i in range(row.size):
        row[i] = number


@inner
def _whole(row: Any) -> None:
    for i in range(row.size):
        row[i] = np.floor(row[i] + 0.5)

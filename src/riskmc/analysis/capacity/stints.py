"""Stints of one iteration: when each activity, or its approvers, held units of a pool or waited for them (D9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from riskmc.errors import ArgumentError
from riskmc.forecast.interval import check_share, quantile_rank
from riskmc.kernels.discrete_event.codes import (
    ASKED,
    DECIDED,
    DECIDES,
    ELIGIBLE,
    RESUMED,
    STARTED,
    STOPPED,
    TAKEN_BACK,
    TO_REDO,
    UNITS_MOVED,
    WENT_ON,
)  # fmt: skip
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.simulation.kept_logs import event_log
from riskmc.simulation.trials import Trials

_OF_WORK = {ASKED, DECIDED, DECIDES, ELIGIBLE, STOPPED, TAKEN_BACK, TO_REDO, WENT_ON}

Row = tuple[int, int, int, int]  # of a log: minute, kind, who, value
Needs = list[tuple[str, float]]


class Stint(NamedTuple):
    """A span in which an activity, or an approver of it, held units of a pool or waited; minutes since 1970-01-01."""

    path: str
    pool: str
    units: float
    waits: bool
    start: int
    finish: int


def iteration_at(trials: Trials, number: int | None = None, at: float = 0.80) -> int:
    """Return the number of the iteration asked for: ``number`` itself, or the one whose finish is the percentile."""
    if number is not None:
        return number
    check_share("at", at)
    order = trials.finish_minutes.argsort(kind="stable")
    return trials.iterations.start + int(order[quantile_rank(len(trials), at) - 1])


def iterations_near(trials: Trials, at: float, most: int) -> Iterator[int]:
    """Yield the numbers of at most so many iterations by how near in rank their finish is to a percentile.

    Iterations that did not end come last: their finish is the end of the calendars (D8).
    """
    check_share("at", at)
    order = trials.finish_minutes.argsort(kind="stable")
    rank, ended = quantile_rank(len(trials), at) - 1, len(trials) - trials.censored
    places = sorted(range(len(trials)), key=lambda place: (place >= ended, abs(place - rank), place))
    yield from (trials.iterations.start + int(order[place]) for place in places[:most])


def stints(trials: Trials, number: int) -> tuple[Stint, ...]:
    """Return who held and awaited the units of every pool in iteration ``number``, in the order in which they end.

    ArgumentError where no pool limits work, or for trials of the Monte Carlo engine.
    """
    network = trials.again().network
    if network.dynamics is None or not network.dynamics.pools:
        raise ArgumentError("no pool limits work in these trials: they need a capacity, and the discrete-event engine")
    log = event_log(trials.again(), number)
    demands, pools = network.dynamics.model.demands, network.dynamics.pools
    needs = {
        task.number: [
            (pools[int(demands.pool[d])], int(demands.units[d]) / 1000)
            for d in range(demands.ptr[task.number], demands.ptr[task.number + 1])
        ]
        for task in network.tasks
    }
    rows = [(minute + network.axis.unix, kind, entity, value) for minute, kind, entity, value in log.tolist()]
    found = [
        Stint(network.tasks[a].path, pool, units, lacked is not None, start, finish)
        for a, lacked, start, finish in _spans(rows)
        for pool, units in needs.get(a, [])
        if lacked is None or pools[lacked] == pool
    ]
    boards = _boards(network.dynamics)
    found += [
        Stint(network.tasks[a].path, pool, units, waits, start, finish)
        for a, waits, start, finish in _decisions(rows, {a: sequence for a, (sequence, _) in boards.items()})
        for pool, units in boards[a][1][: 1 if waits else None]  # the first owns the wait
    ]
    return tuple(sorted(found, key=lambda one: one.finish))


def _boards(dynamics: Dynamics) -> dict[int, tuple[bool, Needs]]:
    """Return by activity whether its approvers decide one after the other, and the units that each of them needs."""
    approvals, nodes = dynamics.model.approvals, dynamics.model.rework.node
    found = {}
    for p, loop in enumerate(approvals.loop.tolist()):
        rows = range(approvals.ptr[p], approvals.ptr[p + 1])
        needs = [(dynamics.pools[int(approvals.pool[row])], int(approvals.units[row]) / 1000) for row in rows]
        if needs:
            found[int(nodes[loop])] = (bool(approvals.sequence[p]), needs)
    return found


def _decisions(rows: Sequence[Row], in_turn: Mapping[int, bool]) -> Iterator[tuple[int, bool, int, int]]:
    """Yield (activity, whether it waited or decided, start, finish) of approvers; ``in_turn``: one after the other."""
    asked: dict[int, int] = {}
    waits: defaultdict[int, list[int]] = defaultdict(list)
    decides: defaultdict[int, list[int]] = defaultdict(list)
    for minute, kind, a, value in rows:
        if kind not in _OF_WORK or a not in in_turn:
            continue
        if kind == ASKED:
            asked[a], waits[a] = value, [minute] * (1 if in_turn[a] else value)
        elif kind == DECIDES:
            decides[a].append(minute)
            yield from ((a, True, start, minute) for start in waits[a][-1:] if start < minute)
            del waits[a][-1:]
        elif kind == DECIDED:
            yield a, False, decides[a].pop(0), minute
            if in_turn[a] and value < asked.get(a, 0) and not waits[a]:
                waits[a].append(minute)
        else:  # the work is not done any more: nobody is asked
            yield from ((a, True, start, minute) for start in waits.pop(a, []) if start < minute)
            asked.pop(a, None)


def _spans(rows: Sequence[Row]) -> Iterator[tuple[int, int | None, int, int]]:
    """Yield (activity, pool that it waited for or None where it held units, start, finish) of a log."""
    began: dict[int, int] = {}
    held: dict[int, int] = {}
    for minute, kind, a, value in rows:
        if kind in (ELIGIBLE, STOPPED, WENT_ON):
            began[a] = minute
        elif kind in (STARTED, RESUMED) and a in began:
            start = began.pop(a)
            if value >= 0 and minute > start:
                yield a, value, start, minute
        elif kind == UNITS_MOVED and value:
            held[a] = minute
        elif kind == UNITS_MOVED and a in held:
            yield a, None, held.pop(a), minute

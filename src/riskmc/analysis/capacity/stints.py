"""Stints of one iteration: when each activity held the units of its pools, and when it waited for which (D9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from riskmc.errors import ArgumentError
from riskmc.forecast.interval import check_share, quantile_rank
from riskmc.kernels.discrete_event.codes import ELIGIBLE, RESUMED, STARTED, STOPPED, UNITS_MOVED, WENT_ON
from riskmc.simulation.kept_logs import event_log
from riskmc.simulation.trials import Trials


class Stint(NamedTuple):
    """A span in which an activity held so many units of a pool, or waited for them; minutes since 1970-01-01."""

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
    rows = ((minute + network.axis.unix, kind, entity, value) for minute, kind, entity, value in log.tolist())
    spans = _spans(rows)
    return tuple(
        Stint(network.tasks[a].path, pool, units, lacked is not None, start, finish)
        for a, lacked, start, finish in spans
        for pool, units in needs.get(a, [])
        if lacked is None or pools[lacked] == pool
    )


def _spans(rows: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int | None, int, int]]:
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

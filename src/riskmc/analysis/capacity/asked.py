"""The question of capacity: trials of the discrete-event engine in, waiting, utilisation and the worth of units out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.capacity.gains import gains, staircase
from riskmc.analysis.capacity.orders import funding_effect, orders, sharing
from riskmc.analysis.capacity.pool import pools_of
from riskmc.analysis.capacity.result import Capacity
from riskmc.errors import ArgumentError, nearest
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.simulation.arguments import check_number, check_word
from riskmc.simulation.kept_queues import kept_queues
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.periods import By, edges_by, period_name
from riskmc.simulation.rerun import part_of
from riskmc.simulation.trials import Trials

STEPS = 3
MOST_POINTS = 120  # at which a queue is looked at
_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)
_ENGINE = (
    "capacity: who waits for whom is known to the discrete-event engine alone; "
    'rm.simulate(program, engine="discrete-event"), or riskmc capacity without --engine'
)


def capacity(
    trials: Trials,
    pools: Sequence[str] = (),
    *,
    by: By = "quarter",
    steps: int = STEPS,
    what_ifs: bool = True,
    progress: Progress | None = None,
) -> Capacity:
    """Return who waits for which pool, how busy pools are, and what more and fewer units of them are worth.

    The iterations are run again, same bits, once for their event logs, and once for every what-if.

    Parameters
    ----------
    trials : Trials
        Of the discrete-event engine.
    pools : sequence of str, optional
        Identifiers of the pools to look at; default: all that some activity uses and that have a capacity.
    by : {"month", "quarter", "year"}
        The periods of utilisation and bottlenecks.
    steps : int
        The most units that the staircase adds; 0: none.
    what_ifs : bool
        Whether to run what-ifs: units more and less, each project first, no limit of funding.
    progress : callable, optional
        Called with (iterations done, iterations asked for), over all runs.

    Returns
    -------
    Capacity
        Without pools where nothing limits work.

    Raises
    ------
    ArgumentError
        Trials of the Monte Carlo engine although pools limit work, or no such pool, or period.
    """
    check_word("by", by, ("month", "quarter", "year"))
    check_number("steps", steps, 0)
    network = trials.again().network
    limited = {name for name, pool in network.program.resources.items() if pool.capacity is not None}
    for name in pools:
        if name not in limited:
            known = ", ".join(sorted(limited)) or "none"
            raise ArgumentError(f"there is no pool {name!r} with a capacity; known: {known}{nearest(name, limited)}")
    if network.dynamics is None and limited:
        raise ArgumentError(_ENGINE)
    if network.dynamics is None or not network.dynamics.pools:
        return Capacity(trials, by, funding=funding_effect(trials, progress) if what_ifs else None)
    return _answered(trials, pools, by, steps, what_ifs, progress)


def _answered(
    trials: Trials, chosen: Sequence[str], by: By, steps: int, what_ifs: bool, progress: Progress | None
) -> Capacity:
    edges, points = _times(trials, by)
    periods = _names(trials, by, edges)
    edges[0] = points[0]  # what lies before is no room for anything
    parts = 1 if not what_ifs else _parts(trials, chosen, steps)
    told = [part_of(progress, part, parts) for part in range(parts)]
    queues = kept_queues(trials.again(), edges, points, told[0])
    pools = pools_of(trials, queues, chosen)
    if not what_ifs or not pools:
        return Capacity(trials, by, periods, queues, pools)
    changeable = tuple(pool for pool in pools if pool.id in trials.again().program.resources)  # a team is a pool too
    shared, at = sharing(queues), 1 + 2 * len(changeable)
    found = gains(trials, changeable, told[1:at])
    firsts = orders(trials, shared, told[at : at + len(shared)])
    at += len(shared) + 1
    funded = funding_effect(trials, told[at - 1])
    stairs = staircase(trials, changeable, found, steps, told[at:])
    return Capacity(trials, by, periods, queues, pools, found, stairs, firsts, funded)


def _parts(trials: Trials, chosen: Sequence[str], steps: int) -> int:
    """Return how many runs there are at most: one for the logs, and one for every what-if."""
    program, dynamics = trials.again().program, trials.again().network.dynamics
    assert dynamics is not None
    pools = len(chosen) or len(dynamics.pools)
    return 2 + 2 * pools + len(program.projects) + max(0, steps - 1) * pools


def _times(trials: Trials, by: By) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the edges of the periods from the data date on, and the points, some days apart, of the queues.

    They end with the last iteration that ends by itself.
    """
    program, axis = trials.again().program, trials.again().network.axis
    first = minutes_of(trials.start if program.data_date is None else max(trials.start, program.data_date.start_like()))
    finishes = np.concatenate((trials.finish_minutes, *trials.project_finish.values()))
    last = int(finishes.max(initial=first + 1, where=finishes < axis.unix + axis.horizon - 1))
    edges = edges_by(by, first, last, program.fiscal_year_starts)
    days = (last - first) / DAY_MINUTES
    step = next((step for step in _DAYS if days / step <= MOST_POINTS), _DAYS[-1])
    return edges, np.arange(first, last, step * DAY_MINUTES, dtype=np.int64)


def _names(trials: Trials, by: By, edges: NDArray[np.int64]) -> tuple[str, ...]:
    """Return what the periods are called: ``2027 Q1``, ``FY2028``."""
    fiscal = trials.again().program.fiscal_year_starts
    return tuple(period_name(by, int(edge), fiscal) for edge in edges[:-1])

"""What a joint confidence needs: the budget for an approved date at 70%, the date for an approved budget (A4, JCL).

Exact from order statistics: give every iteration that misses the date an endless cost, and the budget needed is the
percentile of these costs; its interval is that of any percentile (A2). Where the date alone is met less often than the
level asks, no budget is enough, and there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Value
from riskmc.forecast.amount import read_amount
from riskmc.forecast.figures import chance
from riskmc.forecast.instant import finish_minutes, instant_of
from riskmc.forecast.interval import CONFIDENCE, check_share, quantile_rank, quantile_ranks
from riskmc.forecast.outcome import DATE
from riskmc.forecast.replicates import INDEPENDENT


@dataclass(frozen=True)
class Needed:
    """The lowest budget, or the earliest date, with which a level is reached together with what is ``given``.

    ``value`` is a date or currency units, None where nothing is enough, for the ``reason`` told. ``low`` and ``high``
    bound it (95%, simulation error only); an end is None where the iterations cannot bound it.
    """

    given: Value
    level: float
    value: Value | None
    low: Value | None
    high: Value | None
    reason: str = ""


def budget_needed(finish: Forecast, cost: Forecast, date: object, level: float) -> Needed:
    """Return the lowest budget that is met together with ``date`` in ``level`` of the iterations."""
    return _needed(finish, cost, date, level, "the date")


def finish_needed(finish: Forecast, cost: Forecast, budget: float | str, level: float) -> Needed:
    """Return the earliest date that is met together with ``budget`` in ``level`` of the iterations."""
    return _needed(cost, finish, budget, level, "the budget")


def _needed(given: Forecast, wanted: Forecast, value: object, level: float, what: str) -> Needed:
    """Return the lowest value of ``wanted`` that goes with ``value`` of ``given`` at a level."""
    check_share("level", level)
    if not 0 < level < 1:
        raise ArgumentError(f"level lies strictly between 0 and 1, got {level!r}")
    met = given.meets(value)
    n, held = len(wanted), np.sort(wanted.samples[met])
    rank = quantile_rank(n, level)
    low, high = _ranks(wanted, met, held, rank, level)
    reason = ""
    if rank > held.size:
        reason = f"{what} alone is met in {chance(held.size / n)} of the iterations, less than is asked for"
    ends = [_at(wanted, held, end) for end in (rank, low, high)]
    return Needed(_read(given, value), level, ends[0], ends[1], ends[2], reason)


def _ranks(wanted: Forecast, met: NDArray[np.bool_], held: NDArray[Any], rank: int, level: float) -> tuple[int, int]:
    """Return the ranks of the two ends of the interval, among the iterations that meet what is given."""
    if wanted.replicates == INDEPENDENT:
        return quantile_ranks(len(wanted), level, CONFIDENCE)
    below = met & (wanted.samples <= held[rank - 1]) if rank <= held.size else met
    return wanted.replicates.quantile_ranks(level, np.asarray(below), CONFIDENCE)


def _read(forecast: Forecast, value: object) -> Value:
    """Return what is given as a date or as an amount."""
    if forecast.unit == DATE:
        return instant_of(finish_minutes(value))
    return read_amount(forecast.label, forecast.unit, value)


def _at(forecast: Forecast, held: NDArray[Any], rank: int) -> Value | None:
    """Return the value of a rank among ``held``; None beyond it: an endless one, or none so low."""
    if not 1 <= rank <= held.size:
        return None
    sample = held[rank - 1]
    return instant_of(int(sample)) if forecast.unit == DATE else float(sample)

"""The plan's own answer: deterministic dates, total float and driving path (P1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.network.dates import Dates, dates
from riskmc.network.falling import fallen
from riskmc.network.following import Ends, follow
from riskmc.network.late import late_dates
from riskmc.network.layout import FLOAT_OF_START, LEAST_FLOAT
from riskmc.network.logic import Logic

LANES = 64


@dataclass(frozen=True, eq=False)
class PlanDates:
    """Deterministic dates of every node in minutes of the axis, total float in working minutes of its calendar.

    ``start_float`` and ``finish_float`` are late less early dates; they differ for level of effort alone. ``outputs``
    holds the finish of the program, projects and milestones; ``with_margin`` the plan with schedule margin worked,
    where there is any. ``exists`` and ``critical`` are per node, ``possible`` is what exists unless its
    dates forbid it; ``minutes`` is what each node lasts. ``durations`` and ``lags`` are what the dates were computed
    from.
    """

    start: NDArray[np.int64]
    finish: NDArray[np.int64]
    minutes: NDArray[np.int64]
    total_float: NDArray[np.int64]
    critical: NDArray[np.bool_]
    exists: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    outputs: NDArray[np.int64]
    start_float: NDArray[np.int64]
    finish_float: NDArray[np.int64]
    durations: NDArray[np.int64]
    lags: Sequence[int]
    with_margin: PlanDates | None = None


def plan_dates(
    logic: Logic,
    durations: NDArray[np.int64],
    lags: Sequence[int],
    exists: NDArray[np.bool_],
    margin: NDArray[np.int64] | None,
) -> PlanDates:
    """Return the dates of the plan: ``durations`` in working minutes by node, sampled lags and slips at ``lags``.

    ``margin`` holds the durations with schedule margin worked, or None without any. Raises HorizonError where the
    plan runs past the calendars.
    """
    with_margin = None if margin is None else _dates(logic, margin, lags, exists)
    return replace(_dates(logic, durations, lags, exists), with_margin=with_margin)


def _dates(logic: Logic, durations: NDArray[np.int64], lags: Sequence[int], exists: NDArray[np.bool_]) -> PlanDates:
    instants = dates(logic)
    pool, present, tight = _run(logic, instants, durations, lags, exists)
    critical = np.zeros((logic.layout.n, 1), np.uint64)
    logic.trace(present, tight, critical)
    starts, finishes = pool[logic.starts, 0].astype(np.int64), pool[logic.finishes, 0].astype(np.int64)
    late = late_dates(logic, pool, present)
    ends = Ends(late, late + finishes - starts)
    minutes = Ends(pool[instants.starts, 0].astype(np.int64), pool[instants.finishes, 0].astype(np.int64))
    follow(logic.layout, Ends(starts, finishes), ends, minutes, lags)
    start_float, finish_float = ends.start - starts, ends.finish - finishes
    return PlanDates(
        minutes.start, minutes.finish, finishes - starts,
        _total(logic, start_float, finish_float), (critical[:, 0] & np.uint64(1)).astype(np.bool_),
        present[:, 0].astype(np.bool_), exists.astype(np.bool_), pool[logic.outputs, 0].astype(np.int64),
        start_float, finish_float, durations, lags,
    )  # fmt: skip


def _total(logic: Logic, start_float: NDArray[np.int64], finish_float: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the total float: that of the finish, of the start, or the least, as each node's project says."""
    choice = logic.layout.nodes.float_as
    least = np.minimum(start_float, finish_float)
    return np.where(choice == FLOAT_OF_START, start_float, np.where(choice == LEAST_FLOAT, least, finish_float))


def _run(
    logic: Logic, instants: Dates, durations: NDArray[np.int64], lags: Sequence[int], exists: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint64]]:
    pool = np.zeros((instants.rows, LANES), np.int32)
    pool[logic.finishes] = durations[:, None]
    if len(lags):
        pool[logic.lags] = np.asarray(lags)[:, None]
    present = np.repeat(exists.astype(np.uint8)[:, None], LANES, axis=1)
    tight = logic.new_tight(LANES)
    beyond = logic.run(pool, present, tight)
    if beyond > 0:
        raise fallen(logic, pool, "the plan runs")
    instants.run(pool, present, tight)
    return pool, present, tight

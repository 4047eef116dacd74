"""Workspace of what happens to pools and to those who wait for them: units, outages, interruptions (event_space.py)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.dynamics.dynamics import Model


class Staff(NamedTuple):
    """By unit of `UnitTable`: where it stands, and the minutes of its next leaving or return, and of its next step.

    ``place`` is ABSENT, PRESENT or VACANT, ``stays`` how often it has come, ``step`` that of its ramp-up, ``joined`` a
    minute of the pool's clock. By pool, in thousandths: ``planned`` is the staffing plan, ``staffed`` what is left of
    it by turnover, ``level`` the sum of everything that changes a capacity, which is never below 0.
    """

    place: NDArray[np.int8]
    due: NDArray[np.int64]
    stays: NDArray[np.int64]
    step: NDArray[np.int64]
    joined: NDArray[np.int64]
    step_due: NDArray[np.int64]
    planned: NDArray[np.int64]
    staffed: NDArray[np.int64]
    level: NDArray[np.int64]


class Down(NamedTuple):
    """By outage of `OutageTable`: whether it is on, when it begins or ends, how many there were, and its working clock.

    ``left`` are the minutes of work until the next, ``since`` the minute of the pool's clock at which work began again,
    ``worn`` whether work goes on. ``stopped`` is by demand: whether the outage of its pool stops the activity.
    """

    on: NDArray[np.uint8]
    due: NDArray[np.int64]
    count: NDArray[np.int64]  # type: ignore[assignment]  # hides tuple.count, which nobody asks for
    left: NDArray[np.int64]
    since: NDArray[np.int64]
    worn: NDArray[np.uint8]
    stopped: NDArray[np.uint8]


class Interrupted(NamedTuple):
    """By node: how often it was interrupted, the thousandths of a minute lost by it and done, and a mark of victims.

    ``short`` is by pool what a request still lacks; ``sizes`` float32[sizes, B] the sizes drawn for the block.
    """

    times: NDArray[np.int64]
    waste: NDArray[np.int64]
    done: NDArray[np.int64]
    chosen: NDArray[np.uint8]
    short: NDArray[np.int64]
    sizes: NDArray[np.float32]


def new_staff(model: Model) -> Staff:
    """Return room for the units of all pools."""
    units, pools, i64 = model.units.pool.size, model.pools.capacity.size, np.int64
    shared: list[Any] = [np.zeros(pools, i64) for _ in range(3)]
    return Staff(
        np.zeros(units, np.int8), np.zeros(units, i64), np.zeros(units, i64), np.zeros(units, i64),
        np.zeros(units, i64), np.zeros(units, i64), *shared,
    )  # fmt: skip


def new_down(model: Model) -> Down:
    """Return room for the outages of all pools."""
    n, i64, u8 = model.outages.pool.size, np.int64, np.uint8
    timed: list[Any] = [np.zeros(n, i64) for _ in range(4)]
    return Down(  # type: ignore[call-arg]
        np.zeros(n, u8), *timed, np.zeros(n, u8), np.zeros(model.demands.pool.size, u8)
    )  # fmt: skip


def new_interrupted(model: Model, sizes: NDArray[np.float32]) -> Interrupted:
    """Return room for interruptions; ``sizes`` are those of the block, shared."""
    n, i64 = model.steps.order.size, np.int64
    by_node: list[Any] = [np.zeros(n, i64) for _ in range(3)]
    return Interrupted(  # type: ignore[call-arg]
        *by_node, np.zeros(n, np.uint8), np.zeros(model.pools.capacity.size, i64), sizes
    )  # fmt: skip

"""Workspace of the event kernels: the state of one replication, and the arrays by lane of one block."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.apart import PARTS
from riskmc.kernels.discrete_event.codes import COUNTERS, FULL
from riskmc.kernels.discrete_event.rework import LOOP_COUNTERS
from riskmc.kernels.lost_time import Lost
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.logic import Logic
from riskmc.simulation.coming_space import Coming, new_coming
from riskmc.simulation.event_money import Prices, Purse, new_prices, new_purse
from riskmc.simulation.manage_space import Manage, new_manage
from riskmc.simulation.pool_space import Down, Interrupted, Staff, new_down, new_interrupted, new_staff
from riskmc.simulation.rework_space import Redo, new_redo

EVENTS_PER_NODE, LEAST_EVENTS = 6, 256


class State(NamedTuple):
    """One replication, by node unless said otherwise; the kernels put it back to its beginning.

    ``pool``, ``exists``, ``possible``, ``tight`` and ``duration`` are one lane of the block's. ``phase`` is one of
    codes.py, ``missing`` how many waits are left, ``waiting`` by wait what each is for, ``holds`` whether it holds a
    finish. Minutes of the axis, -1 where there is none: ``release`` (may start), ``began``, ``due`` (the one finish
    that is not void), ``done_at``. ``work`` is in minutes, ``extra`` what was added before the start, ``left``
    thousandths of a minute, ``rate`` and ``speed`` thousandths, ``since`` a minute of the work clock, ``held`` minutes
    of the own calendar for which units were held. ``queue`` and ``fresh`` hold nodes, ``size`` how many; ``rank`` the
    place in the queue. By pool, in thousandths: ``free`` (at the end that of none, see `DemandTable`), ``capacity``,
    ``crew`` (the output of its people). ``heap`` holds events, ``log`` rows, ``count`` the counters of codes.py,
    ``drawn`` the draws float32[B, variables, occurrences],
    ``cents`` what behaviours cost: the program's, then each project's (`Model.total`), ``purse`` the money of the
    year, ``manage`` where policies stand; ``talk`` is by pool what is left of its output when new people need
    attention. ``staff``, ``down`` and ``interrupted`` what happens to pools and their users (pool_space.py). ``lost``
    is the time lost to weather and calendar risks, that of the whole block (kernels/lost_time.py).
    ``code`` holds the addresses of what is compiled apart, 0 where none has been needed.
    """

    pool: NDArray[np.int32]
    exists: NDArray[np.uint8]
    possible: NDArray[np.uint8]
    tight: NDArray[np.uint8]
    duration: NDArray[np.int32]
    phase: NDArray[np.int8]
    missing: NDArray[np.int64]
    waiting: NDArray[np.uint8]
    holds: NDArray[np.uint8]
    release: NDArray[np.int64]
    began: NDArray[np.int64]
    due: NDArray[np.int64]
    done_at: NDArray[np.int64]
    work: NDArray[np.int64]
    extra: NDArray[np.int64]
    left: NDArray[np.int64]
    rate: NDArray[np.int64]
    speed: NDArray[np.int64]
    since: NDArray[np.int64]
    held: NDArray[np.int32]
    holding: NDArray[np.uint8]
    pauses: NDArray[np.int64]
    disturbed: NDArray[np.uint8]
    lacked: NDArray[np.int64]
    priority: NDArray[np.int64]
    queue: NDArray[np.int64]
    fresh: NDArray[np.int64]
    rank: NDArray[np.int64]
    size: NDArray[np.int64]
    free: NDArray[np.int64]
    capacity: NDArray[np.int64]
    crew: NDArray[np.int64]
    heap: NDArray[np.int64]
    log: NDArray[np.int32]
    count: NDArray[np.int64]  # type: ignore[assignment]  # hides tuple.count, which nobody asks for
    drawn: NDArray[np.float32]
    cents: NDArray[np.int64]
    purse: Purse
    staff: Staff
    down: Down
    interrupted: Interrupted
    coming: Coming
    redo: Redo
    talk: NDArray[np.int64]
    manage: Manage
    lost: Lost
    code: NDArray[np.int64]


class Lanes(NamedTuple):
    """One block of replications, lane by lane: what went in, and what happened (kernels/discrete_event/block.py)."""

    pool: NDArray[np.int32]
    exists: NDArray[np.uint8]
    possible: NDArray[np.uint8]
    duration: NDArray[np.int32]
    held: NDArray[np.int32]
    began: NDArray[np.int64]
    release: NDArray[np.int64]
    done_at: NDArray[np.int64]
    tight: NDArray[np.uint8]
    critical: NDArray[np.uint8]
    outcome: NDArray[np.uint8]
    log_end: NDArray[np.int64]
    cents: NDArray[np.int64]
    arrived: NDArray[np.int64]
    loops: NDArray[np.int64]
    acts: NDArray[np.int64]
    prices: Prices


def new_state(
    logic: Logic, dynamics: Dynamics, sizes: NDArray[np.float32], events: NDArray[np.uint8], lost: Lost
) -> State:
    """Return the state of one replication, without a log and without draws.

    ``sizes``, ``events`` and ``lost`` are the block's.
    """
    n, model = logic.layout.n, dynamics.model
    pools = len(dynamics.pools)
    i64, i32, u8 = np.int64, np.int32, np.uint8
    by_node: list[Any] = [np.zeros(n, i64) for _ in range(10)]
    by_pool: list[Any] = [np.zeros(pools + more, i64) for more in (1, 0, 0)]
    return State(  # type: ignore[call-arg]
        np.zeros(logic.rows, i32), np.ones(n, u8), np.ones(n, u8), np.zeros(logic.tight_rows, u8), np.zeros(n, i32),
        np.zeros(n, np.int8), np.zeros(n, i64), np.zeros(model.waits.before.size, u8),
        np.zeros(model.waits.before.size, u8),
        *by_node, np.zeros(n, i32), np.zeros(n, u8), np.zeros(n, i64),
        np.zeros(n, u8), np.zeros(n, i64), np.zeros(n, i64), np.zeros(n, i64), np.zeros(n, i64), np.zeros(n, i64),
        np.zeros(2, i64), *by_pool,
        np.zeros(max(LEAST_EVENTS, EVENTS_PER_NODE * n), i64), np.zeros((0, 4), i32), np.zeros(COUNTERS, i64),
        np.zeros((1, 0, 0), np.float32), np.zeros(1 + model.total.max(initial=0), i64),
        new_purse(n, model.funding.minute.size), new_staff(model), new_down(model), new_interrupted(model, sizes),
        new_coming(model, n, events), new_redo(model), np.full(pools, FULL, i64),
        new_manage(model.policies.every.size, n, logic.rows, logic.tight_rows), lost,
        np.zeros(len(PARTS), i64),
    )  # fmt: skip


def new_lanes(logic: Logic, dynamics: Dynamics, lanes: int) -> Lanes:
    """Return the arrays of a block of so many replications."""
    n, i64, i32, u8 = logic.layout.n, np.int64, np.int32, np.uint8
    minutes: list[Any] = [np.zeros((lanes, n), i64) for _ in range(3)]
    return Lanes(  # type: ignore[call-arg]
        np.zeros((lanes, logic.rows), i32), np.zeros((lanes, n), u8), np.zeros((lanes, n), u8),
        np.zeros((lanes, n), i32), np.zeros((lanes, n), i32), *minutes,
        np.zeros((lanes, logic.tight_rows), u8), np.zeros((lanes, n), u8), np.zeros(lanes, u8),
        np.zeros(lanes, i64), np.zeros((lanes, 1 + dynamics.model.total.max(initial=0)), i64),
        np.zeros((lanes, dynamics.model.arrivals.interval.size), i64),
        np.zeros((lanes, dynamics.model.rework.node.size, LOOP_COUNTERS), i64),
        np.zeros((lanes, dynamics.model.policies.every.size, 2), i64),
        new_prices(n if dynamics.priced else 0, dynamics.model.funding.minute.size, lanes),
    )  # fmt: skip

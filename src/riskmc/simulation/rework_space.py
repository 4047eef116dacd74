"""Workspace of rework: where gates and approvals stand in a replication, and how much is done again (D9)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.rework import APPROVAL_COUNTERS, LOOP_COUNTERS, REDONE, REDOS, WAIVED
from riskmc.network.dynamics.dynamics import Model
from riskmc.network.network import Network


class Redo(NamedTuple):
    """Rework of one replication: by loop and by approval the counters of kernels/discrete_event/rework.py.

    By member ``awaited``, whether its loop waits for it, and ``again``, whether the last failure reached it. By node
    ``judged``, how many loops have let it through, and ``minutes`` of its work done again.
    """

    loops: NDArray[np.int64]
    approvals: NDArray[np.int64]
    awaited: NDArray[np.uint8]
    again: NDArray[np.uint8]
    judged: NDArray[np.int64]
    minutes: NDArray[np.int64]


def new_redo(model: Model) -> Redo:
    """Return the rework of one replication."""
    rework, n = model.rework, model.rework.first.size
    return Redo(
        np.zeros((rework.node.size, LOOP_COUNTERS), np.int64),
        np.zeros((model.approvals.loop.size, APPROVAL_COUNTERS), np.int64),
        np.zeros(rework.member.size, np.uint8), np.zeros(rework.member.size, np.uint8),
        np.zeros(n, np.int64), np.zeros(n, np.int64),
    )  # fmt: skip


def scale_redraws(network: Network, factors: NDArray[np.float32], drawn: NDArray[np.float32]) -> None:
    """Multiply durations drawn anew, in ``drawn`` float32[B, variables, occurrences], by the factors of the iteration.

    ``factors`` are the rows of drivers and risks by lane. A redo takes as much longer as the first time did; days that
    a risk adds to the whole duration are not lost again.
    """
    assert network.dynamics is not None
    rework, durations = network.dynamics.model.rework, network.durations
    for member in np.flatnonzero(rework.anew >= 0).tolist():
        node = rework.member[member]
        rows = durations.factor[durations.factor_ptr[node] : durations.factor_ptr[node + 1]]
        drawn[:, rework.anew[member], :] *= factors[rows].prod(axis=0)[:, None]


def add_rework(loops: NDArray[np.int64], sums: NDArray[np.int64]) -> None:
    """Add the counters of some lanes, int64[lanes, loops, counters], to the sums by loop.

    Those are lanes in which it failed, failures that sent work back, lanes with a failure waived, and minutes done
    again.
    """
    failed = (loops[:, :, REDOS] > 0) | (loops[:, :, WAIVED] > 0)
    sums[:, 0] += np.count_nonzero(failed, axis=0)
    sums[:, 1] += loops[:, :, REDOS].sum(axis=0)
    sums[:, 2] += np.count_nonzero(loops[:, :, WAIVED], axis=0)
    sums[:, 3] += loops[:, :, REDONE].sum(axis=0)

"""Workspace of rework: where gates and approvals stand in a replication, and how much is done again (D9)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.rework import APPROVAL_COUNTERS, LOOP_COUNTERS
from riskmc.network.dynamics.dynamics import Model


class Redo(NamedTuple):
    """Rework of one replication: by loop and by approval the counters of kernels/discrete_event/rework.py.

    By member ``awaited``, whether its loop waits for it, and ``again``, whether the last failure reached it; by what
    lies behind a loop whether it is ``stopped``. By node ``judged``, how many loops have let it through, and
    ``minutes`` of its work done again.
    """

    loops: NDArray[np.int64]
    approvals: NDArray[np.int64]
    awaited: NDArray[np.uint8]
    again: NDArray[np.uint8]
    stopped: NDArray[np.uint8]
    judged: NDArray[np.int32]
    minutes: NDArray[np.int64]


def new_redo(model: Model) -> Redo:
    """Return the rework of one replication."""
    rework, n = model.rework, model.rework.first.size
    return Redo(
        np.zeros((rework.node.size, LOOP_COUNTERS), np.int64),
        np.zeros((model.approvals.loop.size, APPROVAL_COUNTERS), np.int64),
        np.zeros(rework.member.size, np.uint8), np.zeros(rework.member.size, np.uint8),
        np.zeros(rework.behind.size, np.uint8), np.zeros(n, np.int32), np.zeros(n, np.int64),
    )  # fmt: skip

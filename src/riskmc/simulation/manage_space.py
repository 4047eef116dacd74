"""Workspace of policies: where each stands, what managers see, what overtime does to activities (event_space.py)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.policies import FIRST, TIMES


class Manage(NamedTuple):
    """Policies in one replication.

    By policy: ``stands`` is IDLE, DECIDED or ACTING, ``times`` how often it has decided, ``since`` when it began to
    act, ``late`` the minutes of its reason, ``step`` how far those hired have learnt (-1: nobody is there), ``joined``
    the minute of their clock at which they came. By node: ``pay`` what an hour costs besides, ``errors`` the factor on
    chances to fail, ``paid_to`` the minutes for which overtime is paid. ``seen``, ``there`` and ``tight`` are the dates
    that managers see; ``reviews`` is how many are planned and how many were held, ``happened`` by policy how much else
    had happened at its last, ``acts`` by policy how often it has acted, and the minute at which it first did.
    """

    stands: NDArray[np.int64]
    times: NDArray[np.int64]
    since: NDArray[np.int64]
    late: NDArray[np.int64]
    step: NDArray[np.int64]
    joined: NDArray[np.int64]
    pay: NDArray[np.float64]
    errors: NDArray[np.float64]
    paid_to: NDArray[np.int64]
    seen: NDArray[np.int32]
    there: NDArray[np.uint8]
    tight: NDArray[np.uint8]
    reviews: NDArray[np.int64]
    happened: NDArray[np.int64]
    acts: NDArray[np.int64]


def new_manage(policies: int, nodes: int, rows: int, tight_rows: int) -> Manage:
    """Return the workspace of so many policies."""
    stands, times, since, late, step, joined = np.zeros((6, policies), np.int64)
    seen, there, tight = np.zeros(rows, np.int32), np.zeros(nodes, np.uint8), np.zeros(tight_rows, np.uint8)
    return Manage(
        stands, times, since, late, step, joined, np.zeros(nodes), np.ones(nodes), np.zeros(nodes, np.int64),
        seen, there, tight, np.zeros(2, np.int64), np.zeros(policies, np.int64),
        np.zeros((policies, 2), np.int64),
    )  # fmt: skip


def add_acts(acts: NDArray[np.int64], sums: NDArray[np.int64]) -> None:
    """Add what policies did in some lanes, int64[lanes, policies, 2], to the sums by policy.

    Those are lanes in which it acted, how often it did, and the minutes at which it first did.
    """
    acted = acts[:, :, TIMES] > 0
    sums[:, 0] += np.count_nonzero(acted, axis=0)
    sums[:, 1] += acts[:, :, TIMES].sum(axis=0)
    sums[:, 2] += np.where(acted, acts[:, :, FIRST], 0).sum(axis=0)

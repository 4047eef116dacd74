"""Lost time in one replication: the same good minutes as in the static pass; all days of the block are drawn by now."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import LANE
from riskmc.kernels.lost_time import end_at, good_before, start_at
from riskmc.kernels.rows import CAP


@apart
def good_by(model: Any, state: Any, t: Any, k: Any) -> Any:  # noqa: ARG001
    """Return the good minutes before index ``k`` of table ``t``."""
    lost, i = state.lost, state.count[LANE]
    return np.int64(good_before(lost.weather, lost.risks, t, lost.lane[i], i, np.int64(k)))


@apart
def opens_by(model: Any, state: Any, t: Any, good: Any) -> Any:  # noqa: ARG001
    """Return the index of the good minute of table ``t`` that has so many before it."""
    lost, i = state.lost, state.count[LANE]
    return np.int64(start_at(lost.weather, lost.risks, t, lost.lane[i], i, np.int64(good)))


@apart
def over_by(model: Any, state: Any, t: Any, good: Any) -> Any:  # noqa: ARG001
    """Return the first index of table ``t`` with so many good minutes before it."""
    lost, i = state.lost, state.count[LANE]
    return np.int64(end_at(lost.weather, lost.risks, t, lost.lane[i], i, np.int64(good)))


@linked
def work_of(model: Any, state: Any, a: Any) -> Any:
    """Return the minutes of work between the start and the finish of node ``a``: those that are not lost."""
    start, end, t = np.int64(state.pool[a]), np.int64(state.pool[state.phase.size + a]), np.int64(model.steps.loses[a])
    if t < 0 or end <= start:
        return max(end - start, np.int64(0))
    return good_by(model, state, t, end) - good_by(model, state, t, start)


@linked
def stretch(model: Any, state: Any, t: Any, a: Any, bound: Any, early: Any, pool: Any) -> None:
    """Carry out STRETCH of kernels/weather.py on node ``a`` of one iteration; of table -1 no time is lost."""
    finish, k = state.phase.size + a, np.int64(pool[a])
    work = max(np.int64(pool[finish]), np.int64(0))
    least = np.int64(pool[bound]) if bound >= 0 else k
    end = max(k + work, least)
    start, same = end - work, end - work
    if t >= 0 and work > 0:
        good = good_by(model, state, t, k)
        end = over_by(model, state, t, good + work)
        if least > end:
            end = least
            good = good_by(model, state, t, end) - work
        start, same = opens_by(model, state, t, good), over_by(model, state, t, good)
    pool[a], pool[early], pool[finish] = np.int32(start), np.int32(same), np.int32(min(end, np.int64(CAP)))


__all__ = ["good_by", "opens_by", "over_by", "stretch", "work_of"]

"""Work clocks: on which minutes an activity is worked on, and when so many of them are over.

A work clock is a calendar (that of the activity, cut by those of its pools), on which minute k of work starts at S[k]
and F[k] is the end of minute k - 1 (network/worktime.py); instants are minutes of the 24-hour axis. On the clock of
work that loses time to weather or calendar risks only good minutes count.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.losing import good_by, opens_by, over_by
from riskmc.kernels.discrete_event.steps import convert

_START, _FINISH = np.int64(0), np.int64(1)


@linked
def worked_by(model: Any, state: Any, clock: Any, minute: Any) -> Any:
    """Return the minutes of a work clock before an instant."""
    table, t = model.clocks.from_axis[clock], model.clocks.lost[clock]
    k = np.int64(minute) if table < 0 else convert(model.steps, table, minute, _START)
    return k if t < 0 else good_by(model, state, t, k)


@linked
def opens_at(model: Any, state: Any, clock: Any, k: Any) -> Any:
    """Return the instant at which minute ``k`` of a work clock starts."""
    table, t = model.clocks.to_axis[clock], model.clocks.lost[clock]
    index = np.int64(k if t < 0 else opens_by(model, state, t, k))
    return index if table < 0 else convert(model.steps, table, index, _START)


@linked
def over_at(model: Any, state: Any, clock: Any, k: Any) -> Any:
    """Return the instant at which ``k`` minutes of a work clock are over; just beyond the axis if it has no so many."""
    table, t = model.clocks.to_axis[clock], model.clocks.lost[clock]
    index = np.int64(k if t < 0 else over_by(model, state, t, k))
    if index > model.clocks.last[clock]:
        return np.int64(model.limits.last_minute + 1)
    return index if table < 0 else convert(model.steps, table, index, _FINISH)

"""Work clocks: on which minutes an activity is worked on, and when so many of them are over.

A work clock is a calendar (that of the activity, cut by those of its pools), on which minute k of work starts at S[k]
and F[k] is the end of minute k - 1 (network/worktime.py); instants are minutes of the 24-hour axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import inner
from riskmc.kernels.discrete_event.codes import LATEST
from riskmc.kernels.discrete_event.steps import convert

_START, _FINISH = np.int64(0), np.int64(1)


@inner
def worked_by(model: Any, state: Any, clock: Any, minute: Any) -> Any:
    """Return the minutes of a work clock before an instant."""
    table = model.clocks.from_axis[clock]
    return np.int64(minute) if table < 0 else convert(model.steps, table, minute, _START)


@inner
def opens_at(model: Any, state: Any, clock: Any, k: Any) -> Any:
    """Return the instant at which minute ``k`` of a work clock starts."""
    table = model.clocks.to_axis[clock]
    return _noted(model, state, clock, k) if table < 0 else convert(
        model.steps, table, _noted(model, state, clock, k), _START
    )  # fmt: skip


@inner
def over_at(model: Any, state: Any, clock: Any, k: Any) -> Any:
    """Return the instant at which ``k`` minutes of a work clock are over."""
    table = model.clocks.to_axis[clock]
    return _noted(model, state, clock, k) if table < 0 else convert(
        model.steps, table, _noted(model, state, clock, k), _FINISH
    )  # fmt: skip


@inner
def _noted(model: Any, state: Any, clock: Any, k: Any) -> Any:
    """Return ``k`` and note how far it lies beyond the last minute of its calendar, if it does."""
    beyond = np.int64(k) - model.clocks.last[clock]
    if beyond > state.count[LATEST]:
        state.count[LATEST] = beyond
    return np.int64(k)

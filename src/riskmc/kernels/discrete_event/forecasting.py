"""What managers see: a forecast from planned durations and reported progress, never from what is still to come (K7).

Work that runs reports the share of its planned duration that has passed, at most 90% until it is done; work that has
not begun is believed to last as planned. The forecast is one forward pass over the network with these.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import BEYOND, DONE, NOW, NOWHERE, STATUS
from riskmc.kernels.discrete_event.steps import convert, evaluate
from riskmc.kernels.discrete_event.work import finish_of, own_index, start_of

_UNREPORTED = 10  # the last tenth of running work is never reported as done


@linked
def forecast(model: Any, state: Any, y: Any) -> Any:
    """Return the instant at which the last goal of a policy is believed to finish.

    What is believed past the calendars asks for longer ones; of the longest it is the end (D8).
    """
    seen, policies, beyond = state.manage.seen, model.policies, False
    for row in range(seen.size):
        seen[row] = state.pool[row]
    for a in range(state.phase.size):
        state.manage.there[a] = policies.there[a]
    for i in range(model.steps.order.size):
        a = model.steps.order[i]
        if state.phase[a] != DONE and _believe(model, state, a):
            beyond = True
    if beyond:
        if not model.limits.final:
            state.count[STATUS] = BEYOND
        return np.int64(model.limits.last_minute)
    latest = np.int64(0)
    for j in range(policies.goal_ptr[y], policies.goal_ptr[y + 1]):
        latest = max(latest, finish_of(model, policies.goal[j], seen))
    return latest


@linked
def _believe(model: Any, state: Any, a: Any) -> Any:
    """Put the believed dates of a node into the pool that is seen; return whether they lie past the calendars."""
    seen, n, now = state.manage.seen, state.phase.size, state.count[NOW]
    planned = model.policies.planned[a]
    if state.began[a] != NOWHERE:
        passed = own_index(model, a, now) - own_index(model, a, state.began[a])
        left = max(planned - passed, (planned + _UNREPORTED - 1) // _UNREPORTED)
        _finish_at(model, state, a, own_index(model, a, now) + left)
        return _is_past(model, a, seen[n + a])
    seen[n + a] = np.int32(planned)
    beyond = evaluate(model, state, a, seen, state.manage.there, state.manage.tight, np.int64(0))
    if start_of(model, a, seen) < now:
        seen[a] = np.int32(own_index(model, a, now))
        _finish_at(model, state, a, seen[a] + planned)
    return beyond > 0 or _is_past(model, a, seen[n + a])


@linked
def _is_past(model: Any, a: Any, k: Any) -> Any:
    """Return whether the calendar of a node ends before minute ``k`` of it is over."""
    table = model.steps.start_table[a]
    last = np.int64(model.limits.last_minute) if table < 0 else model.steps.slots[table, 1]
    return np.int64(k) - 1 > last


@linked
def _finish_at(model: Any, state: Any, a: Any, k: Any) -> None:
    """Let a node be seen to finish after minute ``k`` of its calendar."""
    seen, table = state.manage.seen, model.steps.start_table[a]
    seen[state.phase.size + a] = np.int32(k)
    if model.steps.moment_row[a] >= 0:
        seen[model.steps.moment_row[a]] = np.int32(k if table < 0 else convert(model.steps, table, k, np.int64(1)))


__all__ = ["forecast"]

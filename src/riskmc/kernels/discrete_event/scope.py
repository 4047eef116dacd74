"""Scope creep: work that grows while it is done, as compound interest does, from its start to its finish.

Whenever an activity would finish, the growth since it was last looked at is added to what is left, until nothing is:
every such finish lies before the true one, and they rise to it. Source: docs/method/scope.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import FULL, GREW, NOW, NOWHERE
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.work import book, plan_finish

_MOST = 1e12  # thousandths of a minute: what never ends grows no further


@apart
def grows_on(model: Any, state: Any, a: Any) -> Any:
    """Let the work of an activity grow that would finish now; return whether it must go on."""
    first, last = model.growth.ptr[a], model.growth.ptr[a + 1]
    if first == last or state.rate[a] <= 0 or not state.exists[a]:
        return False
    book(model, state, a)
    _grow(model, state, a)
    if state.left[a] > 0:
        plan_finish(model, state, a)
        return True
    log(state, GREW, model.growth.entry[first], state.coming.grown[a] // FULL)
    return False


@linked
def _grow(model: Any, state: Any, a: Any) -> None:
    """Add the growth since the last time, on all the work there is."""
    coming, growth = state.coming, model.growth
    since, factor = coming.grown_at[a], np.float64(1.0)
    if since == NOWHERE:
        since = max(state.began[a], growth.after[a])
    for j in range(growth.ptr[a], growth.ptr[a + 1]):
        until = min(state.count[NOW], growth.until[j])
        factor *= _factor(growth.powers[j], max(until - since, np.int64(0)))
    whole = np.float64((state.work[a] + state.extra[a]) * FULL + coming.grown[a])
    more = np.int64(np.floor(min(whole * (factor - 1.0), _MOST) + 0.5))
    coming.grown[a] = min(coming.grown[a] + more, np.int64(_MOST))
    state.left[a] += more
    coming.grown_at[a] = max(since, state.count[NOW])


@linked
def _factor(powers: Any, minutes: Any) -> Any:
    """Return the growth over so many minutes: the product of that over the binary digits of their number."""
    rest, factor = min(np.int64(minutes), (np.int64(1) << np.int64(powers.size)) - 1), np.float64(1.0)
    for bit in range(powers.size):
        if rest & (np.int64(1) << np.int64(bit)):
            factor *= powers[bit]
    return factor

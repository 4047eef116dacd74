"""Capacity of a pool: the sum of its staffing, of units that are out, and of units lent for a time, never below 0.

Each cause adds its own change and takes it back, so that their order does not matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import CAPACITY_SET
from riskmc.kernels.discrete_event.record import log


@linked
def change_capacity(state: Any, p: Any, units: Any) -> None:
    """Add thousandths of a unit to a pool, or take them; what runs goes on, though it may hold more than there is."""
    level = state.staff.level
    level[p] += units
    capacity = max(level[p], np.int64(0))
    if capacity != state.capacity[p]:
        state.free[p] += capacity - state.capacity[p]
        state.capacity[p] = capacity
        log(state, CAPACITY_SET, p, capacity)

"""The draws of one replication, by occurrence: read here, never made in the course of events (D6).

``state.drawn`` float32[B, variables, occurrences] was drawn ahead (network/dynamics/occurrences.py). Who reads an
occurrence beyond it gets 0, and the replication runs again, from its beginning, with twice as many: the same bits.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import LANE, MORE_DRAWS, STATUS


@linked
def size(state: Any, row: Any, k: Any) -> Any:
    """Return draw ``k``, from 0, of the size in ``row``, as a float64: minutes, a share, a count."""
    if k >= state.drawn.shape[2]:
        state.count[STATUS] = MORE_DRAWS
        return np.float64(0.0)
    return np.float64(state.drawn[state.count[LANE], row, k])


@linked
def whole(state: Any, row: Any, k: Any) -> Any:
    """Return draw ``k`` of the size in ``row`` as a whole number, at least 0, rounded half up: minutes, or a count."""
    return max(np.int64(np.floor(size(state, row, k) + 0.5)), np.int64(0))


@linked
def comes_true(state: Any, row: Any, k: Any, threshold: Any) -> Any:
    """Return whether occurrence ``k``, from 0, of the chance in ``row`` comes true; ``threshold`` as in events.py."""
    return size(state, row, k) < np.float64(threshold)


@linked
def chance_below(score: Any) -> Any:
    """Return the chance that a normal score lies below this one."""
    return 0.5 * math.erfc(-np.float64(score) / math.sqrt(2.0))

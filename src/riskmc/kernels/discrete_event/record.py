"""The event log of a replication: rows of (minute, kind, entity, value), written by both engines alike (D9)."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import LOG, MORE_LOG, NOW, STATUS


@linked
def log(state: Any, kind: Any, entity: Any, value: Any) -> None:
    """Write what happens now, where a log is kept; without room the replication ends with MORE_LOG."""
    rows = state.log
    if rows.shape[0] == 0:
        return
    at = state.count[LOG]
    if at == rows.shape[0]:
        state.count[STATUS] = MORE_LOG
        return
    rows[at, 0] = np.int32(state.count[NOW])
    rows[at, 1] = np.int32(kind)
    rows[at, 2] = np.int32(entity)
    rows[at, 3] = np.int32(value)
    state.count[LOG] = at + 1

"""Quality gates: when the work of an activity is done it is tested, and a failure sends work back.

At pass k, from 1, the gate fails with the chance of that pass (its draw is occurrence k - 1). The first ``at_most``
failures send work back (kernels/discrete_event/rework.py); one after them is waived. The test itself takes no time.
"""

from __future__ import annotations

from typing import Any

from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import GATE_FAILED, GATE_WAIVED
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.rework import PASSES, REDOS, WAIVED, fails, let_through, may_judge, send_back


@apart
def judge(model: Any, state: Any, loop: Any) -> Any:
    """Test the work of an activity; return whether nothing stands between it and its finish any more."""
    if not may_judge(model, state, loop):
        return False
    a, counters = model.rework.node[loop], state.redo.loops
    counters[loop, PASSES] += 1
    number = counters[loop, PASSES]
    if fails(model, state, loop, number, number - 1):
        if counters[loop, REDOS] < model.rework.at_most[loop]:
            log(state, GATE_FAILED, a, number)
            send_back(model, state, loop)
            return False
        log(state, GATE_WAIVED, a, number)
        counters[loop, WAIVED] += 1
    return let_through(model, state, loop)

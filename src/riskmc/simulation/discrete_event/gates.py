"""Quality gates: when the work of an activity is done it is tested, and a failure sends work back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import GATE_FAILED, GATE_WAIVED
from riskmc.simulation.discrete_event.loops import Loop

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.rework import Rework


def judge(rework: Rework, loop: Loop) -> bool:
    """Test the work of an activity; return whether nothing stands between it and its finish any more."""
    if not rework.may_test(loop):
        return False
    loop.passes += 1
    score = rework.draws.size(loop.rule.chance, loop.passes - 1)
    if rework.replication.measures.fails(rework.activity(loop), score, loop.threshold(loop.passes)):
        if loop.redos < loop.rule.at_most:
            rework.replication.log(GATE_FAILED, loop.rule.node, loop.passes)
            rework.send_back(loop)
            return False
        rework.replication.log(GATE_WAIVED, loop.rule.node, loop.passes)
        loop.waived += 1
    return rework.let_through(loop)

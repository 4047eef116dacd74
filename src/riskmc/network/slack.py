"""Slack: total float to the finish of the iteration itself, whatever dates the plan holds itself to (N6).

The total float of a plan is measured to its constraints, its deadline or its project, as its tool does. What a delay
of an activity would do to the finish of an iteration is told by the float to that finish alone: so every late cap and
deadline is taken out, and open ends may last until the latest finish of all.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import numpy as np

from riskmc.network.late import Late, build_late
from riskmc.network.layout import NONE
from riskmc.network.logic import Logic


def build_slack(logic: Logic) -> Late:
    """Return the backward pass from the finish of each iteration; it runs in a pool in which ``logic`` has run."""
    nodes, layout = logic.layout.nodes, copy(logic.layout)
    none = np.full(layout.n, NONE, np.int64)
    layout.nodes = replace(
        nodes,
        late_start_cap=none,
        late_finish_cap=none.copy(),
        late_minute=none.copy(),
        late_output=np.where(nodes.late_output == 0, 0, len(layout.outputs) - 1),
        open_end_critical=np.zeros(layout.n, np.bool_),
    )
    return build_late(replace(logic, layout=layout))

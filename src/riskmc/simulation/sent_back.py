"""What gates and approvals sent back, from the sums of a run over its iterations."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.simulation.trials import Rework


def rework_told(network: Network, sums: NDArray[np.int64], n: int) -> tuple[Rework, ...]:
    """Return what each gate, and each approval that may reject, sent back, from the sums over ``n`` iterations."""
    if network.dynamics is None:
        return ()
    table, found = network.dynamics.model.rework, []
    for loop, (failed, redos, waived, minutes) in enumerate(sums.tolist()):
        if table.chance[loop] >= 0:
            task = network.tasks[table.node[loop]]
            kind: Literal["gate", "approval"] = "gate" if table.approval[loop] < 0 else "approval"
            days = minutes / n / _day_of_rework(network, loop)
            found.append(Rework(kind, task.path, failed / n, redos / n, waived / n, days))
    return tuple(found)


def _day_of_rework(network: Network, loop: int) -> float:
    """Return the minutes of a working day of the first activity that a loop sends back."""
    assert network.dynamics is not None
    table = network.dynamics.model.rework
    members = table.member[table.member_ptr[loop] : table.member_ptr[loop + 1]]
    first = network.tasks[int(members[0]) if members.size else int(table.node[loop])]
    return network.axis.calendars[first.calendar].day_minutes

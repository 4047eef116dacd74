"""Deadlock: which activities of a replication can never start, and which units each lacks (D8)."""

from __future__ import annotations

import numpy as np

from riskmc.kernels.discrete_event.codes import AT_GATE, DONE, QUEUED, SUSPENDED
from riskmc.network.dynamics.approvals import ApprovalTable
from riskmc.network.dynamics.pools import DemandTable
from riskmc.network.network import Network
from riskmc.simulation.event_space import State

MOST_NAMED = 5


def blocked_text(network: Network, state: State, iteration: int) -> str:
    """Return the message of a replication in which nothing can happen any more though work is left."""
    stuck = [a for a in range(len(network.tasks)) if state.phase[a] in (QUEUED, SUSPENDED, AT_GATE)]
    stuck = stuck or [a for a in range(len(network.tasks)) if state.phase[a] != DONE]
    told = [_lack(network, state, a) for a in stuck[:MOST_NAMED]]
    more = [f"and {len(stuck) - MOST_NAMED} more"] if len(stuck) > MOST_NAMED else []
    return f"iteration {iteration} can never finish: {'; '.join(told + more)}"


def _lack(network: Network, state: State, a: int) -> str:
    assert network.dynamics is not None
    model = network.dynamics.model
    path, found = network.tasks[a].path, []
    if state.phase[a] == AT_GATE:
        for p in np.flatnonzero(model.rework.node[model.approvals.loop] == a).tolist():
            found = _needs(network, state, model.approvals, p)
        return f"{path} waits for approvers: {', '.join(found)}" if found else f"{path} waits for work done again"
    found = _needs(network, state, model.demands, a)
    return f"{path} needs {', '.join(found)}" if found else f"{path} waits for what never comes"


def _needs(network: Network, state: State, table: DemandTable | ApprovalTable, row: int) -> list[str]:
    """Return which units of a row of demands are not there."""
    assert network.dynamics is not None
    needs = range(table.ptr[row], table.ptr[row + 1])
    short = [d for d in needs if state.free[table.pool[d]] < table.units[d]]
    names = network.dynamics.pools
    return [
        f"{table.units[d] / 1000:g} of {names[table.pool[d]]} ({state.free[table.pool[d]] / 1000:g} free)"
        for d in short
    ]

"""Deadlock: which activities of a replication can never start, and which units each lacks (D8)."""

from __future__ import annotations

import numpy as np

from riskmc.errors import DeadlockError
from riskmc.kernels.discrete_event.codes import AT_GATE, DONE, QUEUED, SUSPENDED
from riskmc.network.dynamics.approvals import ApprovalTable
from riskmc.network.dynamics.pools import DemandTable
from riskmc.network.network import Network
from riskmc.program.pool_end import ends
from riskmc.simulation.event_space import State

MOST_NAMED = 5


def blocked(network: Network, state: State, whose: str) -> DeadlockError:
    """Return the error of a replication in which nothing can happen any more though work is left.

    ``whose`` is what it is called: the plan, or iteration 7. Its path is the staffing plan that ends, where one does.
    """
    stuck = [a for a in range(len(network.tasks)) if state.phase[a] in (QUEUED, SUSPENDED, AT_GATE)]
    stuck = stuck or [a for a in range(len(network.tasks)) if state.phase[a] != DONE]
    told = [_lack(network, state, a) for a in stuck[:MOST_NAMED]]
    more = [f"and {len(stuck) - MOST_NAMED} more"] if len(stuck) > MOST_NAMED else []
    ended = next((pool for a in stuck for pool in _ended(network, state, a)), None)
    path = "" if ended is None else f"resources.{ended}.staffing"
    return DeadlockError(f"{whose} can never finish: {'; '.join(told + more)}", path)


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
    names = network.dynamics.pools
    return [
        f"{table.units[d] / 1000:g} of {names[table.pool[d]]} ({state.free[table.pool[d]] / 1000:g} free"
        f"{_for_good(network, names[table.pool[d]], table.units[d] / 1000)})"
        for d in _short(state, table, row)
    ]


def _short(state: State, table: DemandTable | ApprovalTable, row: int) -> list[int]:
    """Return the demands of a row for which there are too few units."""
    return [d for d in range(table.ptr[row], table.ptr[row + 1]) if state.free[table.pool[d]] < table.units[d]]


def _for_good(network: Network, pool: str, units: float) -> str:
    """Return from when on a pool never has so many units by its plan, or an empty text."""
    end = ends(network.program.resources[pool], units)
    return "" if end is None else f", and by its staffing plan never more than {end[1]:g} from {end[0]} on"


def _ended(network: Network, state: State, a: int) -> list[str]:
    """Return the pools whose staffing plan keeps an activity, or its approval, from ever having enough units."""
    assert network.dynamics is not None
    model, names = network.dynamics.model, network.dynamics.pools
    loops = np.flatnonzero(model.rework.node[model.approvals.loop] == a).tolist()
    rows = [(model.demands, a)] if state.phase[a] != AT_GATE else [(model.approvals, p) for p in loops]
    short = [(names[table.pool[d]], table.units[d] / 1000) for table, row in rows for d in _short(state, table, row)]
    return [pool for pool, units in short if ends(network.program.resources[pool], units) is not None]

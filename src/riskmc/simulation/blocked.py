"""Deadlock: which activities of a replication can never start, and which units each lacks (D8)."""

from __future__ import annotations

from riskmc.kernels.discrete_event.codes import DONE, QUEUED, SUSPENDED
from riskmc.network.network import Network
from riskmc.simulation.event_space import State

MOST_NAMED = 5


def blocked_text(network: Network, state: State, iteration: int) -> str:
    """Return the message of a replication in which nothing can happen any more though work is left."""
    stuck = [a for a in range(len(network.tasks)) if state.phase[a] in (QUEUED, SUSPENDED)]
    stuck = stuck or [a for a in range(len(network.tasks)) if state.phase[a] != DONE]
    told = [_lack(network, state, a) for a in stuck[:MOST_NAMED]]
    more = [f"and {len(stuck) - MOST_NAMED} more"] if len(stuck) > MOST_NAMED else []
    return f"iteration {iteration} can never finish: {'; '.join(told + more)}"


def _lack(network: Network, state: State, a: int) -> str:
    assert network.dynamics is not None
    demands, pools = network.dynamics.model.demands, network.dynamics.pools
    needs = [
        f"{demands.units[d] / 1000:g} of {pools[demands.pool[d]]} ({state.free[demands.pool[d]] / 1000:g} free)"
        for d in range(demands.ptr[a], demands.ptr[a + 1])
        if state.free[demands.pool[d]] < demands.units[d]
    ]
    path = network.tasks[a].path
    return f"{path} needs {', '.join(needs)}" if needs else f"{path} waits for what never comes"

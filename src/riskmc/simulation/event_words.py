"""The event log in words: what happened, to which activity, pool, risk or policy, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from riskmc.kernels.discrete_event import codes
from riskmc.network.network import Network

Event = tuple[int, int, int, int]
_OF_AN_ACTIVITY = {
    codes.ELIGIBLE: "may start", codes.STARTED: "starts", codes.FINISHED: "finishes", codes.STOPPED: "is interrupted",
    codes.RESUMED: "goes on with its units", codes.TO_REDO: "is to be redone in part",
    codes.GATE_FAILED: "fails its gate", codes.GATE_WAIVED: "passes its gate by a waiver",
    codes.PAUSED_BY: "is paused", codes.WENT_ON: "goes on", codes.WORK_ADDED: "gets more work",
    codes.RATE_SET: "changes its rate", codes.ASKED: "asks for approval", codes.REJECTED: "is rejected",
    codes.OUT_OF_MONEY: "runs out of money", codes.UNITS_MOVED: "takes units or gives them back",
}  # fmt: skip
_OF_OTHERS = {
    codes.CAPACITY_SET: "pool {name} has another capacity", codes.STRUCK: "risk {name} strikes",
    codes.GREW: "scope entry {name} grows", codes.ACTED: "policy {name} acts", codes.FUNDED: "money is released",
}  # fmt: skip


def event_text(network: Network, event: Event | None) -> str:
    """Return an event in words, with its minute, kind, entity and value; ``nothing more`` for None."""
    if event is None:
        return "nothing more"
    minute, kind, entity, value = event
    at = datetime(1970, 1, 1) + timedelta(minutes=minute + network.axis.unix)
    return f"{at:%Y-%m-%d %H:%M} {_told(network, kind, entity)} ({value})"


def _told(network: Network, kind: int, entity: int) -> str:
    if kind in _OF_AN_ACTIVITY:
        name = network.tasks[entity].path if entity < len(network.tasks) else f"node {entity}"
        return f"{name} {_OF_AN_ACTIVITY[kind]}"
    pools = network.dynamics.pools if network.dynamics is not None else ()
    name = pools[entity] if kind == codes.CAPACITY_SET and entity < len(pools) else str(entity)
    return _OF_OTHERS.get(kind, f"event {kind} of {{name}}").format(name=name)

"""The event log in words: what happened, to which activity, pool, risk or policy, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from riskmc.kernels.discrete_event import codes
from riskmc.network.network import Network

Event = tuple[int, int, int, int]
_OF_AN_ACTIVITY = {
    codes.ELIGIBLE: "may start", codes.STARTED: "starts", codes.FINISHED: "finishes", codes.STOPPED: "is interrupted",
    codes.RESUMED: "goes on with its units", codes.TO_REDO: "is to be done again in part: {days}",
    codes.GATE_FAILED: "fails its gate, pass {value}", codes.GATE_WAIVED: "passes its gate by a waiver",
    codes.PAUSED_BY: "is paused", codes.WENT_ON: "goes on", codes.WORK_ADDED: "gets {days} more work",
    codes.RATE_SET: "changes its rate", codes.ASKED: "asks {value} for approval",
    codes.REJECTED: "is rejected (no. {value})", codes.OVERRULED: "is approved as it is",
    codes.OUT_OF_MONEY: "runs out of money", codes.UNITS_MOVED: "takes units or gives them back",
    codes.WORK_LOST: "loses {days} of work by it", codes.TAKEN_BACK: "waits again for what is done again",
    codes.DECIDES: "is before an approver", codes.DECIDED: "has a decision",
}  # fmt: skip
_OF_OTHERS = {
    codes.CAPACITY_SET: "pool {name} has another capacity", codes.STRUCK: "risk {name} strikes (no. {value})",
    codes.GREW: "scope entry {name} grows", codes.ACTED: "policy {name} acts", codes.ENDED: "policy {name} ends",
    codes.FUNDED: "money of {name} is released",
}  # fmt: skip


def event_text(network: Network, event: Event | None) -> str:
    """Return an event in words, with its minute, kind, entity and value; ``nothing more`` for None."""
    if event is None:
        return "nothing more"
    minute, kind, entity, value = event
    at = datetime(1970, 1, 1) + timedelta(minutes=minute + network.axis.unix)
    return f"{at:%Y-%m-%d %H:%M} {event_told(network, kind, entity, value)} ({value})"


def event_told(network: Network, kind: int, entity: int, value: int) -> str:
    """Return what happened, without its minute: ``build.test fails its gate, pass 1``. Days are working days."""
    if kind in _OF_AN_ACTIVITY:
        inside = entity < len(network.tasks)
        name = network.tasks[entity].path if inside else f"node {entity}"
        day = network.axis.calendars[network.tasks[entity].calendar].day_minutes if inside else 1440
        return f"{name} {_OF_AN_ACTIVITY[kind]}".format(value=value, days=f"{value / day:.1f} d")
    known = _names(network, kind)
    name = known[entity] if entity < len(known) else str(entity)
    return _OF_OTHERS.get(kind, f"event {kind} of {{name}}").format(name=name, value=value)


def _names(network: Network, kind: int) -> Sequence[str]:
    """Return what the entities of a kind are called, by number."""
    program, dynamics = network.program, network.dynamics
    if dynamics is None:
        return ()
    named = {
        codes.CAPACITY_SET: dynamics.pools, codes.STRUCK: dynamics.risks, codes.GREW: sorted(program.scope),
        codes.ACTED: sorted(program.policies), codes.ENDED: sorted(program.policies),
    }  # fmt: skip
    return named.get(kind, ())

"""Course: what happened in one iteration of the discrete-event engine, besides work that starts and finishes (D9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.figures import span
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.kernels.discrete_event import codes
from riskmc.network.network import Network
from riskmc.simulation.event_words import event_told
from riskmc.simulation.kept_logs import event_log
from riskmc.simulation.rerun import Rerun

_BEGUN = (codes.STARTED, codes.RESUMED)
_QUIET = frozenset({
    codes.FINISHED, codes.CAPACITY_SET, codes.RATE_SET, codes.WENT_ON, codes.UNITS_MOVED, codes.TAKEN_BACK,
    codes.DECIDES, codes.DECIDED,
})  # fmt: skip
"""What follows from something else that is told, or is told better by a table of its own."""


class Incident(NamedTuple):
    """Something that happened, local time, and in words; ``risk`` is the risk that struck, None for all else."""

    at: datetime
    told: str
    risk: str | None = None


def course(rerun: Rerun, number: int) -> tuple[Incident, ...]:
    """Return what happened in an iteration, in order: waits, interruptions, rework, arrivals, actions of policies.

    Nothing for the Monte Carlo engine, in which nothing happens but work.
    """
    if rerun.network.dynamics is None:
        return ()
    return tuple(_incidents(rerun.network, event_log(rerun, number)))


def _incidents(network: Network, log: NDArray[np.int32]) -> Iterator[Incident]:
    ready: dict[int, int] = {}
    for minute, kind, entity, value in log.tolist():
        at = instant_of(minute + network.axis.unix)
        if kind in (codes.ELIGIBLE, codes.STOPPED):
            ready[entity] = minute
        if kind in _BEGUN:
            waited = minute - ready.get(entity, minute)
            if waited and value >= 0:
                yield Incident(at, _wait(network, entity, waited, value))
        elif kind not in _QUIET and kind != codes.ELIGIBLE:
            yield Incident(at, event_told(network, kind, entity, value), _risk(network, kind, entity))


def _wait(network: Network, node: int, minutes: int, pool: int) -> str:
    assert network.dynamics is not None
    waited = f"{minutes} min" if minutes < 60 else span(minutes / DAY_MINUTES)
    waited = f"{minutes / 60:.0f} h" if 60 <= minutes < DAY_MINUTES else waited
    return f"{network.tasks[node].path} has waited {waited} for {network.dynamics.pools[pool]}"


def _risk(network: Network, kind: int, entity: int) -> str | None:
    assert network.dynamics is not None
    return network.dynamics.risks[entity] if kind == codes.STRUCK else None


__all__ = ["Incident", "course"]

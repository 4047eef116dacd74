"""Agreement: the event kernel and the simpy reference run on the same draws, and compared event by event (D0 to D9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.simulation.blocks import LANES
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.montecarlo import Progress

Event = tuple[int, int, int, int]


@dataclass(frozen=True)
class Divergence:
    """Where two event logs part: the iteration, and what each says next (None: it says nothing more)."""

    iteration: int
    kernel: Event | None
    reference: Event | None


@dataclass(frozen=True)
class EventAgreement:
    """In how many iterations both implementations tell the same: every event, every date, every cent."""

    iterations: int
    agree: int
    events: int
    first: Divergence | None = None


def compare_events(
    network: Network, seed: int, iterations: int, stratified: bool = False, progress: Progress | None = None
) -> EventAgreement:
    """Return how far the kernel and the reference agree on the first ``iterations`` of a compiled program."""
    kernel, reference = (kind(network, seed, None, stratified, logs=True) for kind in (EventBlock, ReferenceBlock))
    agree = events = 0
    first: Divergence | None = None
    for block in range(-(-iterations // LANES)):
        lanes = min(LANES, iterations - block * LANES)
        for one in (kernel, reference):
            one.run(block, 0, lanes)
        for lane in range(lanes):
            said = kernel.log(lane)
            events += len(said)
            same = np.array_equal(said, reference.log(lane)) and _same_outcome(kernel, reference, lane)
            agree += same
            if not same and first is None:
                first = _parting(block * LANES + lane, said, reference.log(lane))
        if progress is not None:
            progress(block * LANES + lanes, iterations)
    return EventAgreement(iterations, agree, events, first)


def _same_outcome(kernel: EventBlock, reference: EventBlock, lane: int) -> bool:
    """Return whether dates, held minutes, driving chains and money are the same in a lane."""
    chosen: list[Callable[[EventBlock], NDArray[np.generic]]] = [
        lambda one: one.pool[one.network.logic.starts, lane],
        lambda one: one.pool[one.network.logic.finishes, lane],
        lambda one: one.pool[one.network.logic.outputs, lane],
        lambda one: one.space.held[lane],
        lambda one: one.totals[:, lane],
        lambda one: one.space.critical[lane],
        lambda one: one.space.outcome[lane : lane + 1],
    ]
    return all(np.array_equal(of(kernel), of(reference)) for of in chosen)


def _parting(iteration: int, kernel: NDArray[np.int32], reference: NDArray[np.int32]) -> Divergence:
    both = min(len(kernel), len(reference))
    differs = np.flatnonzero((kernel[:both] != reference[:both]).any(axis=1))
    at = int(differs[0]) if differs.size else both
    return Divergence(iteration, _event(kernel, at), _event(reference, at))


def _event(log: NDArray[np.int32], at: int) -> Event | None:
    if at >= len(log):
        return None
    minute, kind, entity, value = (int(number) for number in log[at])
    return minute, kind, entity, value

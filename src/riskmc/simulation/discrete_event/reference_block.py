"""Blocks run by the simpy reference: the same draws in, the same arrays and the same log out as with the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from riskmc.errors import DeadlockError
from riskmc.kernels.discrete_event.codes import BEYOND, CENSORED, FINE, LOG, MORE_DRAWS
from riskmc.simulation.blocked import blocked
from riskmc.simulation.discrete_event.ending import Beyond, Blocked, MoreDraws
from riskmc.simulation.discrete_event.losing import Good
from riskmc.simulation.discrete_event.replication import Iteration, Replication
from riskmc.simulation.discrete_event.scene import Scene
from riskmc.simulation.event_block import FIRST_LOG, EventBlock


@dataclass(eq=False)
class ReferenceBlock(EventBlock):
    """Workspace of one thread of the discrete-event engine, with simpy in the place of the kernel."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.scene = Scene(self.dynamics)

    def _happen(self, first: int, last: int) -> None:
        """Run the replications, one after the other."""
        self.state.count[LOG] = 0
        while first < last:
            try:
                replication = self._replicate(first)
            except MoreDraws:
                self._provide(MORE_DRAWS, first)
                continue
            except Beyond:
                self._provide(BEYOND, first)
            if self._may_grow(replication):
                self._provide(BEYOND, first)
            self._leave(replication, first)
            replication.end()
            first += 1

    def _may_grow(self, replication: Replication) -> bool:
        """Return whether the replication ran off an axis that can be made longer."""
        limits = self.dynamics.model.limits
        return not limits.final and (replication.censored_at or 0) > limits.last_minute

    def _replicate(self, lane: int) -> Replication:
        space = self.space
        replication = Replication(self.scene, Iteration(
            space.pool[lane].tolist(), space.exists[lane].tolist(), space.possible[lane].tolist(),
            [0] * space.tight.shape[1],
            space.duration[lane].tolist(), self.state.drawn[lane], self.events[:, lane].tolist(),
            self._prices(lane), self.values[:, lane].tolist(), self._good(lane),
        ), self.logs)  # fmt: skip
        self._attach(replication, lane)
        try:
            replication.run()
        except Blocked:
            raise self._blocked(replication, lane) from None
        return replication

    def _attach(self, replication: Replication, lane: int) -> None:
        """Let others decide in a replication; here nobody does."""

    def _prices(self, lane: int) -> tuple[list[int], list[int], list[int]]:
        """Return what every node costs, what of that no date changes, and what nobody spends, by release."""
        prices, none = self.space.prices, [0] * self.network.nodes
        whole, fixed, lump = (column[lane].tolist() for column in prices)
        return whole or none, fixed or none, lump

    def _good(self, lane: int) -> Sequence[Good]:
        """Return the minutes that are not lost, by table."""
        if self.losing is None:
            return ()
        lost = (self.losing.stretches(t, lane) for t in range(self.losing.thinning.site.size))
        return [Good(weather).without(taken) for weather, taken in lost]

    def _blocked(self, replication: Replication, lane: int) -> DeadlockError:
        state = self.state
        for a in replication.activities:
            state.phase[a.number] = a.phase
        state.free[: len(self.dynamics.pools)] = replication.dispatcher.free
        return blocked(self.network, state, self._called(lane))

    def _leave(self, replication: Replication, lane: int) -> None:
        """Put what happened where the kernel puts it."""
        space, dates = self.space, replication.dates
        space.outcome[lane] = FINE if replication.censored_at is None else CENSORED
        space.pool[lane] = dates.pool
        space.exists[lane], space.tight[lane] = bytearray(dates.exists), bytearray(dates.tight)
        space.held[lane] = [a.held for a in replication.activities]
        space.began[lane] = [a.began for a in replication.activities]
        space.release[lane] = [a.release for a in replication.activities]
        space.done_at[lane] = [a.done_at for a in replication.activities]
        space.cents[lane] = replication.cents
        for loop in replication.rework.loops:
            space.loops[lane, loop.number] = loop.counters
        for one in replication.measures.every[: space.acts.shape[1]]:
            space.acts[lane, one.number] = one.times, one.first
        space.arrived[lane] = [exposure.arrived for exposure in replication.arrivals.exposures]
        self._write(replication)
        space.log_end[lane] = self.state.count[LOG]

    def _write(self, replication: Replication) -> None:
        if not self.logs:
            return
        first = int(self.state.count[LOG])
        last = first + len(replication.events)
        while last > len(self.state.log):
            more = np.zeros((max(FIRST_LOG, len(self.state.log)), 4), np.int32)
            self.state = self.state._replace(log=np.concatenate((self.state.log, more)))
        flat = np.fromiter(chain.from_iterable(replication.events), np.int32, 4 * (last - first))
        self.state.log[first:last] = flat.reshape(-1, 4)
        self.state.count[LOG] = last

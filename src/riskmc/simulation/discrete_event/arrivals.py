"""Arrivals: what strikes again and again, one occurrence after the other (D4, D6)."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import AT_GATE, DONE, FULL, HELD, NOWHERE, RUNNING, STRUCK
from riskmc.network.dynamics.arrivals import PACE
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.exposure import IDLE, Exposure, standing
from riskmc.simulation.discrete_event.hits import Hits

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

_LONGEST = 1e9


class Arrivals:
    """The sources of a replication, and the activities that they watch."""

    def __init__(self, replication: Replication):
        self.replication, self.draws = replication, replication.draws
        self.hits = Hits(replication)
        self.exposures = [Exposure(replication, source, self.come) for source in replication.scene.sources]
        self.of: dict[int, list[Exposure]] = {}
        for exposure in self.exposures:
            for a in exposure.source.slots:
                self.of.setdefault(a, []).append(exposure)
        self.watched: dict[int, int] = {}

    def begin(self) -> None:
        """Draw how far away the first arrival of every source is."""
        for exposure in self.exposures:
            self._draw_gap(exposure)

    def expose(self, a: Activity) -> None:
        """Look at an activity that begins, or goes on, from now on."""
        if a.number in self.of:
            self.watched.setdefault(a.number, IDLE)

    def watch(self) -> None:
        """After each dispatch: tell the sources what has changed."""
        touched: dict[int, Exposure] = {}
        for number, before in list(self.watched.items()):
            a = self.replication.activities[number]
            now = standing(a)
            self.watched[number] = now
            if now == IDLE:
                del self.watched[number]
            for exposure in self.of[number] if now != before else ():
                if exposure.see(a, before, now):
                    touched[exposure.source.number] = exposure
        for _, exposure in sorted(touched.items()):
            exposure.retime()

    def come(self, exposure: Exposure) -> None:
        """Let what is due happen: an arrival, or the turn of a season."""
        exposure.take()
        if exposure.gap <= 0:
            source, k = exposure.source, exposure.arrived
            exposure.arrived += 1
            if source.risk:
                self.replication.log(STRUCK, source.entity, k + 1)
            if source.chance < 0 or self.draws.comes_true(source.chance, k, source.threshold):
                self.hits.strike(source, k, self._cost_of_lateness(exposure))
            self._draw_gap(exposure)
        exposure.plan()

    def _draw_gap(self, exposure: Exposure) -> None:
        """Add the exposure until the next arrival, less what the last came too late on its whole minute."""
        source, k = exposure.source, exposure.arrived
        if k < source.most:
            minutes = source.every if source.interval < 0 else self.draws.size(source.interval, k)
            exposure.gap += floor(max(min(minutes, _LONGEST), 0.0) * PACE + 0.5)

    def _cost_of_lateness(self, exposure: Exposure) -> float:
        """Return what a change costs now, of one at the start: in proportion to progress."""
        late = exposure.source.late
        there = [a for a in map(self.replication.activities.__getitem__, exposure.source.slots) if a.exists]
        whole, left = sum(map(_work_of, there)), sum(map(self._left_of, there))
        return 1.0 if late == 1.0 or whole <= 0 else 1.0 + (late - 1.0) * ((whole - left) / whole)

    def _left_of(self, a: Activity) -> int:
        """Return the work that is left, in thousandths of a minute."""
        if a.phase in (AT_GATE, DONE, HELD):
            return 0
        if a.began == NOWHERE:
            return _work_of(a)
        done = max(self.replication.work.done_by(a) - a.since, 0) * a.rate if a.phase == RUNNING else 0
        return min(max(a.left - done, 0), _work_of(a))


def _work_of(a: Activity) -> int:
    """Return all the work of an activity, done or not, in thousandths of a minute."""
    return ((a.duration if a.began == NOWHERE else a.work) + a.extra) * FULL + a.grown

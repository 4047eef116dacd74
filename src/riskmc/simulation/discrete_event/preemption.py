"""Pre-emption: work of a strictly better priority takes units from running work, where pool and both allow it (D5).

Victims are those with the worst priority, among them those who began last, until the request fits completely; where
it would not fit even so, nobody is disturbed. What was done in vain is the victim's waste.
"""

from __future__ import annotations

from collections import Counter
from math import floor
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import FULL, PAUSED, RUNNING, WORK_LOST
from riskmc.network.dynamics.preemption import CONTINUE, REDRAW
from riskmc.simulation.discrete_event.activity import Activity

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


def gives_way(a: Activity) -> tuple[int, int, int]:
    """Return the order in which activities give way, the last first: worst priority, latest start, the rule's order."""
    return a.priority, a.began, a.order


class Preemption:
    """Who may interrupt whom, and what interrupted work does on its return."""

    def __init__(self, replication: Replication, sizes: list[float]):
        self.replication, self.table, self.sizes = replication, replication.scene.model.preemption, sizes
        self.interruptions: Counter[int] = Counter()

    def make_room(self, a: Activity) -> bool:
        """Take from running work the units that an activity lacks, if all can be had; return whether it now fits."""
        victims = self._victims(a)
        for victim in sorted(victims or (), key=lambda one: one.number):
            self._interrupt(victim, a)
        return victims is not None

    def _victims(self, a: Activity) -> list[Activity] | None:
        """Return whose units are to be taken; None where they would not be enough."""
        free = self.replication.dispatcher.free
        short = Counter({p: units - free[p] for p, units in a.demands})
        if not self.table.interrupts[a.number]:
            return None
        if not all(self.table.taken[p] for p, lack in short.items() if lack > 0):
            return None
        victims: list[Activity] = []
        ready = [v for v in self.replication.activities if self._may_interrupt(a, v)]
        for v in sorted(ready, key=gives_way, reverse=True):
            if any(short[p] > 0 for p, _ in v.demands):
                victims.append(v)
                short.subtract(dict(v.demands))
        return victims if all(short[p] <= 0 for p, _ in a.demands) else None

    def _may_interrupt(self, a: Activity, v: Activity) -> bool:
        allowed = v.holding and v.phase in (RUNNING, PAUSED) and self.table.interruptible[v.number]
        return bool(allowed and v.priority > a.priority)

    def _interrupt(self, v: Activity, by: Activity) -> None:
        """Suspend a victim, and say what is lost and what is left to do."""
        self.replication.dispatcher.suspend(v, by.number)
        self.interruptions[v.number] += 1
        lost = set_up = int(self.table.set_up[v.number]) * FULL
        if self.table.resumes[v.number] == CONTINUE:
            v.left += set_up
        else:
            lost += v.done
            whole = (self._anew(v) + v.extra) * FULL
            v.left = set_up + (v.left + v.done if v.redone else whole)  # sent back: what it was sent back to do
            v.done = 0
        if lost > 0:
            self.replication.log(WORK_LOST, v.number, lost // FULL)

    def _anew(self, v: Activity) -> int:
        """Return the minutes of what begins again: the same, or in the proportion of a new draw to the first."""
        value = int(self.table.value[v.number])
        if self.table.resumes[v.number] != REDRAW or value < 0 or self.sizes[value] <= 0:
            return v.work
        draw = self.replication.draws.size(int(self.table.row[v.number]), self.interruptions[v.number])
        drawn = float(self.table.offset[v.number]) + float(self.table.scale[v.number]) * draw
        return max(floor(v.work * drawn / self.sizes[value] + 0.5), 1)

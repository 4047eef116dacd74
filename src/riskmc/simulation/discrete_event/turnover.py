"""Staffing in time: the plan's changes, units that leave and are replaced, and how the new grow into their work.

Every unit of a pool has draws of its own (D6): stay k, then vacancy k. Who leaves finishes what runs first. A unit that
the plan takes away takes its turnover with it; one that comes back begins a new stay. Who is new ramps up in steps; a
pool works at the mean output of its people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import CAPACITY, FULL, NOWHERE, RAMP, TURNOVER

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


@dataclass(slots=True, eq=False)
class Unit:
    """One unit of a pool: planned from ``place`` units on; ``leaves`` and ``vacancy`` are rows of draws, or -1."""

    number: int
    pool: int
    place: int
    leaves: int
    vacancy: int
    present: bool = False
    vacant: bool = False
    stays: int = 0
    due: int = NOWHERE
    joined: int = 0
    step: int = 0
    step_due: int = NOWHERE


class Staffing:
    """The people of all pools."""

    def __init__(self, replication: Replication):
        self.replication, self.scene = replication, replication.scene
        self.units = [Unit(u, *row) for u, row in enumerate(self.scene.people)]
        self.of, self.steps = [[self.units[u] for u in places] for places in self.scene.places], self.scene.ramps
        self.planned, self.staffed = list(self.scene.capacity), list(self.scene.capacity)

    def begin(self) -> None:
        """Let all who are planned be there, in full command of their work, and plan the changes of the plan."""
        for unit in self.units:
            if unit.place * FULL <= self.planned[unit.pool]:
                self._stay(unit, self.scene.model.units.begin)
                unit.step = len(self.steps[unit.pool])
        staffing = self.scene.model.staffing
        changes = zip(staffing.minute.tolist(), staffing.pool.tolist(), staffing.units.tolist(), strict=True)
        for k, (minute, pool, units) in enumerate(changes):
            self.replication.agenda.call(minute, CAPACITY, k, partial(self.set_plan, pool, units))

    def set_plan(self, p: int, capacity: int) -> None:
        """Let the plan of a pool change: those who are new join, those with the highest numbers go."""
        self.planned[p] = capacity
        for unit in self.of[p]:
            if unit.place * FULL > capacity:
                unit.present = unit.vacant = False
                unit.due = unit.step_due = NOWHERE
            elif not (unit.present or unit.vacant):
                self._join(unit)
        self._restaff(p)

    def _turn_over(self, unit: Unit) -> None:
        """Let a unit leave, or be replaced by one that is new."""
        if unit.due != self.replication.now:
            return
        if unit.present:
            unit.present, unit.vacant, unit.step_due = False, True, NOWHERE
            self._plan(unit, self.replication.now, self._draw(unit.vacancy, unit.stays - 1))
        else:
            self._join(unit)
        self._restaff(unit.pool)

    def _join(self, unit: Unit) -> None:
        self._stay(unit, self.replication.now)
        unit.step, unit.joined = 0, self.scene.pool_index(unit.pool, self.replication.now)
        self._plan_step(unit)

    def _stay(self, unit: Unit, minute: int) -> None:
        """Let a unit be there, and plan when it leaves."""
        unit.present, unit.vacant = True, False
        if unit.leaves >= 0:
            self._plan(unit, minute, self._draw(unit.leaves, unit.stays))
        unit.stays += 1

    def _draw(self, row: int, k: int) -> int:
        return max(self.replication.draws.whole(row, k), 1)

    def _plan(self, unit: Unit, minute: int, minutes: int) -> None:
        unit.due = self.scene.later(unit.pool, minute, minutes)
        self.replication.agenda.call(unit.due, TURNOVER, unit.number, lambda: self._turn_over(unit))

    def _plan_step(self, unit: Unit) -> None:
        """Plan the end of a unit's step; after the last one there is none."""
        unit.step_due = NOWHERE
        if unit.step < len(self.steps[unit.pool]):
            ends, _ = self.steps[unit.pool][unit.step]
            unit.step_due = self.scene.pool_instant(unit.pool, unit.joined + ends)
            self.replication.agenda.call(unit.step_due, RAMP, unit.number, lambda: self._step_up(unit))

    def _step_up(self, unit: Unit) -> None:
        if unit.step_due == self.replication.now:
            unit.step += 1
            self._plan_step(unit)
            self._settle_output(unit.pool)

    def _restaff(self, p: int) -> None:
        """Bring the capacity of a pool to its plan less the vacant places, and its output to those who are there."""
        staffed = self.planned[p] - FULL * sum(unit.vacant for unit in self.of[p])
        change, self.staffed[p] = staffed - self.staffed[p], staffed
        self.replication.dispatcher.change_capacity(p, change)
        self._settle_output(p)

    def _settle_output(self, p: int) -> None:
        """Let all who work with a pool work at the mean output of its people."""
        steps = self.steps[p]
        if not steps:
            return
        outputs = [steps[unit.step][1] if unit.step < len(steps) else FULL for unit in self.of[p] if unit.present]
        self.replication.crew[p] = sum(outputs) // len(outputs) if outputs else FULL
        for a in self.replication.users[p]:
            self.replication.work.change_rate(a)

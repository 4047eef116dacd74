"""Pools and one dispatcher: units are taken of all pools at once or not at all, in one total order (D3, D5)."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import (
    CAPACITY_SET,
    FULL,
    NOWHERE,
    RESUMED,
    RUNNING,
    STARTED,
    STOPPED,
    SUSPENDED,
    UNITS_MOVED,
    WAKE,
)
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.scene import START

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


class Dispatcher:
    """The queue of what may start, and the free units of every pool, in thousandths."""

    def __init__(self, replication: Replication):
        scene = replication.scene
        self.replication, self.interrupts = replication, scene.interrupts
        self.plain, self.on_axis = scene.plain, scene.on_axis
        self.work, self.dates, self.logs = replication.work, replication.dates, replication.logs
        self.queue: list[tuple[int, bool, int, int, Activity]] = []
        self.fresh: list[Activity] = []
        self.capacity, self.free, self.level = list(scene.capacity), list(scene.capacity), list(scene.capacity)
        self.strict = bool(scene.model.ranks.strict)
        self.binds, self.exposes, self.steady = replication.funding.binds, bool(scene.sources), scene.steady

    def add(self, a: Activity) -> None:
        """Put an activity before the next dispatch."""
        self.fresh.append(a)

    def leave(self, a: Activity) -> None:
        """Take an activity out of the queue."""
        self.queue = [place for place in self.queue if place[-1] is not a]
        self.fresh[:] = [other for other in self.fresh if other is not a]

    def rank_anew(self) -> None:
        """Let all that waits be ranked anew by the next dispatch."""
        self.fresh += [a for *_, a in self.queue]
        self.queue = []

    def dispatch(self) -> None:
        """Start, in order, everything eligible that fits, until nothing new has become eligible."""
        while True:
            if self.fresh:
                for a in self.fresh:  # by priority, suspended before new, in the rule's order
                    insort(self.queue, (a.priority, a.phase != SUSPENDED, a.order, a.number, a))
                self.fresh.clear()
            queue, self.queue = self.queue, (waiting := [])
            blocked = False
            for place in queue:
                a = place[4]
                if not blocked and self._may_start(a):
                    self.begin(a)
                else:
                    blocked = self.strict
                    waiting.append(place)
            if not self.fresh:
                return

    def _may_start(self, a: Activity) -> bool:
        """Return whether an activity can start now: all pools have the units, and its clock runs; note who lacks."""
        if self.binds and not self.replication.funding.affords(a):
            return False
        if not a.work and a.began == NOWHERE:
            return True
        if a.pauses:
            return False
        enough, free = True, self.free
        if a.exists:
            for p, units in a.demands:
                if free[p] < units:
                    a.lacked, enough = p, False
            if not enough and not self.interrupts[a.number]:
                return False
        now = self.replication.now
        if a.release != now or not self.plain[a.number]:
            opens = self.work.opens(a)
            if opens > now:
                self._wake_at(a, opens)
                return False
        return enough or self.replication.preemption.make_room(a)

    def _wake_at(self, a: Activity, opens: int) -> None:
        """Look at a queued activity again when its clock opens; once is enough."""
        if a.due != opens:
            a.due = opens
            self.replication.agenda.call(opens, WAKE, a.number, lambda: None)  # the dispatch that follows looks at it

    def give_back(self, a: Activity) -> None:
        """Give the units of an activity back."""
        if a.holding:
            self.move(a, -1)

    def move(self, a: Activity, sign: int) -> None:
        """Take the units of an activity out of their pools, or with a negative sign put them back."""
        free, demands, k = self.free, a.demands, self.replication.now
        a.holding = sign > 0
        for p, units in demands:
            free[p] -= sign * units
        if not self.binds or not self.replication.funding.accounts[a.number].unpaid:
            a.held -= sign * (k if self.on_axis[a.number] else self.dates.index(a.number, k))
        if self.logs and demands:
            self.replication.log(UNITS_MOVED, a.number, int(sign > 0))
        if self.binds:
            self.replication.funding.move(a)

    def begin(self, a: Activity) -> None:
        """Start an activity, or go on with it."""
        again = a.began != NOWHERE
        if not again:
            a.left = (a.work + (a.extra if a.exists else 0)) * FULL
            if self.binds:
                self.replication.funding.open_standing(a)
        if a.left > 0 and a.exists and not a.holding:
            self.move(a, 1)
        a.phase = RUNNING
        if self.logs:
            self.replication.log(RESUMED if again else STARTED, a.number, a.lacked)
        a.lacked = NOWHERE
        a.rate = FULL if self.steady and not a.pauses else self.work.rate(a)
        a.since = self.work.done_by(a)
        if self.exposes:
            self.replication.arrivals.expose(a)
        if again:
            self.work.plan_finish(a)
        else:
            self._begin_first(a)

    def _begin_first(self, a: Activity) -> None:
        """Plan the finish of what starts for the first time: as computed, where nothing came between (D0)."""
        replication, number = self.replication, a.number
        now = a.began = replication.now
        if not a.priority:
            a.priority = replication.scene.own_priority[number]
        delayed = now > a.release or a.disturbed
        if delayed and (a.work or a.left == 0):
            self.dates.set_start(number, now)
            a.disturbed |= a.left == 0  # what lasts nothing finishes when it begins, not when it could have
        if a.left == 0 and self.binds:
            replication.funding.pay_at_once(a)
        if a.left == 0 or (not delayed and a.rate == FULL and not a.extra and self.plain[number]):
            finish = self.dates.finish(number)
            a.due = finish if finish > now else now
            self.work.plan(a)
        else:
            self.work.plan_finish(a)
        if waiting := replication.scene.awaiting_start[number]:
            replication.readiness.notify(waiting, START)

    def change_capacity(self, p: int, units: int) -> None:
        """Add units to a pool, or take them; what runs goes on, though it may hold more than there is."""
        self.level[p] += units
        self.set_capacity(p, max(self.level[p], 0))

    def suspend(self, a: Activity, by: int) -> None:
        """Stop an activity and give its units back; it waits for them in the queue. An outage stops it no more."""
        if a.phase == RUNNING:
            self.replication.work.book(a)
        self.replication.outages.forget(a)
        a.rate, a.due, a.disturbed, a.phase = 0, NOWHERE, True, SUSPENDED
        self.replication.log(STOPPED, a.number, by)
        self.give_back(a)
        self.add(a)

    def set_capacity(self, p: int, units: int) -> None:
        """Set the capacity of a pool; what runs goes on, though it may hold more than there is."""
        if units != self.capacity[p]:
            self.free[p] += units - self.capacity[p]
            self.capacity[p] = units
            self.replication.log(CAPACITY_SET, p, units)

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
from riskmc.simulation.discrete_event.readiness import START

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


class Dispatcher:
    """The queue of what may start, and the free units of every pool, in thousandths."""

    def __init__(self, replication: Replication):
        self.replication = replication
        self.queue: list[Activity] = []
        self.fresh: list[Activity] = []
        self.capacity = list(replication.scene.capacity)
        self.free = list(replication.scene.capacity)
        self.level = list(replication.scene.capacity)
        self.strict = bool(replication.scene.model.ranks.strict)

    def add(self, a: Activity) -> None:
        """Put an activity before the next dispatch."""
        self.fresh.append(a)

    def leave(self, a: Activity) -> None:
        """Take an activity out of the queue."""
        self.queue = [other for other in self.queue if other is not a]
        self.fresh = [other for other in self.fresh if other is not a]

    def dispatch(self) -> None:
        """Start, in order, everything eligible that fits, until nothing new has become eligible."""
        while True:
            fresh, self.fresh = self.fresh, []
            for a in fresh:
                insort(self.queue, a, key=self._rank)
            self._scan()
            if not self.fresh:
                return

    def _rank(self, a: Activity) -> tuple[int, bool, int]:
        """Return the place in the queue: priority, suspended before new, the rule's order."""
        return a.priority, a.phase != SUSPENDED, a.order

    def _scan(self) -> None:
        queue, self.queue = self.queue, []
        blocked = False
        for a in queue:
            if not blocked and self._may_start(a):
                self.begin(a)
            else:
                blocked = blocked or self.strict
                self.queue.append(a)

    def _may_start(self, a: Activity) -> bool:
        """Return whether an activity can start now: every pool has the units, and its clock runs."""
        if not self.replication.funding.affords(a):
            return False
        if not a.work and a.began == NOWHERE:
            return True
        if a.pauses:
            return False
        enough = self.fits(a)
        if not enough and not self.replication.scene.model.preemption.interrupts[a.number]:
            return False
        now = self.replication.now
        opens = now
        if a.release != now or not self.replication.scene.plain[a.number]:
            opens = self.replication.work.opens(a)
        if opens > now:
            self._wake_at(a, opens)
            return False
        return enough or self.replication.preemption.make_room(a)

    def _wake_at(self, a: Activity, opens: int) -> None:
        """Look at a queued activity again when its clock opens; once is enough."""
        if a.due != opens:
            a.due = opens
            self.replication.agenda.at(opens, WAKE, a.number)

    def fits(self, a: Activity) -> bool:
        """Return whether all pools have the units an activity needs; note the last one that has not."""
        lacking = [p for p, units in a.demands if self.free[p] < units] if a.exists else []
        if lacking:
            a.lacked = lacking[-1]
        return not lacking

    def take(self, a: Activity) -> None:
        """Take the units of an activity of all pools at once."""
        if a.left > 0 and a.exists and not a.holding:
            self._move(a, 1)

    def give_back(self, a: Activity) -> None:
        """Give the units of an activity back."""
        if a.holding:
            self._move(a, -1)

    def _move(self, a: Activity, sign: int) -> None:
        a.holding = sign > 0
        for p, units in a.demands:
            self.free[p] -= sign * units
        if not self.replication.funding.accounts[a.number].unpaid:
            a.held -= sign * self.replication.dates.index(a.number, self.replication.now)
        if a.demands:
            self.replication.log(UNITS_MOVED, a.number, int(a.holding))
        self.replication.funding.move(a)

    def begin(self, a: Activity) -> None:
        """Start an activity, or go on with it."""
        again = a.began != NOWHERE
        if not again:
            a.left = (a.work + (a.extra if a.exists else 0)) * FULL
            self.replication.funding.open_standing(a)
        self.take(a)
        a.phase = RUNNING
        self.replication.log(RESUMED if again else STARTED, a.number, a.lacked)
        a.lacked = NOWHERE
        a.rate, a.since = self.replication.work.rate(a), self.replication.work.done_by(a)
        self.replication.arrivals.expose(a)
        if again:
            self.replication.work.plan_finish(a)
        else:
            self._begin_first(a)

    def _begin_first(self, a: Activity) -> None:
        """Plan the finish of what starts for the first time: as computed, where nothing came between (D0)."""
        now, dates = self.replication.now, self.replication.dates
        a.began = now
        a.priority = a.priority or int(self.replication.scene.model.ranks.own[a.number])
        delayed = now > a.release
        if delayed and a.work:
            dates.set_start(a.number, now)
        plain = self.replication.scene.plain[a.number]
        if a.left == 0:
            self.replication.funding.pay_at_once(a)
        if a.left == 0 or (not delayed and a.rate == FULL and not a.extra and plain):
            a.due = max(dates.finish(a.number), now)
            self.replication.work.start(a)
        else:
            self.replication.work.plan_finish(a)
        self.replication.readiness.notify(a, START)

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
        self.replication.work.disturb(a)

    def set_capacity(self, p: int, units: int) -> None:
        """Set the capacity of a pool; what runs goes on, though it may hold more than there is."""
        if units != self.capacity[p]:
            self.free[p] += units - self.capacity[p]
            self.capacity[p] = units
            self.replication.log(CAPACITY_SET, p, units)

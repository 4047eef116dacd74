"""Work in progress: what is left, and a rate; a change of it plans the finish anew and voids the old one (D1, D2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import COMPLETION as _COMPLETION
from riskmc.kernels.discrete_event.codes import (
    FULL,
    NOWHERE,
    PAUSED,
    PAUSED_BY,
    RATE_SET,
    RUNNING,
    WENT_ON,
    WORK_ADDED,
)
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.agenda import Planned

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

COMPLETION = int(_COMPLETION)


class Work:
    """How activities are worked on: remaining work, and a rate that is constant until something changes it."""

    def __init__(self, replication: Replication):
        self.replication, self.agenda, self.dates = replication, replication.agenda, replication.dates
        self.scene, self.hours, self.clock = replication.scene, replication.hours, replication.scene.clock
        self.complete = replication.complete

    def plan(self, a: Activity) -> None:
        """Plan the finish that is due."""
        Planned(self.agenda, a.due, COMPLETION, a.number, self.complete, a)

    def done_by(self, a: Activity) -> int:
        """Return the minutes of the activity's work clock until now."""
        hours, now = self.hours[self.clock[a.number]], self.replication.now
        return now if hours is None else hours.index(now)

    def opens(self, a: Activity) -> int:
        """Return the first minute from now on that is worked on the activity's work clock."""
        hours, now = self.hours[self.clock[a.number]], self.replication.now
        return now if hours is None else hours.start(hours.index(now))

    def rate(self, a: Activity) -> int:
        """Return the rate that now holds: its own speed, cut by the slowest of its pools; 0 when paused."""
        if a.pauses:
            return 0
        crew, talk, slowest = self.replication.crew, self.replication.talk, FULL
        for p, _ in a.demands:
            output = crew[p] * talk[p] // FULL
            if output < slowest:
                slowest = output
        return a.speed * slowest // FULL

    def book(self, a: Activity) -> None:
        """Take the work done since the last change off what is left."""
        k = self.done_by(a)
        done = max(k - a.since, 0) * a.rate
        a.left, a.done, a.since = a.left - done, a.done + done, k

    def plan_finish(self, a: Activity) -> None:
        """Plan the finish at the rate that holds, on the next whole minute."""
        a.disturbed, a.due = True, NOWHERE
        if a.rate > 0:
            minutes, now = -(-a.left // a.rate), self.replication.now
            over = self.scene.over(self.hours[self.clock[a.number]], a.since + minutes) if minutes > 0 else now
            a.due = over if over > now else now
            self.dates.set_finish(a.number, min(a.due, self.scene.last_minute))
            self.plan(a)

    def change_rate(self, a: Activity) -> None:
        """Let running work go on at the rate that now holds."""
        rate = self.rate(a)
        if a.phase == RUNNING and rate != a.rate:
            self.book(a)
            a.rate = rate
            self.replication.log(RATE_SET, a.number, rate)
            self.plan_finish(a)

    def add(self, a: Activity, minutes: int) -> None:
        """Add minutes of work to an activity that is not done."""
        self.replication.log(WORK_ADDED, a.number, minutes)
        a.extra += minutes
        if a.began == NOWHERE:
            return
        if a.phase == RUNNING:
            self.book(a)
        a.left += minutes * FULL
        if a.phase == RUNNING:
            self.plan_finish(a)

    def pause(self, a: Activity, cause: int) -> None:
        """Stop the work until as many causes have ended as have paused it; it keeps its units."""
        a.pauses += 1
        if a.phase == RUNNING and a.pauses == 1:
            self.book(a)
            a.rate, a.phase, a.due, a.disturbed = 0, PAUSED, NOWHERE, True
            self.replication.log(PAUSED_BY, a.number, cause)

    def go_on(self, a: Activity, cause: int) -> None:
        """End one cause of a pause; with the last one gone the work goes on."""
        a.pauses -= 1
        if a.phase == PAUSED and a.pauses == 0:
            a.phase, a.since, a.rate = RUNNING, self.done_by(a), self.rate(a)
            self.replication.log(WENT_ON, a.number, cause)
            self.plan_finish(a)

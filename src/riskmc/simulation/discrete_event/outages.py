"""Outages of equipment or supply: units are out for a time, and running work that used them stops (Gaver 1962).

The time until the next outage begins at the end of the one before and passes always, or only while a unit of the pool
is at work. As many of the users go on as the units that are left allow: worst priority stops first, among equals the
latest start; the best goes on first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import NOWHERE, OUTAGE, RUNNING
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.preemption import gives_way

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication


@dataclass(slots=True, eq=False)
class Outage:
    """The outages of one pool: ``after`` and ``lasts`` are rows of draws, ``units`` thousandths of a unit."""

    number: int
    pool: int
    after: int
    lasts: int
    units: int
    working: bool
    on: bool = False
    worn: bool = False
    due: int = NOWHERE
    count: int = 0
    left: int = 0
    since: int = 0


class Outages:
    """The outages of all pools, and whom they stop."""

    def __init__(self, replication: Replication):
        self.replication, self.scene = replication, replication.scene
        table = self.scene.model.outages
        columns = (table.pool, table.after, table.lasts, table.units, table.working != 0)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        self.outages = [Outage(o, *row) for o, row in enumerate(rows)]
        self.stopped: set[tuple[int, int]] = set()

    def begin(self) -> None:
        """Plan the first outage of every pool."""
        for outage in self.outages:
            self._await_next(outage, self.scene.model.outages.begin)

    def _await_next(self, outage: Outage, minute: int) -> None:
        """Let the time until the next outage begin at an instant: it passes from then on, or while work goes on."""
        outage.left, outage.due = max(self.replication.draws.whole(outage.after, outage.count), 1), NOWHERE
        if not outage.working:
            self._plan(outage, self.scene.later(outage.pool, minute, outage.left))

    def _plan(self, outage: Outage, minute: int) -> None:
        outage.due = minute
        self.replication.agenda.call(minute, OUTAGE, outage.number, lambda: self._strike_or_end(outage))

    def _strike_or_end(self, outage: Outage) -> None:
        now, dispatcher = self.replication.now, self.replication.dispatcher
        if outage.due != now:
            return
        outage.on, outage.worn = not outage.on, False
        if outage.on:
            lasts = max(self.replication.draws.whole(outage.lasts, outage.count), 1)
            self._plan(outage, self.scene.later(outage.pool, now, lasts))
            dispatcher.change_capacity(outage.pool, -outage.units)
        else:
            outage.count += 1
            self._await_next(outage, now)
            dispatcher.change_capacity(outage.pool, outage.units)

    def settle(self) -> None:
        """Before each dispatch: let as many users of each pool go on as its units allow."""
        for outage in self.outages:
            p = outage.pool
            while (at_work := self._users(p, stopped=False)) and self._units(at_work, p) > self._left(outage):
                self._stop(max(at_work, key=gives_way), p)
            while ready := self._that_fit(p, self._left(outage)):
                self._let_go_on(min(ready, key=gives_way), p)

    def _left(self, outage: Outage) -> int:
        """Return the units of a pool that are not out, with those that are gone and finish what they are at."""
        dispatcher, p, out = self.replication.dispatcher, outage.pool, outage.units if outage.on else 0
        return max(dispatcher.level[p] + out, dispatcher.capacity[p] - dispatcher.free[p]) - out

    def _that_fit(self, p: int, units: int) -> list[Activity]:
        """Return who is stopped and needs no more than is left of so many units."""
        left = units - self._units(self._users(p, stopped=False), p)
        return [a for a in self._users(p, stopped=True) if dict(a.demands)[p] <= left]

    def _users(self, p: int, stopped: bool) -> list[Activity]:
        return [a for a in self.replication.users[p] if a.holding and ((a.number, p) in self.stopped) == stopped]

    def _units(self, users: list[Activity], p: int) -> int:
        return sum(dict(a.demands)[p] for a in users)

    def _stop(self, a: Activity, p: int) -> None:
        """Let an activity stop: it holds its units meanwhile, or gives them back."""
        if self.scene.model.preemption.releases[a.number]:
            self.replication.dispatcher.suspend(a, NOWHERE)
            return
        self.stopped.add((a.number, p))
        self.replication.work.pause(a, NOWHERE - 1 - p)

    def _let_go_on(self, a: Activity, p: int) -> None:
        self.stopped.discard((a.number, p))
        self.replication.work.go_on(a, NOWHERE - 1 - p)

    def forget(self, a: Activity) -> None:
        """Forget that outages stop an activity: it gives its units back."""
        for p, _ in a.demands:
            if (a.number, p) in self.stopped:
                self.stopped.discard((a.number, p))
                a.pauses -= 1

    def wear(self) -> None:
        """After each dispatch: let the time until the next outage pass, or rest, where it passes with work."""
        for outage in self.outages:
            works = any(a.holding and a.phase == RUNNING and a.rate > 0 for a in self.replication.users[outage.pool])
            if not outage.working or outage.on or works == outage.worn:
                continue
            k = self.scene.pool_index(outage.pool, self.replication.now)
            outage.worn = works
            if works:
                outage.since = k
                self._plan(outage, self.scene.pool_instant(outage.pool, k + outage.left))
            else:
                outage.left, outage.due = max(outage.left - (k - outage.since), 1), NOWHERE

"""One replication: events in their order, one dispatch after each minute's events (D4), until all work is done."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple

import simpy

from riskmc.kernels.discrete_event.codes import DONE, FINISHED, FULL, HELD, NOWHERE
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.agenda import Agenda
from riskmc.simulation.discrete_event.arrivals import Arrivals
from riskmc.simulation.discrete_event.dates import Dates
from riskmc.simulation.discrete_event.dispatcher import Dispatcher
from riskmc.simulation.discrete_event.drawing import Drawing
from riskmc.simulation.discrete_event.ending import Blocked, Censored
from riskmc.simulation.discrete_event.funding import Funding
from riskmc.simulation.discrete_event.losing import Good, clocks_in
from riskmc.simulation.discrete_event.measures import Measures
from riskmc.simulation.discrete_event.outages import Outages
from riskmc.simulation.discrete_event.policies import Policies
from riskmc.simulation.discrete_event.preemption import Preemption
from riskmc.simulation.discrete_event.readiness import FINISH, Readiness
from riskmc.simulation.discrete_event.rework import Rework
from riskmc.simulation.discrete_event.scene import Scene
from riskmc.simulation.discrete_event.scope import Scope
from riskmc.simulation.discrete_event.turnover import Staffing
from riskmc.simulation.discrete_event.work import Work


class Iteration(NamedTuple):
    """What the Monte Carlo kernels leave of one iteration: dates of the static pass, durations, existence, draws.

    ``good`` are the minutes that neither weather nor calendar risks take, by table.
    """

    pool: list[int]
    exists: list[int]
    tight: list[int]
    durations: list[int]
    drawn: Any
    happened: list[int]
    prices: tuple[list[int], list[int], list[int]]
    sizes: list[float]
    good: Sequence[Good] = ()


class Replication:
    """What happens in one iteration of a program."""

    def __init__(self, scene: Scene, iteration: Iteration):
        limits = scene.model.limits
        self.scene, self.draws = scene, Drawing(iteration.drawn)
        self.env = simpy.Environment()
        self.agenda = Agenda(self.env, limits.last_minute, limits.most_events)
        self.dates = Dates(scene, iteration.pool, iteration.exists, iteration.tight, iteration.good)
        self.hours = clocks_in(scene, iteration.good) if iteration.good else scene.hours
        self.activities = [self._activity(a, iteration) for a in range(scene.nodes)]
        self.unfinished = sum(a.phase != DONE for a in self.activities)
        self.crew = [FULL] * len(scene.capacity)
        self.events: list[tuple[int, int, int, int]] = []
        self.censored_at: int | None = None
        self.funding = Funding(self, *iteration.prices)
        self.work = Work(self)
        self.measures = Measures(self)
        self.policies = Policies(self, self.measures)
        self.dispatcher = Dispatcher(self)
        self.users = [[a for a in self.activities if any(p == q for q, _ in a.demands)] for p in range(len(self.crew))]
        self.staffing, self.outages = Staffing(self), Outages(self)
        self.preemption = Preemption(self, iteration.sizes)
        self.readiness = Readiness(self)
        self.rework = Rework(self)
        self.happened, self.cents = iteration.happened, [0] * (1 + max(scene.total, default=0))
        self.arrivals, self.scope = Arrivals(self), Scope(self)

    def _activity(self, a: int, iteration: Iteration) -> Activity:
        scene = self.scene
        one = Activity(
            a, bool(iteration.exists[a]), iteration.durations[a], scene.demands[a], scene.priority[a], scene.rank[a]
        )
        if scene.follows[a]:
            one.phase = DONE
        return one

    @property
    def now(self) -> int:
        """The minute of the axis; at the end of a replication that is censored, that of its end."""
        if self.censored_at is not None:
            return min(self.censored_at, self.scene.model.limits.last_minute)
        return int(self.env.now)

    def log(self, kind: int, entity: int, value: int) -> None:
        """Write what happens now."""
        self.events.append((self.now, kind, entity, value))

    def run(self) -> None:
        """Let everything happen; `Blocked` where nothing can though work is left."""
        process = self.env.process(self._run())
        try:
            self.env.run(until=process)
        except Censored as end:
            self._censor(end.minute)

    def _run(self) -> Generator[simpy.Event, Any, None]:
        self._begin_behaviours()
        self.readiness.begin()
        self.funding.serve_unpaid()
        self.outages.settle()
        self.dispatcher.dispatch()
        self.outages.wear()
        self.arrivals.watch()
        while self.unfinished:
            yield self.env.timeout(0)  # what was started listens for its finish
            if self.agenda.empty and self.funding.waits():
                raise Censored(self.scene.model.limits.last_minute + 1)
            if self.agenda.empty:
                raise Blocked
            yield from self.agenda.next_minute()
            self.funding.serve_unpaid()
            self.outages.settle()
            self.rework.approvals.seat()
            self.dispatcher.dispatch()
            self.outages.wear()
            self.arrivals.watch()
        self.measures.finish()

    def _begin_behaviours(self) -> None:
        """Plan the first events of everything that happens by itself."""
        self.funding.begin()
        self.policies.begin()
        self.staffing.begin()
        self.outages.begin()
        self.arrivals.begin()

    def charge(self, a: Activity | None, cents: int) -> None:
        """Charge whole cents to the program, to the project of an activity, and to the money of the year."""
        self.cents[0] += cents
        if a is not None and self.scene.total[a.number]:
            self.cents[self.scene.total[a.number]] += cents
        if self.funding.releases:
            self.funding.free -= cents

    def complete(self, a: Activity) -> None:
        """End the work of an activity; with a link that holds its finish it waits, without units."""
        if self.scope.grows_on(a):
            return
        a.due = NOWHERE
        self.dispatcher.give_back(a)
        self.funding.close(a)
        self.measures.pay_overtime(a)
        if not self.rework.stops(a):
            self.close(a)

    def close(self, a: Activity) -> None:
        """Let worked and approved work finish; with a link that holds its finish it waits."""
        if a.exists and self.readiness.is_held(a):
            a.phase = HELD
            return
        self.finish(a)

    def finish(self, a: Activity) -> None:
        """Finish an activity: its dates stand, and what waits for it knows."""
        a.phase, a.done_at = DONE, self.now
        self.unfinished -= 1
        if a.disturbed:
            self.dates.set_finish(a.number, self.now)
        elif a.began <= a.release:
            a.held = self.dates.length(a.number)
        self.log(FINISHED, a.number, 0)
        self.funding.close_standing(a)
        self.readiness.notify(a, FINISH)
        self.rework.tell(a)

    def _censor(self, minute: int) -> None:
        """End a replication that goes on for too long: what is not done finishes no earlier than this (D8)."""
        self.censored_at = minute
        last, end = self.scene.model.limits.last_minute, min(minute, self.scene.model.limits.last_minute)
        for a in self.activities:
            if a.phase != DONE:
                self.dispatcher.give_back(a)
                self.dates.set_finish(a.number, last)
                a.done_at = end
                if a.began == NOWHERE:
                    a.began = a.release = end
                    last_index = self.dates.pool[self.scene.nodes + a.number]
                    self.dates.pool[a.number] = max(last_index - 1, 0)  # a minute that is on its calendar

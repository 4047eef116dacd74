"""One replication: events in their order, one dispatch after each minute's events (D4), until all work is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from riskmc.kernels.discrete_event.codes import AHEAD, DONE, FINISHED, FULL, HELD, NOWHERE
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.agenda import Agenda
from riskmc.simulation.discrete_event.arrivals import Arrivals
from riskmc.simulation.discrete_event.dates import Dates
from riskmc.simulation.discrete_event.dispatcher import Dispatcher
from riskmc.simulation.discrete_event.drawing import Drawing
from riskmc.simulation.discrete_event.ending import Blocked
from riskmc.simulation.discrete_event.funding import Funding
from riskmc.simulation.discrete_event.losing import Good, clocks_in
from riskmc.simulation.discrete_event.measures import Measures
from riskmc.simulation.discrete_event.outages import Outages
from riskmc.simulation.discrete_event.policies import Policies
from riskmc.simulation.discrete_event.preemption import Preemption
from riskmc.simulation.discrete_event.readiness import Readiness
from riskmc.simulation.discrete_event.rework import Rework
from riskmc.simulation.discrete_event.scene import FINISH, Scene
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


def _say_nothing(kind: int, entity: int, value: int) -> None:
    """Write nothing: nobody reads the log."""


class Replication:
    """What happens in one iteration of a program."""

    def __init__(self, scene: Scene, iteration: Iteration, logs: bool = True):
        limits = scene.model.limits
        self.scene, self.draws = scene, Drawing(iteration.drawn)
        self.now, self.agenda = 0, Agenda(limits.most_events)
        self.dates = Dates(scene, iteration.pool, iteration.exists, iteration.tight, iteration.good)
        self.hours = clocks_in(scene, iteration.good) if iteration.good else scene.hours
        self.activities = [*map(self._new_activity, range(scene.nodes), iteration.exists, iteration.durations)]
        self.unfinished = sum(a.phase != DONE for a in self.activities)
        self.crew, self.talk = [FULL] * len(scene.capacity), [FULL] * len(scene.capacity)
        self.events: list[tuple[int, int, int, int]] = []
        self.log: Callable[[int, int, int], None] = self._write if logs else _say_nothing
        self.censored_at: int | None = None
        self.funding = Funding(self, *iteration.prices)
        self.work = Work(self)
        self.measures = Measures(self)
        self.policies = Policies(self, self.measures)
        self.dispatcher = Dispatcher(self)
        self.users = [[self.activities[a] for a in users] for users in scene.users]
        self.staffing, self.outages = Staffing(self), Outages(self)
        self.preemption = Preemption(self, iteration.sizes)
        self.readiness = Readiness(self)
        self.rework = Rework(self)
        self.happened, self.cents = iteration.happened, [0] * (1 + max(scene.total, default=0))
        self.arrivals, self.scope = Arrivals(self), Scope(self)
        self.looks = self._around_dispatch()

    def _new_activity(self, a: int, exists: int, duration: int) -> Activity:
        scene = self.scene
        waits, phase = scene.first_waits[a].copy(), DONE if scene.follows[a] else AHEAD
        return Activity(
            a, exists != 0, duration, scene.demands[a], scene.priority[a], scene.rank[a], waits, {}, phase
        )  # fmt: skip

    def _around_dispatch(self) -> list[Callable[[], None]]:
        """Return what follows the events of each minute: the dispatch, and what looks at it before and after."""
        looks = [self.dispatcher.dispatch]
        if self.rework.approvals.boards:
            looks.insert(0, self.rework.approvals.seat)
        if self.outages.outages:
            looks = [self.outages.settle, *looks, self.outages.wear]
        if self.funding.releases:
            looks.insert(0, self.funding.serve_unpaid)
        if self.arrivals.exposures:
            looks.append(self.arrivals.watch)
        return looks

    def _write(self, kind: int, entity: int, value: int) -> None:
        """Write what happens now."""
        self.events.append((self.now, kind, entity, value))

    def run(self) -> None:
        """Let everything happen; `Blocked` where nothing can though work is left."""
        self._begin_behaviours()
        self.readiness.begin()
        going = True
        while going:
            for look in self.looks:
                look()
            going = self.unfinished > 0 and self._next_minute()
        if self.censored_at is None:
            self.measures.finish()

    def _next_minute(self) -> bool:
        """Let happen what is planned for the next minute; return whether it lies within the axis and all patience."""
        agenda = self.agenda
        minute = agenda.env.peek()  # infinity where nothing is planned
        if minute > self.scene.last_minute or agenda.exhausted:
            if not agenda.size and not self.funding.waits():
                raise Blocked
            self._censor(int(min(minute, self.scene.last_minute + 1)))
            return False
        self.now = int(minute)
        agenda.happen(minute)
        return True

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
        if self.scene.grows[a.number] and self.scope.grows_on(a):
            return
        a.due = NOWHERE
        if a.holding:
            self.dispatcher.give_back(a)
        if self.funding.releases:
            self.funding.close(a)
        if self.measures.every:
            self.measures.pay_overtime(a)
        if not self.rework.loops or not self.rework.stops(a):
            self.close(a)

    def close(self, a: Activity) -> None:
        """Let worked and approved work finish; with a link that holds its finish it waits."""
        if a.holds and a.exists and self.readiness.is_held(a):
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
        if self.funding.releases:
            self.funding.close_standing(a)
        self.readiness.notify(self.scene.awaiting[a.number], FINISH)
        if self.rework.loops:
            self.rework.tell(a)

    def _censor(self, minute: int) -> None:
        """End a replication that goes on for too long: what is not done finishes no earlier than this (D8)."""
        last = self.scene.last_minute
        self.censored_at, self.now = minute, min(minute, last)
        for a in self.activities:
            if a.phase != DONE:
                self.dispatcher.give_back(a)
                self.dates.set_finish(a.number, last)
                a.done_at = self.now
                if a.began == NOWHERE:
                    a.began = a.release = self.now
                    last_index = self.dates.pool[self.scene.nodes + a.number]
                    self.dates.pool[a.number] = max(last_index - 1, 0)  # a minute that is on its calendar

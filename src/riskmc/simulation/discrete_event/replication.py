"""One replication: events in their order, one dispatch after each minute's events (D4), until all work is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from riskmc.kernels.discrete_event.codes import AHEAD, DONE, FINISHED, FULL, HELD, NOWHERE, RUNNING
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.agenda import Agenda, Planned
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

    ``possible`` says what exists unless its dates forbid it, ``exists`` what does in the static pass;
    ``good`` are the minutes that neither weather nor calendar risks take, by table.
    """

    pool: list[int]
    exists: list[int]
    possible: list[int]
    tight: list[int]
    durations: list[int]
    drawn: Any
    happened: list[int]
    prices: tuple[list[int], list[int], list[int]]
    sizes: list[float]
    good: Sequence[Good] = ()


class Replication:
    """What happens in one iteration of a program."""

    def __init__(self, scene: Scene, iteration: Iteration, logs: bool = True):
        limits = scene.model.limits
        self.scene, self.draws = scene, Drawing(iteration.drawn)
        self.now, self.agenda = 0, Agenda(limits.most_events)
        self.dates = Dates(scene, iteration.pool, iteration.exists, iteration.possible, iteration.tight, iteration.good)
        self.hours = clocks_in(scene, iteration.good) if iteration.good else scene.hours
        self.activities = [*map(
            Activity, range(scene.nodes), map(bool, iteration.exists), iteration.durations, scene.demands,
            scene.priority, scene.rank, scene.missing, scene.first_phase,
        )]  # fmt: skip
        self.unfinished = scene.first_phase.count(AHEAD)
        self.crew, self.talk = [FULL] * len(scene.capacity), [FULL] * len(scene.capacity)
        self.events: list[tuple[int, int, int, int]] = []
        self.logs = logs
        self.censored_at: int | None = None
        self.funding = Funding(self, *iteration.prices)
        self.work = Work(self)
        self.measures = Measures(self)
        self.policies = Policies(self, self.measures)
        self.dispatcher = Dispatcher(self)
        self.staffing, self.outages = Staffing(self), Outages(self)
        self.preemption = Preemption(self, iteration.sizes)
        self.readiness = Readiness(self)
        self.rework = Rework(self)
        self.happened, self.cents = iteration.happened, [0] * scene.totals
        self.arrivals, self.scope, self.grows = Arrivals(self), Scope(self), scene.growing
        self.looks, self.then = self._around_dispatch(), self._after_work()

    def _around_dispatch(self) -> list[Callable[[], None]]:
        """Return what follows the events of each minute: the dispatch, and what looks at it before and after."""
        looks = [self.dispatcher.dispatch]
        if self.rework.approvals.boards:
            looks.insert(0, self.rework.approvals.seat)
        if self.outages.outages:
            looks = [self.outages.settle, *looks, self.outages.wear]
        if self.funding.binds:
            looks.insert(0, self.funding.serve_unpaid)
        if self.arrivals.exposures:
            looks.append(self.arrivals.watch)
        return looks

    def _after_work(self) -> list[Callable[[Activity], bool | None]]:
        """Return what looks at every activity whose work has ended: payment, and what may stop it from finishing."""
        looks: list[Callable[[Activity], bool | None]] = []
        if self.funding.binds:
            looks.append(self.funding.close)
        if self.scene.managed:
            looks.append(self.measures.pay_overtime)
        if self.rework.loops:
            looks.append(self.rework.stops)
        return looks

    @cached_property
    def users(self) -> list[list[Activity]]:
        """Who may use every pool."""
        return [[self.activities[a] for a in users] for users in self.scene.users]

    def log(self, kind: int, entity: int, value: int) -> None:
        """Write what happens now, if anybody reads it."""
        if self.logs:
            self.events.append((self.now, kind, entity, value))

    def run(self) -> None:
        """Let everything happen; `Blocked` where nothing can though work is left."""
        self._begin_behaviours()
        self.readiness.begin()
        agenda, env, looks, last = self.agenda, self.agenda.env, self.looks, self.scene.last_minute
        while True:
            for look in looks:
                look()
            if not self.unfinished:
                self.measures.finish()
                return
            minute: Any = env.peek()  # a whole number; infinity where nothing is planned
            if minute > last or agenda.exhausted:
                self._give_up(minute)
                return
            self.now = minute
            agenda.happen(minute)

    def _give_up(self, minute: float) -> None:
        """End where what comes next lies beyond the axis or all patience, or nothing comes any more."""
        if not self.agenda.size and not self.scene.model.limits.blocked and not self.funding.waits():
            raise Blocked
        self._censor(int(min(minute, self.scene.last_minute + 1)))

    def end(self) -> None:
        """Let go of all parts: they know each other, and only the collector would find them."""
        vars(self).clear()

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
        if self.funding.binds:
            self.funding.free -= cents

    def complete(self, event: Planned) -> None:
        """End the work of an activity that is due; with a link that holds its finish it waits, without units."""
        a: Activity = event.subject
        if a.due != self.now or a.phase != RUNNING or (self.grows and self.scope.grows_on(a)):
            return
        a.due = NOWHERE
        if a.holding:
            self.dispatcher.move(a, -1)
        for look in self.then:
            if look(a):
                return
        self.close(a)

    def close(self, a: Activity) -> None:
        """Finish worked and approved work: its dates stand, and what waits for it knows; or a link holds it."""
        if a.holds and a.exists and self.readiness.is_held(a):
            a.phase = HELD
            return
        a.phase, a.done_at = DONE, self.now
        self.unfinished -= 1
        if a.disturbed:
            self.dates.set_finish(a.number, self.now)
        elif a.began <= a.release:
            a.held = self.dates.length(a.number)
        if self.logs:
            self.log(FINISHED, a.number, 0)
        if self.funding.binds:
            self.funding.close_standing(a)
        if waiting := self.scene.awaiting[a.number]:
            self.readiness.notify(waiting, FINISH)
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

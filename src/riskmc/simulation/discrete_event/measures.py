"""Measures: what managers do about a delay, whoever decides it, a policy of the file or a hook (K7).

Overtime, work bought shorter, people hired and other priorities; each begins, and some end. The rules stand in
docs/method/policies.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import erfc, floor, sqrt
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import ACTED, ACTION, DONE, ENDED, FULL, NOWHERE, RUNNING
from riskmc.network.dynamics.policies import ADD_UNITS, CRASH, OVERTIME, PRIORITISE
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.hours import Hours

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

IDLE, DECIDED, ACTING = range(3)
ACT, JOIN, LEARN, LEAVE = range(4)


@dataclass(slots=True)
class Measure:
    """One measure and where it stands; fields as in `network.dynamics.policies.PolicyTable`."""

    number: int
    kind: int
    nodes: list[int]
    values: list[int]
    rate: int
    pay: float
    fatigue: float
    errors: float
    cents: float
    hours: Hours | None
    pool: int
    units: int
    lead: int
    lasts: int
    overhead: float
    ramp: Sequence[tuple[int, int]]
    stands: int = IDLE
    since: int = 0
    late: int = 0
    step: int = NOWHERE
    joined: int = 0
    owner: str = ""
    times: int = 0
    first: int = NOWHERE


@dataclass(slots=True)
class Managed:
    """What overtime does to an activity: what an hour costs besides, the chance to fail, and until when it is paid."""

    pay: float = 0.0
    errors: float = 1.0
    paid_to: int = 0


@dataclass
class Measures:
    """All measures of a replication, and what they do to activities and pools."""

    replication: Replication
    every: list[Measure] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.managed: defaultdict[int, Managed] = defaultdict(Managed)

    def plan(self, measure: Measure, minute: int, what: int) -> None:
        """Plan that a decision comes into effect, or that people join, learn or leave."""
        number = 4 * measure.number + what
        self.replication.agenda.call(minute, ACTION, number, lambda: self._act(measure, what))

    def _act(self, measure: Measure, what: int) -> None:
        if what == ACT and measure.stands == DECIDED:
            self.begin(measure)
        elif what == JOIN:
            self._join(measure)
        elif what == LEARN:
            measure.step += 1
            self._settle_team(measure.pool)
        elif what == LEAVE:
            self._leave(measure)

    def begin(self, measure: Measure) -> None:
        """Begin a measure, for the reason that a forecast was so late."""
        measure.stands, measure.since = ACTING, self.replication.now
        measure.times += 1
        measure.first = measure.since if measure.times == 1 else measure.first
        self.replication.log(ACTED, measure.number, measure.late)
        if measure.kind == OVERTIME:
            self.set_speeds(measure)
        elif measure.kind == CRASH:
            for a in measure.nodes:
                self._crash(measure, self.replication.activities[a])
        elif measure.kind == ADD_UNITS:
            if measure.step == NOWHERE:
                self.plan(measure, self.replication.now + measure.lead, JOIN)
        else:
            self._set_priorities()

    def end(self, measure: Measure, late: int) -> None:
        """Take back what can be taken back; a decision that is not yet in effect is dropped."""
        acted, measure.stands = measure.stands == ACTING, IDLE
        if acted:
            self.replication.log(ENDED, measure.number, late)
            if measure.kind == OVERTIME:
                self.set_speeds(measure)
            elif measure.kind == PRIORITISE:
                self._set_priorities()

    # Overtime

    def set_speeds(self, changed: Measure) -> None:
        """Let the activities of a measure work at the speed, cost and care of all overtime that now holds."""
        acting = [one for one in self.every if one.kind == OVERTIME and one.stands == ACTING]
        if all(self.replication.activities[number].phase != RUNNING for number in changed.nodes):
            changed.since = self.replication.now  # nobody tires
        for number in changed.nodes:
            a, managed = self.replication.activities[number], self.managed[number]
            if a.phase == DONE:
                continue
            self.pay_overtime(a)
            a.speed, managed.pay, managed.errors = FULL, 0.0, 1.0
            for one in acting:
                if number in one.nodes:
                    a.speed = a.speed * self._output(one) // FULL
                    managed.pay += one.pay
                    managed.errors *= one.errors
            if a.phase == RUNNING and (a.rate or a.left):
                self.replication.work.change_rate(a)

    def _output(self, one: Measure) -> int:
        """Return the output of overtime in thousandths, less what has been lost by fatigue; at least a tenth."""
        lasted = float(self.replication.now - one.since)
        return max(floor(float(one.rate) * (1.0 - one.fatigue * lasted)), FULL // 10)

    def pay_overtime(self, a: Activity) -> None:
        """Pay the additional hours that an activity has worked since they were last paid."""
        if not self.every:
            return
        managed, account = self.managed[a.number], self.replication.funding.accounts[a.number]
        minutes = self.replication.funding.paid(a)
        worked, managed.paid_to = minutes - managed.paid_to, minutes
        if managed.pay > 0 and account.minutes > 0 and worked > 0:
            hour = float(account.whole - account.fixed) / float(account.minutes)
            self.replication.charge(a, floor(hour * float(worked) * managed.pay + 0.5))

    def fails(self, a: Activity, score: float, threshold: float) -> bool:
        """Return whether a test fails, with its chance multiplied by what overtime does to care."""
        errors = self.managed[a.number].errors
        return score < threshold if errors == 1.0 else _chance_below(score) < errors * _chance_below(threshold)

    # Work bought shorter

    def _crash(self, measure: Measure, a: Activity) -> None:
        if a.phase == DONE or not a.exists:
            return
        if a.began == NOWHERE:
            a.extra -= a.duration * (FULL - measure.rate) // FULL
        else:
            if a.phase == RUNNING:
                self.replication.work.book(a)
            if a.left <= 0:
                return
            a.left = a.left * measure.rate // FULL
            if a.phase == RUNNING:
                self.replication.work.plan_finish(a)
        self.replication.charge(a, floor(measure.cents + 0.5))

    # Priorities

    def _set_priorities(self) -> None:
        """Rank all work anew: as the file says, or as the last of the measures that act says."""
        moving = [one for one in self.every if one.kind == PRIORITISE]
        own = self.replication.scene.own_priority
        changes = [(number, own[number]) for one in moving for number in one.nodes]
        for one in moving:
            changes += zip(one.nodes, one.values, strict=True) if one.stands == ACTING else []
        for number, value in changes:
            a = self.replication.activities[number]
            a.priority = value if a.priority > 0 else a.priority
        self.replication.dispatcher.rank_anew()

    # People

    def _join(self, measure: Measure) -> None:
        now = self.replication.now
        measure.step, measure.joined = 0, now if measure.hours is None else measure.hours.index(now)
        self.replication.dispatcher.change_capacity(measure.pool, measure.units)
        for ends, _ in measure.ramp:
            self.plan(measure, now + ends, LEARN)
        if measure.lasts >= 0:
            self.plan(measure, now + measure.lasts, LEAVE)
        self._settle_team(measure.pool)

    def _leave(self, measure: Measure) -> None:
        self._pay_hired(measure)
        measure.step = NOWHERE
        self.replication.dispatcher.change_capacity(measure.pool, -measure.units)
        self._settle_team(measure.pool)

    def _pay_hired(self, measure: Measure) -> None:
        """Pay for the hours of the pool for which hired people have been there."""
        if measure.kind == ADD_UNITS and measure.step != NOWHERE:
            now = self.replication.now
            minutes = (now if measure.hours is None else measure.hours.index(now)) - measure.joined
            people = float(measure.units) / float(FULL)
            self.replication.charge(None, floor(measure.cents * people * float(minutes) + 0.5))

    def finish(self) -> None:
        """Pay all who are still there when the program ends."""
        for measure in self.every:
            self._pay_hired(measure)

    def _settle_team(self, p: int) -> None:
        """Let a pool work at the mean output of its people, less what talk costs a team of that size (Brooks 1975)."""
        hired = [one for one in self.every if one.kind == ADD_UNITS and one.pool == p and one.step != NOWHERE]
        overhead = max((one.overhead for one in hired), default=0.0)
        learning = [one for one in hired if one.step < len(one.ramp)]
        lacks = sum(one.units * (FULL - one.ramp[one.step][1]) for one in learning)
        team = max(self.replication.dispatcher.level[p], 1)
        people = float(team) / float(FULL)
        mean = float(FULL) - float(lacks) / float(team)
        self.replication.talk[p] = max(floor(mean * (1.0 - overhead * people * people)), 0)
        for a in self.replication.activities:
            if a.phase == RUNNING and any(pool == p for pool, _ in a.demands):
                self.replication.work.change_rate(a)


def _chance_below(score: float) -> float:
    """Return the chance that a normal score lies below this one."""
    return 0.5 * erfc(-float(score) / sqrt(2.0))

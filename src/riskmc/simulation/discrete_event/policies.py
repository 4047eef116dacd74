"""Policies of the file: reviews, triggers with tolerance and hysteresis, and what they set going (K7)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from riskmc.kernels.discrete_event.codes import DONE, NOWHERE, REVIEW
from riskmc.network.dynamics.policies import OVERTIME
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.ending import Beyond
from riskmc.simulation.discrete_event.measures import ACT, ACTING, DECIDED, IDLE, Measure, Measures
from riskmc.simulation.discrete_event.scene import Scene

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

_MOST = (1 << 31) - 1


class Perceived:
    """What managers see: a forward pass with planned durations and reported progress, never what is still to come."""

    def __init__(self, replication: Replication):
        self.replication, self.scene = replication, replication.scene
        self.planned = self.scene.planned

    def forecast(self, goals: list[int]) -> int:
        """Return the instant at which the last of the goals is believed to finish.

        What is believed past the calendars asks for longer ones; of the longest it is the end (D8).
        """
        seen, there = list(self.replication.dates.pool), list(self.scene.there)
        tight = list(self.replication.dates.tight)
        unfinished = [a for number in self.scene.order if (a := self.replication.activities[number]).phase != DONE]
        if not all(self._believe(a, seen, there, tight) for a in unfinished):
            limits = self.scene.model.limits
            if not limits.final:
                raise Beyond
            return int(limits.last_minute)
        return max(self._finish(goal, seen) for goal in goals)

    def _believe(self, a: Activity, seen: list[int], there: list[int], tight: list[int]) -> bool:
        """Put the believed dates of an activity into the pool that is seen; return whether its calendar has them."""
        planned, now = self.planned[a.number], self.replication.dates.index(a.number, self.replication.now)
        if a.began != NOWHERE:
            passed = now - self.replication.dates.index(a.number, a.began)
            self._finish_at(a.number, seen, now + max(planned - passed, -(-planned // 10)))
            return self._is_within(a.number, seen)
        seen[self.scene.nodes + a.number] = planned
        within = self.scene.forward.run(a.number, seen, there, tight)
        if self.scene.forward.convert(self.scene.start_table[a.number], seen[a.number], 0) < self.replication.now:
            seen[a.number] = now
            self._finish_at(a.number, seen, now + planned)
        return within and self._is_within(a.number, seen)

    def _is_within(self, a: int, seen: list[int]) -> bool:
        """Return whether the calendar of an activity is as long as its finish needs."""
        table, k = self.scene.start_table[a], seen[self.scene.nodes + a]
        return (
            k <= self.scene.model.limits.last_minute + 1
            if table < 0
            else k <= self.scene.forward.between[table][0].limit
        )

    def _finish_at(self, a: int, seen: list[int], k: int) -> None:
        seen[self.scene.nodes + a] = k
        if self.scene.moment_row[a] >= 0:
            seen[self.scene.moment_row[a]] = self.scene.forward.convert(self.scene.start_table[a], k, 1)

    def _finish(self, a: int, seen: list[int]) -> int:
        row, table, side = self.scene.finishes[a]
        return self.scene.forward.convert(table, seen[row], side)


class Policies:
    """The policies of the file, each with its measure."""

    def __init__(self, replication: Replication, measures: Measures):
        self.replication, self.measures = replication, measures
        self.table = replication.scene.model.policies
        self.perceived = Perceived(replication)
        measures.every += read_measures(replication.scene)
        self.times = [0] * self.table.every.size
        self.reviews = self.held = 0
        self.happened: Counter[int] = Counter()

    def begin(self) -> None:
        """Plan all first reviews."""
        for measure in self.measures.every[: len(self.times)]:
            self._plan(measure, self.table.first)

    def _plan(self, measure: Measure, last: int) -> None:
        self.reviews += 1
        minute = last + int(self.table.every[measure.number])
        self.replication.agenda.call(minute, REVIEW, measure.number, lambda: self._review(measure))

    def _review(self, measure: Measure) -> None:
        """Compare the forecast with the date; nobody looks any more where nothing else has happened or can."""
        y, most = measure.number, int(self.table.at_most[measure.number])
        self.hold()
        if measure.stands != IDLE or most < 0 or self.times[y] < most:
            self._compare(measure)
        if self.goes_on(y):
            self._plan(measure, self.replication.now)

    def hold(self) -> None:
        """Count a review that was planned as held."""
        self.reviews -= 1
        self.held += 1

    def goes_on(self, number: int) -> bool:
        """Return whether anything but reviews can happen, or has since the last review of this number."""
        agenda, before = self.replication.agenda, self.happened[number]
        self.happened[number] = agenda.happened - self.held
        return agenda.size > self.reviews or self.happened[number] > before

    def _compare(self, measure: Measure) -> None:
        """Decide, end or go on by what the forecast says; what can no more be decided needs none."""
        y, table = measure.number, self.table
        late = self.perceived.forecast(table.goal[table.goal_ptr[y] : table.goal_ptr[y + 1]].tolist())
        late -= int(table.limit[y])
        if measure.stands == IDLE and late > table.by[y]:
            measure.stands, measure.late = DECIDED, min(late, _MOST)
            self.times[y] += 1
            self.measures.plan(measure, self.replication.now + int(table.delay[y]), ACT)
        elif measure.stands != IDLE and late <= table.until[y]:
            self.measures.end(measure, max(late, -_MOST))
        elif measure.stands == ACTING and measure.kind == OVERTIME and measure.fatigue > 0:
            self.measures.set_speeds(measure)


def read_measures(scene: Scene) -> list[Measure]:
    """Return the measures of the policies of a program, none of them begun."""
    table = scene.model.policies
    measures = []
    for y in range(table.every.size):
        nodes, ramp = slice(table.ptr[y], table.ptr[y + 1]), slice(table.ramp_ptr[y], table.ramp_ptr[y + 1])
        measures.append(Measure(
            y, int(table.kind[y]), table.node[nodes].tolist(), table.value[nodes].tolist(), int(table.rate[y]),
            float(table.pay[y]), float(table.fatigue[y]), float(table.errors[y]), float(table.cents[y]),
            scene.hours[table.clock[y]], int(table.pool[y]), int(table.units[y]), int(table.lead[y]),
            int(table.lasts[y]), float(table.overhead[y]),
            list(zip(table.ramp_end[ramp].tolist(), table.ramp_output[ramp].tolist(), strict=True)),
        ))  # fmt: skip
    return measures

"""The whole program, slowly and obviously: everything that happens in one iteration, in plain Python.

Read straight from the semantics (T1 to C5, R1 to R3, P1), sharing nothing with riskmc but its nouns: draws in
naive_draws and naive_curves, dates in naive_hours and naive_schedule, ranges and correlation in naive_estimates,
risks in naive_risks, money in naive_costs. Tests trust this; nothing else uses it.
"""

from dataclasses import dataclass
from datetime import datetime
from math import floor

import naive_costs
import naive_estimates
import naive_risks
import naive_schedule
from naive_plan import Plan
from naive_sizes import central, constant, drawn

UNIX = datetime(1970, 1, 1)
FIRST_DAYS, LONGEST_DAYS = 1500, 100_000


@dataclass(frozen=True)
class Iteration:
    """All that happened: dates in minutes since 1970, money in cents, by activity path, project and risk."""

    finish: int
    cost: int
    project_finish: dict
    project_cost: dict
    start: dict
    end: dict
    minutes: dict
    exists: dict
    occurs: dict
    critical: set
    activity_cost: dict


@dataclass(frozen=True)
class Planned:
    """What impacts need to know of the plan: deterministic starts, and the weights by which additions are split."""

    starts: dict
    weights: dict


class Oracle:
    """A program made ready to answer for any iteration; ``days`` is the length of the axis, doubled when too short."""

    def __init__(self, program, mitigation="current", as_planned=False, default_range=None, days=FIRST_DAYS):
        self.program, self.mitigation, self.as_planned = program, mitigation, as_planned
        self.default_range = None if default_range is None else naive_estimates.DefaultRule(default_range)
        self.prepare(days)

    def prepare(self, days):
        """Lay out the calendars over so many days, and all that does not change between iterations."""
        assert days < LONGEST_DAYS, "the program does not end"
        try:
            self.days, self.plan = days, Plan(self.program, self.mitigation, days, self.default_range)
            self.durations = {path: naive_estimates.duration(self.plan, path) for path in self.plan.tasks}
            self.fixed = {path: naive_estimates.fixed_cost(self.plan, path) for path in self.plan.tasks}
            self.correlated = naive_estimates.correlations(self.plan, self.durations, self.fixed)
            self.drivers = {(path, field): self.matching(path, field) for path in self.plan.tasks for field in FIELDS}
            self.planned = self.plan_facts()
        except IndexError:
            self.prepare(2 * days)

    def matching(self, path, field):
        return naive_risks.matching_drivers(self.plan, path, field)

    def plan_facts(self):
        found, _ = self.plan_schedule(with_margin=False)
        start = {path: self.actual(path, "started", dates.start) for path, dates in found.dates.items()}
        remaining = {path: task.remaining for path, task in self.plan.tasks.items()}
        return Planned(start, {"duration": remaining, "cost": {path: e.plan for path, e in self.fixed.items()}})

    def iteration(self, seed, number):
        """Return everything that happens in one iteration of the simulation."""
        try:
            return self.simulated(naive_estimates.Lot(seed, number, self.correlated))
        except IndexError:
            self.prepare(2 * self.days)
            return self.iteration(seed, number)

    def simulated(self, lot):
        plan = self.plan
        events = naive_risks.happened(plan, lot)
        hits = naive_risks.effects(plan, lot, events, self.planned)
        minutes = {path: self.minutes(path, lot, hits[path]) for path in plan.tasks}
        lags = {tie: self.lag(tie, lot) for tie in plan.links}
        slips = {path: self.slip(path, size, lot) for path, size in self.slips()}
        draws = naive_schedule.Draws(minutes, lags, slips, events.exists)
        found = naive_schedule.schedule(plan, draws, self.as_planned)
        costs = {path: self.cost(path, lot, found.dates, hits[path]) * found.exists[path] for path in plan.tasks}
        charged = naive_costs.cents(naive_risks.struck_value(0.0, 1.0, hits[None]))
        return self.answer(found, minutes, costs, charged, lot, events.occurs)

    def minutes(self, path, lot, hits):
        """Return the whole minutes of work of an activity, if it exists (K1, T1)."""
        task = self.plan.tasks[path]
        if not task.works:
            return 0
        base = self.durations[path].value(lot)
        drive = naive_risks.product(self.plan, self.drivers[path, "duration"], "duration", lot)
        mine = [hit for hit in hits if hit.field == "duration"]
        return max(whole(naive_risks.struck_value(base, drive, mine)), 1)

    def lag(self, tie, lot):
        """Return the whole minutes of a lag, as drawn; as they stand in the plan where there is nothing to draw."""
        if tie.lag is None:
            return 0
        if lot is None:
            return whole(central(tie.lag, tie.calendar.minutes, None, self.reading(tie.succ)))
        return whole(drawn(tie.lag, tie.calendar.minutes, lot.u(tie.name), None, self.reading(tie.succ)))

    def reading(self, path):
        """Return what low and high mean in the sizes of an activity (K8)."""
        return self.plan.tasks[path].activity.elicited_as or self.program.elicited_as

    def slips(self):
        """Yield (path, size) of every constraint whose date may slip."""
        for path, task in self.plan.tasks.items():
            constraint = task.activity.start_no_earlier_than
            if constraint is not None and constraint.slip is not None:
                yield path, constraint.slip

    def slip(self, path, size, lot):
        """Return the whole minutes by which the date of a constraint slips, on the activity's calendar."""
        number = self.plan.tasks[path].calendar.minutes
        if lot is None:
            return whole(central(size, number, None, self.reading(path)))
        return whole(drawn(size, number, lot.u(f"activity/{path}/slip"), None, self.reading(path)))

    def cost(self, path, lot, dates, hits):
        """Return the cents of one activity that exists."""
        estimate = self.fixed[path]
        by_field = {field: [hit for hit in hits if hit.field == field] for field in FIELDS}
        drive = {field: naive_risks.product(self.plan, self.drivers[path, field], field, lot) for field in FIELDS}
        fixed = (estimate.value(lot), estimate.plan)
        return naive_costs.activity_cents(self.plan, self.plan.tasks[path], fixed, dates[path], drive, by_field)

    def answer(self, found, minutes, costs, charged, lot, occurs):
        """Return what an iteration, or the plan, comes to."""
        plan, projects, dates = self.plan, list(self.program.projects), found.dates
        items = {n: naive_costs.item_cents(plan, n, item, lot, dates) for n, item in self.program.costs.items()}
        responses = sum(naive_costs.response_cents(plan, n, r, lot) for n, r in plan.acting().items())
        project_cost = {
            name: sum(cost for path, cost in costs.items() if plan.tasks[path].project == name)
            + sum(cost for n, cost in items.items() if self.program.costs[n].project == name)
            for name in projects
        }
        return Iteration(
            finish=self.unix(found.program_finish),
            cost=sum(costs.values()) + sum(items.values()) + responses + charged,
            project_finish={name: self.unix(finish) for name, finish in found.project_finish.items()},
            project_cost=project_cost,
            start={path: self.unix(self.actual(path, "started", placed.start)) for path, placed in dates.items()},
            end={path: self.unix(self.actual(path, "finished", placed.finish)) for path, placed in dates.items()},
            minutes=minutes,
            exists=found.exists,
            occurs=occurs,
            critical=naive_schedule.critical(plan, dates, found.exists),
            activity_cost=costs,
        )

    def actual(self, path, word, computed):
        """Return the actual date of what has started or finished, as it was told, else the computed one (N4)."""
        task = self.plan.tasks[path]
        told = task.state == "finished" or (task.state == "started" and word == "started")
        return getattr(task, word) if told else computed

    def unix(self, minute):
        """Return an instant of the axis in minutes since 1970."""
        return int((self.plan.axis.moment(minute) - UNIX).total_seconds()) // 60

    def plan_schedule(self, with_margin):
        """Return the plan's own dates, existence and minutes: constraints as planned, nothing drawn (P1)."""
        plan, events = self.plan, naive_risks.planned_events(self.plan)
        minutes = {path: self.planned_minutes(task, with_margin) for path, task in plan.tasks.items()}
        lags = {tie: self.lag(tie, None) for tie in plan.links}
        slips = {path: self.slip(path, size, None) for path, size in self.slips()}
        draws = naive_schedule.Draws(minutes, lags, slips, events.exists)
        return naive_schedule.schedule(plan, draws, as_planned=True), minutes

    def planned_minutes(self, task, with_margin):
        if task.margin:
            return whole(constant(task.activity.duration.plan, task.calendar.minutes)) if with_margin else 0
        return max(whole(task.remaining), 1) if task.works else 0

    def deterministic(self, with_margin=False):
        """Return the plan's own answer (P1), with its schedule margin or without."""
        found, minutes = self.plan_schedule(with_margin)
        empty = {field: [] for field in FIELDS}
        drive = dict.fromkeys(FIELDS, 1.0)
        costs = {}
        for path, task in self.plan.tasks.items():
            fixed = (self.fixed[path].plan,) * 2
            paid = naive_costs.activity_cents(self.plan, task, fixed, found.dates[path], drive, empty)
            costs[path] = paid * found.exists[path]
        occurred = naive_risks.planned_events(self.plan).occurs
        return self.answer(found, minutes, costs, 0, None, occurred)


FIELDS = naive_risks.FIELDS


def whole(minutes):
    """Return minutes rounded once to a whole number."""
    return floor(minutes + 0.5)


def iterations(program, seed, numbers, mitigation="current", as_planned=False):
    """Return what happens in several iterations."""
    made = Oracle(program, mitigation, as_planned)
    return [made.iteration(seed, number) for number in numbers]

"""When the money of one iteration is spent and paid, minute by minute of working time, in plain Python.

Read from docs/method/cash.md and semantics C3 to C5, on top of the whole-program oracle. Tests trust this; nothing else
uses it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import floor

import naive_costs
import naive_risks
from naive import FIELDS, Oracle
from naive_draws import uniform
from naive_sizes import drawn

UNIX = datetime(1970, 1, 1)
PROFILES = {
    "even": lambda s: s,
    "front": lambda s: 1 - (1 - s) ** 2,
    "back": lambda s: s**2,
    "bell": lambda s: 3 * s**2 - 2 * s**3,
}


@dataclass(frozen=True)
class Part:
    """Cents of one place, spent from one minute of the axis to another on a calendar; ``floor``: not earlier."""

    place: str
    cents: int
    calendar: object
    start: int
    finish: int
    spend: str
    price: str | None
    floor: int = 0


class Phaser(Oracle):
    """The oracle, asked for the parts of the money of an iteration."""

    def answer(self, found, minutes, costs, charged, lot, occurs):
        self.found, self.costs, self.charged = found, costs, charged
        return super().answer(found, minutes, costs, charged, lot, occurs)

    def parts(self, seed, number):
        """Return the iteration, and the parts of its money."""
        whole = self.iteration(seed, number)
        lot = self.lot_of(seed, number)
        return whole, [*self.of_activities(), *self.of_items(lot), *self.of_responses(lot), *self.of_risks()]

    def lot_of(self, seed, number):
        import naive_estimates

        return naive_estimates.Lot(seed, number, self.correlated)

    def of_activities(self):
        for path, task in self.plan.tasks.items():
            placed, cents, activity = self.found.dates[path], self.costs[path], task.activity
            price = self.price(activity.cost.escalation if activity.cost else None)
            if not cents:
                continue
            before = self.spent_before(task) * self.found.exists[path]
            if before:
                last = task.finished if task.state == "finished" else max(task.started, task.floor)
                yield Part(task.project, before, task.calendar, task.started, last, activity.spend, None)
            start = task.calendar.start(placed.k_start)
            end = task.calendar.finish(placed.k_finish)
            if placed.k_finish <= placed.k_start:
                start = end
            held = 0 if task.effort else task.floor
            yield Part(task.project, cents - before, task.calendar, start, end, activity.spend, price, held)

    def spent_before(self, task):
        """Return the cents that an activity has cost by the data date."""
        if task.state == "open":
            return 0
        if task.state == "finished":
            return self.costs[task.path]
        progress, price = task.activity.progress, naive_costs.rate(self.plan, task)
        if progress.actual_cost is not None:
            return naive_costs.cents(progress.actual_cost.value)
        share = min(1.0, task.remaining / task.planned) if task.planned else 1.0
        worked = task.calendar.index(task.floor) - task.calendar.index(task.started)
        return naive_costs.cents(self.fixed[task.path].plan * (1 - share) + price * worked)

    def of_items(self, lot):
        program, dates = self.program, self.found.dates
        calendar = self.plan.calendar(program.calendar)
        for name, item in program.costs.items():
            cents = naive_costs.item_cents(self.plan, name, item, lot, dates)
            if item.span is not None:
                start = min(dates[program.path(path, None)].start for path in item.span.from_)
                finish = max(dates[program.path(path, None)].finish for path in item.span.to)
                held = 0
            else:
                project = program.projects[item.project] if item.project else None
                start = self.plan.axis.minute(((project and project.start) or program.start).start_like())
                ends = self.found.project_finish
                finish = ends[item.project] if item.project else self.found.program_finish
                held = start
            yield Part(
                item.project or "", cents, calendar, start, finish, item.spend, self.price(item.escalation), held
            )

    def of_responses(self, lot):
        calendar, now = self.plan.calendar(self.program.calendar), self.now()
        for name, response in self.plan.acting().items():
            cents = naive_costs.response_cents(self.plan, name, response, lot)
            yield Part("", cents, calendar, now, self.found.program_finish, "start", self.price(None), now)

    def of_risks(self):
        calendar, now = self.plan.calendar(self.program.calendar), self.now()
        yield Part("", self.charged, calendar, now, self.found.program_finish, "even", self.price(None), now)

    def now(self):
        program = self.program
        start = program.start.start_like()
        status = program.data_date.start_like() if program.data_date is not None else start
        return self.plan.axis.minute(max(start, status))

    def price(self, name):
        known = self.program.escalation
        if name == "none" or not known:
            return None
        return name or ("general" if "general" in known else next(iter(known)))


def share_by(part, minute):
    """Return the share of a part that is spent by a minute of the axis: open minutes one after another."""
    first, last = part.calendar.index(part.start), part.calendar.index(part.finish)
    moment = last <= first
    if moment:
        last = max(first, part.calendar.index(part.floor) + 1) if part.floor else max(first, 1)
        first = last - 1
    elif part.spend == "start":
        last = first + 1
    elif part.spend == "finish":
        first = last - 1
    worked = min(max(part.calendar.index(minute) - first, 0), last - first)
    return PROFILES.get(part.spend, PROFILES["even"])(worked / (last - first))


def first_minute(part, days):
    """Return the minute of the axis by whose end anything of a part is spent, by halving: what is spent stays spent."""
    return bisect_left(range(days * 1440), True, key=lambda minute: share_by(part, minute + 1) > 0)


def price_index(program, name, year, seed, iteration):
    """Return the price of a year in that of the base year."""
    entry, index = program.escalation[name], 1.0
    for one in range(entry.from_, year + 1):
        variable = f"escalation/{name}/{one}" if entry.years == "own" else f"escalation/{name}"
        index *= 1.0 + drawn(entry.rate, lambda quantity: quantity.value, uniform(seed, variable, iteration))
    return index


def phased(oracle, seed, number, edges):
    """Return {(place, period): [constant, then-year, paid]} of one iteration; ``edges`` are datetimes.

    Time is cut at every edge, at the start of every month, at the data date, and as long before each as payment lags.
    """
    program, axis = oracle.program, oracle.plan.axis
    whole, parts = oracle.parts(seed, number)
    terms = program.payments
    lag, retention, advance = (timedelta(0), 0.0, 0.0) if terms is None else (
        timedelta(days=terms.lag.value), terms.retention, terms.advance
    )  # fmt: skip
    status = program.data_date.start_like() if program.data_date is not None else datetime.min
    months = list(month_starts(edges[0], edges[-1]))
    now = [status] if program.data_date is not None else []
    cuts = sorted({cut for edge in (*edges, *months) for cut in (edge, edge - lag)} | set(now))
    out = {}

    def book(place, moment, view, cents):
        key = place, period_of(edges, moment)
        out.setdefault(key, [0, 0, 0])[view] += cents

    for part in parts:
        before = then_before = paid_before = 0
        for begin, end in pairwise(cuts):
            spent = floor(part.cents * share_by(part, axis.minute(end)) + 0.5)
            step, before = spent - before, spent
            book(part.place, begin, 0, step)
            index = 1.0
            if part.price is not None and end > status:
                index = price_index(program, part.price, begin.year, seed, number)
            then = then_before + floor(step * index + 0.5)
            book(part.place, begin, 1, then - then_before)
            then_before = then
            paid = then - floor(advance * then + 0.5) - floor(retention * then + 0.5)
            book(part.place, begin + lag, 2, paid - paid_before)
            paid_before = paid
        assert before == part.cents
        if part.cents and terms is not None:
            start = axis.moment(first_minute(part, oracle.days))
            book(part.place, start, 2, floor(advance * then_before + 0.5))
            finish = whole.project_finish[part.place] if part.place else whole.finish
            book(part.place, UNIX + timedelta(minutes=finish - 1), 2, floor(retention * then_before + 0.5))
    return out


def month_starts(first, last):
    """Yield the first moments of the months from one date to another."""
    year, month = first.year, first.month
    while datetime(year, month, 1) <= last:
        yield datetime(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def period_of(edges, moment):
    """Return the place of the period in which a moment lies; before the first and after the last, the nearest."""
    place = sum(edge <= moment for edge in edges) - 1
    return min(max(place, 0), len(edges) - 2)


__all__ = ["FIELDS", "Part", "Phaser", "naive_risks", "phased"]

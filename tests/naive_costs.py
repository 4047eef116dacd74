"""What one iteration costs, in whole cents: activities, items of their own, responses, impacts on the program.

Semantics C1, C2, C5, N4, K6. Tests trust this; nothing else uses it.
"""

from math import floor

from naive_estimates import money, money_planned
from naive_risks import struck_value
from naive_sizes import central, drawn


def cents(amount):
    """Return an amount in whole cents, rounded once (C2)."""
    return floor(amount * 100 + 0.5)


def rate(plan, task):
    """Return the money per working minute: the cost per day, and the resources held (C1)."""
    cost, calendar = task.activity.cost, task.calendar
    total = 0.0 if cost is None or cost.per_day is None else cost.per_day.value / calendar.units["d"]
    for name, units in task.activity.uses.items():
        resource = plan.program.resources[name]
        if resource.cost is not None:
            total += units * resource.cost.amount / calendar.units[resource.cost.unit]
    return total


def activity_cents(plan, task, fixed, where, drive, hits):
    """Return the cents of one activity that exists: what is spent is certain, the rest is struck (C1, N4).

    ``fixed`` is the drawn and the planned fixed part, ``drive`` and ``hits`` are the drivers and effects by field.
    """
    price, progress = rate(plan, task), task.activity.progress
    worked = max(where.k_finish - where.k_start, 0)
    if task.state == "finished":
        if progress.actual_cost is not None:
            return cents(progress.actual_cost.value)
        return cents(fixed[1] + price * worked)
    spent, share = 0.0, 1.0
    if task.state == "started":
        share = min(1.0, task.remaining / task.planned) if task.planned else 1.0
        before = task.calendar.index(task.floor) - task.calendar.index(task.started)
        spent = fixed[1] * (1 - share) + price * before
        spent = progress.actual_cost.value if progress.actual_cost is not None else spent
    amount = struck_value(fixed[0] * share, drive["cost"], hits["cost"])
    amount += struck_value(price * worked, drive["cost_per_day"], hits["cost_per_day"])
    return cents(spent + struck_value(amount, drive["cost_total"], hits["cost_total"]))


def item_cents(plan, name, item, lot, dates):
    """Return the cents of an entry of ``costs`` (C5): its per-day cost runs on the program's calendar."""
    amount = 0.0
    if item.fixed is not None:
        amount = money_planned(item.fixed)
        if lot is not None and item.fixed.range is not None:
            amount = drawn(item.fixed.range, money, lot.u(f"costs/{name}/cost"), amount, plan.program.elicited_as)
    if item.per_day is not None:
        calendar = plan.calendar(plan.program.calendar)
        first = min(dates[plan.program.path(path, None)].start for path in item.span.from_)
        last = max(dates[plan.program.path(path, None)].finish for path in item.span.to)
        minutes = max(calendar.index(last) - calendar.index(first), 0)
        amount += item.per_day.value * minutes / calendar.units["d"]
    return cents(amount)


def response_cents(plan, name, response, lot):
    """Return the cents of an acting response: what is in the plan already costs nothing more (K6)."""
    if response.cost is None or response.status in ("in_plan", "done"):
        return 0
    if lot is None:
        return cents(central(response.cost, money, None, plan.program.elicited_as))
    return cents(drawn(response.cost, money, lot.u(f"response/{name}/cost"), None, plan.program.elicited_as))

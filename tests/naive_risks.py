"""What happens in one iteration: choices, risks, responses that work, what exists, and how hard everything is struck.

Semantics K1 to K6 and N7. Tests trust this; nothing else uses it.
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter

from naive_estimates import money
from naive_sizes import drawn

FIELDS = ("duration", "cost", "cost_per_day", "cost_total")


@dataclass
class Happened:
    """The events of one iteration; ``lot`` is None in the plan itself, where nothing is drawn (P1)."""

    choices: dict
    works: dict
    occurs: dict
    exists: dict


@dataclass
class Effect:
    """One impact as it strikes one activity, or the program."""

    risk: str
    field: str
    operation: str
    value: float
    group: str | None


def happened(plan, lot):
    """Return the events of an iteration."""
    choices = {name: chosen(lot, name, outcomes) for name, outcomes in plan.program.choices.items()}
    works = {name: lot.u(f"response/{name}/works") < r.works for name, r in plan.acting().items()}
    occurs = occurrences(plan, lot, works)
    found = Happened(choices, works, occurs, {})
    found.exists = {path: exists(plan, lot, path, found) for path in plan.tasks}
    return found


def planned_events(plan):
    """Return the events of the plan's own answer: no risk, likeliest outcomes, existence at 50% or more (P1)."""
    choices = {name: max(sorted(outcomes), key=outcomes.get) for name, outcomes in plan.program.choices.items()}
    statuses = {name: risk.status == "occurred" for name, risk in plan.program.risks.items()}
    found = Happened(choices, dict.fromkeys(plan.acting(), True), statuses, {})
    found.exists = {path: exists(plan, None, path, found) for path in plan.tasks}
    return found


def chosen(lot, name, outcomes):
    """Return the outcome of a choice: the first, by identifier, whose cumulative probability exceeds the uniform."""
    u, total = lot.u(f"choice/{name}"), 0.0
    for outcome, probability in sorted(outcomes.items()):
        total += probability
        if u < total:
            return outcome
    return outcome


def exists(plan, lot, path, events):
    """Return whether an activity exists, as far as that does not hang on a date."""
    activity = plan.tasks[path].activity
    if plan.tasks[path].state != "open":
        return True
    if activity.exists is not None:
        drawn_to = activity.exists >= 0.5 if lot is None else lot.u(f"activity/{path}/exists") < activity.exists
        if not drawn_to:
            return False
    condition = activity.when
    if condition is None or condition.activity is not None:
        return True
    if condition.choice is not None:
        return events.choices[condition.choice] == condition.outcome
    return events.occurs[condition.risk.removeprefix("risks.")] == condition.occurs


def occurrences(plan, lot, works):
    """Return which risks occur, those that others are conditional on first (K5)."""
    risks = plan.program.risks
    graph = {name: set(given_of(plan, name, works)) for name in risks}
    found = {}
    for name in TopologicalSorter(graph).static_order():
        found[name] = sampled(plan, name) and lot.u(f"risk/{name}/occurs") < probability(plan, name, works, found)
        found[name] = found[name] or risks[name].status == "occurred"
    return found


def sampled(plan, name):
    """Return whether a risk can occur: it is open, and if a response brings it, that response acts."""
    named = {name, f"risks.{name}"}
    bringing = [r for r, response in plan.program.responses.items() if named & set(response.secondary)]
    return plan.program.risks[name].status == "open" and (not bringing or any(r in plan.acting() for r in bringing))


def changes(plan, name, works):
    """Return what the working responses change about a risk, by their identifiers, in that order."""
    acting = plan.acting()
    return {r: acting[r].acts_on[name] for r in acting if works[r] and name in acting[r].acts_on}


def given_of(plan, name, works):
    """Return the conditional probabilities of a risk, by the risk they are conditional on."""
    given = dict(plan.program.risks[name].given)
    for change in changes(plan, name, works).values():
        given |= dict(change.given or {})
    return {other.removeprefix("risks."): share for other, share in given.items()}


def probability(plan, name, works, occurred):
    """Return the probability that applies: the largest of the given ones, else the risk's own (K5)."""
    applies = [share for other, share in given_of(plan, name, works).items() if occurred[other]]
    if applies:
        return max(applies)
    own = [change.probability for change in changes(plan, name, works).values() if change.probability is not None]
    return own[-1] if own else plan.program.risks[name].probability


def effects(plan, lot, events, planned):
    """Return the effects on every activity, and on the program (under None), of the risks that occurred (K2, K3)."""
    struck = {None: [], **{path: [] for path in plan.tasks}}
    for name in sorted(plan.program.risks):
        if events.occurs[name] and plan.program.risks[name].status == "open":
            for blow in blows(plan, name, events):
                strike(plan, lot, events, planned, blow, struck)
    return struck


@dataclass
class Blow:
    """One field of one impact of a risk that occurred."""

    risk: str
    group: str | None
    impact: object
    field: str
    size: object
    name: str
    scale: float


def blows(plan, name, events):
    """Yield what a risk that occurred does, in the order of its impacts; responses that work change or scale it."""
    risk, scale, seen = plan.program.risks[name], dict.fromkeys(FIELDS, 1.0), {}
    impacts, prefix = risk.impacts, f"risk/{name}"
    for response, change in changes(plan, name, events.works).items():
        for field, share in (("duration", change.duration), ("cost", change.cost)):
            scale[field] *= 1.0 if share is None else share.value.value
        if change.impacts and impacts is risk.impacts:
            impacts, prefix = change.impacts, f"response/{response}/{name}"
    if impacts is not risk.impacts:
        scale = dict.fromkeys(FIELDS, 1.0)
    for impact in impacts:
        key = impact.id or impact_key(impact)
        for field in FIELDS:
            size = getattr(impact, field)
            if size is not None:
                variable = f"{prefix}/{key}/{field}"
                seen[variable] = seen.get(variable, 0) + 1
                again = "" if seen[variable] == 1 else f"/{seen[variable]}"
                yield Blow(name, risk.parallel_group, impact, field, size, variable + again, scale[field])


def impact_key(impact):
    """Return what names an impact without an identifier of its own: whom it strikes."""
    if impact.on is None:
        return "program"
    left_out = " except " + ",".join(sorted(impact.except_)) if impact.except_ else ""
    return ",".join(sorted(impact.on)) + left_out


def strike(plan, lot, events, planned, blow, struck):
    """Add one field of one impact to what strikes its activities."""
    if blow.impact.on is None:
        struck[None].append(effect(blow, sized(plan, blow, money, lot.u(blow.name))))
        return
    named = [path for path in plan.selected(blow.impact.on, blow.impact.except_) if can_take(plan, path, blow.field)]
    shares = dict.fromkeys(named, 1.0)
    if blow.size.operation == "+" and len(named) > 1:
        shares = spread(plan, blow, [path for path in named if events.exists[path]], planned)
    for path, share in shares.items():
        variable = f"{blow.name}/{path}" if blow.impact.own_size else blow.name
        number = factor
        if blow.size.operation == "+":
            number = plan.tasks[path].calendar.minutes if blow.field == "duration" else money
        struck[path].append(effect(blow, sized(plan, blow, number, lot.u(variable)) * share))


def can_take(plan, path, field):
    """Return whether a field of a driver or impact can act on a task (N4)."""
    task = plan.tasks[path]
    return task.works if field == "duration" else task.state != "finished"


def spread(plan, blow, there, planned):
    """Return the share of an addition that each activity takes, of those that exist (K3)."""
    if blow.impact.spread == "each" or not there:
        return dict.fromkeys(there, 1.0)
    if blow.impact.spread == "once":
        return {min(there, key=lambda path: (planned.starts[path], path)): 1.0}
    weights = {path: planned.weights[blow.field][path] for path in there}
    total = sum(weights.values())
    return {path: weight / total for path, weight in weights.items()} if total else {}


def effect(blow, value):
    return Effect(blow.risk, blow.field, blow.size.operation, value, blow.group)


def sized(plan, blow, number, u):
    """Return a size as drawn and as responses scale it: an addition, or what a factor adds to 100%."""
    value = drawn(blow.size, number, u, None, plan.program.elicited_as)
    return value * blow.scale if blow.size.operation == "+" else 1.0 + (value - 1.0) * blow.scale


def factor(quantity):
    return quantity.value


def matching_drivers(plan, path, field):
    """Return the (identifier, size) of the drivers that act on a field of an activity."""
    return [
        (name, getattr(driver, field))
        for name, driver in sorted(plan.program.drivers.items())
        if getattr(driver, field) is not None
        and can_take(plan, path, field)
        and path in plan.selected(driver.on, driver.except_)
    ]


def product(plan, matching, field, lot):
    """Return the product of drivers (K1)."""
    total = 1.0
    for name, size in matching:
        total *= drawn(size, factor, lot.u(f"driver/{name}/{field}"), None, plan.program.elicited_as)
    return total


def struck_value(base, drive, hits):
    """Return base x drivers x factors + additions, of each parallel group only the largest change (K1, K4)."""
    kept = [hit for hit in hits if hit.group is None]
    for group in sorted({hit.group for hit in hits if hit.group is not None}):
        rivals = [hit for hit in hits if hit.group == group]
        kept.append(max(rivals, key=lambda hit: abs(change(base * drive, hit))))
    product, total = base * drive, 0.0
    for hit in kept:
        if hit.operation == "x":
            product *= hit.value
        else:
            total += hit.value
    return product + total


def change(before, hit):
    """Return what one effect alone changes."""
    return (hit.value - 1.0) * before if hit.operation == "x" else hit.value

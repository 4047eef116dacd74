"""Rules between the items that a discrete-event engine brings to life: gates, approvals, pools, arrivals, policies.

A gate sends back work that comes before it; work needs no more units than its pool ever has; what changes the capacity
of a pool needs one that has a capacity; a policy that looks at a target needs a promised date.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from riskmc.program.activity import Activity
from riskmc.program.measure import MOST_UNITS
from riskmc.program.numeral import amount_text
from riskmc.program.plain_words import Place
from riskmc.program.policy import TARGET, Trigger
from riskmc.program.pool_end import PoolEnds
from riskmc.program.resource import Resource
from riskmc.program.risk import IN_TIME, Impact

if TYPE_CHECKING:
    from riskmc.program.program import Program

Fault = tuple[Place, str]
_CHANGES = ("staffing", "turnover", "ramp_up", "outages")
_AT_MOMENTS = "arrives at moments of its own, and has no chance to occur"


def of_behaviours(program: Program) -> Iterator[Fault]:
    """Yield the place and text of every rule between these items that is broken."""
    most = most_units(program)
    ended = PoolEnds(program, most)
    for home, project in program.projects.items():
        for name, activity in project.activities.items():
            place: Place = ("projects", home, "activities", name)
            yield from _of_loops(program, place, activity, f"{home}.{name}")
            if not _needs_nothing(activity):
                yield from _of_demand(place, activity, most)
                yield from ended.too_late(place, activity, f"{home}.{name}")
    for name, resource in program.resources.items():
        yield from _of_resource(("resources", name), resource, most.get(name, math.inf))
    yield from _of_impacts(program)
    yield from _of_arriving(program)
    for name, policy in program.policies.items():
        yield from _of_trigger(program, ("policies", name, "when"), policy.when)
        added = policy.do.add_units
        if added is not None:
            yield from _of_pool(program, ("policies", name, "do", "add_units", "resource"), added.resource)
    if program.funding_rule is not None and not program.funding:
        yield ("funding_rule",), "says how money binds, and there is no `funding`: {2027: 90M}"


def most_units(program: Program) -> dict[str, float]:
    """Return the greatest capacity that each limited pool can ever have, by name; capacities of a plan are no limit."""
    most = {
        name: max(units for _, units in resource.levels())
        for name, resource in program.resources.items()
        if resource.capacity is not None and not resource.from_plan
    }
    for name, units in added_units(program):
        if name in most:
            most[name] += units
    return most


def added_units(program: Program) -> Iterator[tuple[str, float]]:
    """Yield the units that risks (opportunities) and policies may add to pools."""
    for risk in program.risks.values():
        for impact in risk.impacts:
            if impact.resource is not None and (impact.units or 0.0) > 0:
                yield impact.resource, math.inf
    for policy in program.policies.values():
        if policy.do.add_units is not None:
            yield policy.do.add_units.resource, policy.do.add_units.units * (policy.at_most or math.inf)


def _of_loops(program: Program, place: Place, activity: Activity, path: str) -> Iterator[Fault]:
    """Yield the faults of a quality gate and of an approval: on what they stand, and what they send back."""
    for word, loop in (("quality_gate", activity.quality_gate), ("approval", activity.approval)):
        if loop is None:
            continue
        sent = [program.candidates(name, program.project_of(path)) for name in loop.of]
        fault = _misplaced(activity, word, not sent or (path,) in sent)
        if fault:
            yield (*place, word), fault
            continue
        before = _before(program, path)
        for number, found in enumerate(sent):
            if len(found) == 1 and found[0] not in before:
                text = f"{loop.of[number]!r} does not come before {path}, and only earlier work can be sent back"
                yield (*place, word, "of", number), text


def _misplaced(activity: Activity, word: str, itself: bool) -> str:
    """Return why a gate or an approval cannot stand on what has no work, or an empty text; ``itself`` is sent back."""
    if activity.level_of_effort is not None or activity.margin:
        kind = "margin" if activity.margin else "level of effort"
        return f"{kind} has no result that could be tested or approved"
    if activity.milestone and word == "approval":
        return "a milestone lasts nothing, and approval takes time: write `duration: 0d` instead of `milestone`"
    if activity.milestone and itself:
        return "a milestone has no work to be done again: name in `of` the work before it"
    return ""


def _before(program: Program, path: str) -> set[str]:
    """Return the activity at a path, and all that come before it along any links."""
    every, found, waiting = program.activities(), {path}, [path]
    while waiting:
        at = waiting.pop()
        for link in every[at].after:
            more = {*program.candidates(link.activity, program.project_of(at))} - found
            found |= more
            waiting += more
    return found


def _needs_nothing(activity: Activity) -> bool:
    """Return whether an activity is done, or asks no pool for units."""
    done = activity.progress is not None and activity.progress.finished is not None
    return done or activity.unscheduled or activity.level_of_effort is not None or bool(activity.milestone)


def _of_demand(place: Place, activity: Activity, most: dict[str, float]) -> Iterator[Fault]:
    """Yield the demands that no pool can ever meet."""
    approvers = activity.approval.by if activity.approval is not None else {}
    for words, demand in ((("uses",), activity.uses), (("approval", "by"), approvers)):
        for name, units in demand.items():
            if units > most.get(name, math.inf):
                needs = f"needs {amount_text(units)} {name}, and there are never more than {amount_text(most[name])}"
                yield (*place, *words, name), f"{needs}: it can never start"


def _of_resource(place: Place, resource: Resource, most: float) -> Iterator[Fault]:
    """Yield the faults of one pool: changes of a capacity that is not there, parts of a unit that leave or fail."""
    said = [word for word in _CHANGES if getattr(resource, word) is not None]
    if said and resource.capacity is None:
        yield (*place, said[0]), "needs `capacity` beside it: how many units there are"
        return
    whole = all(units == int(units) for _, units in resource.levels())
    for word in ("turnover", "outages"):
        if getattr(resource, word) is not None and not whole:
            yield (*place, word), "happens to whole units: `capacity` and `staffing` must be whole numbers"
    if not resource.from_plan and any(units > MOST_UNITS for _, units in resource.levels()):
        yield (*place, "capacity"), f"at most {amount_text(MOST_UNITS)} units are possible"
    outages = resource.outages
    if outages is not None and outages.units is not None and outages.units > most:
        yield (*place, "outages", "units"), f"{outages.units} units fail of a pool that never has more than {most:g}"


def _of_pool(program: Program, place: Place, name: str) -> Iterator[Fault]:
    """Yield a fault where the capacity of a pool changes that has none."""
    if name in program.resources and program.resources[name].capacity is None:
        yield place, f"{name!r} has no `capacity` that could change"


def _of_impacts(program: Program) -> Iterator[Fault]:
    for name, risk in program.risks.items():
        for number, impact in enumerate(risk.impacts):
            yield from _of_units(program, ("risks", name, "impacts", number), impact)
    for name, response in program.responses.items():
        for risk_name, change in response.acts_on.items():
            arrives = risk_name not in program.risks or program.risks[risk_name].arrivals is not None
            for number, impact in enumerate(change.impacts or ()):
                place: Place = ("responses", name, "acts_on", risk_name, "impacts", number)
                yield from _of_units(program, place, impact)
                timed = [word for word in IN_TIME if getattr(impact, word) is not None]
                if timed and not arrives:
                    yield (*place, timed[0]), f"needs `arrivals` of risk {risk_name!r}: it happens at a moment"


def _of_arriving(program: Program) -> Iterator[Fault]:
    """Yield a fault where a chance, or an existence, hangs on the occurrence of a risk that arrives."""
    arriving = {name for name, risk in program.risks.items() if risk.arrivals is not None}
    for name, risk in program.risks.items() if arriving else ():
        for other in sorted(arriving & set(risk.given)):
            yield ("risks", name, "given", other), f"risk {other!r} {_AT_MOMENTS}, on which another could hang"
    for name, response in program.responses.items() if arriving else ():
        for risk_name in sorted(arriving & set(response.acts_on)):
            for word in ("probability", "given"):
                if getattr(response.acts_on[risk_name], word) is not None:
                    said = f"risk {risk_name!r} {_AT_MOMENTS}; a response can change its `impacts` and their size"
                    yield ("responses", name, "acts_on", risk_name, word), said
    for home, project in program.projects.items() if arriving else ():
        for name, activity in project.activities.items():
            if activity.when is not None and activity.when.risk in arriving:
                said = f"risk {activity.when.risk!r} {_AT_MOMENTS}, on which an activity could hang"
                yield ("projects", home, "activities", name, "when"), said


def _of_units(program: Program, place: Place, impact: Impact) -> Iterator[Fault]:
    if impact.resource is not None:
        yield from _of_pool(program, (*place, "resource"), impact.resource)


def _of_trigger(program: Program, place: Place, trigger: Trigger) -> Iterator[Fault]:
    """Yield a fault where a policy looks at a target that nobody has promised."""
    if trigger.later_than != TARGET:
        return
    wanted = _meant(program, trigger.at if trigger.at is not None else program.finish)
    promised = {_meant(program, target.at) for target in program.targets if target.finish is not None}
    if wanted not in promised and not (trigger.at is None and None in promised):
        what = f"a finish of {trigger.at}" if trigger.at is not None else "the finish of the program"
        yield (*place, "later_than"), f"no entry of `targets` promises {what}"


def _meant(program: Program, name: str | None) -> str | None:
    """Return the path of an activity, or the name of a project, that ``name`` means."""
    if name is None or name in program.projects:
        return name
    found = program.candidates(name)
    return found[0] if len(found) == 1 else name

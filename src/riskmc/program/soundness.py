"""Rules between the items of a program that hold whatever the numbers: identifiers, calendars, durations, selections.

A program has activities and a start; an activity has a duration; a calendar has work; a range that strikes several
activities says whether they share its size (semantics K8), an addition to several says how it spreads (K3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from riskmc.errors import ProgramError
from riskmc.program.activity import Activity
from riskmc.program.behaviour import of_behaviours
from riskmc.program.estimate import Estimate
from riskmc.program.notation import kind
from riskmc.program.plain_words import Place
from riskmc.program.risk import Impact
from riskmc.program.scope import ScopeGrowth
from riskmc.program.sections import KEYED, Sections
from riskmc.program.selector import Selector, select

if TYPE_CHECKING:
    from riskmc.program.program import Program

Fault = tuple[Place, str]
_RESERVED = frozenset(Sections.model_fields) | {"scenarios"}


def unsound(program: Program) -> Iterator[Fault]:
    """Yield the place and text of every rule between items that is broken."""
    yield from _of_program(program)
    yield from _of_identifiers(program)
    yield from _of_calendars(program)
    for home, project in program.projects.items():
        for name, activity in project.activities.items():
            yield from _of_activity(("projects", home, "activities", name), activity, program.plan is not None)
    yield from _of_idle(program)
    yield from _of_register(program)
    yield from _of_targets(program)
    yield from _of_ranges(program)
    yield from _of_impacts(program)
    yield from _of_given(program)
    yield from of_behaviours(program)


def _of_register(program: Program) -> Iterator[Fault]:
    if program.register_ is not None:
        yield ("register",), "a register is read with the program file that names it: riskmc.read"


def _of_program(program: Program) -> Iterator[Fault]:
    if not any(project.activities for project in program.projects.values()):
        yield ("projects",), "there are none with activities, and a program needs at least one activity"
    if program.first_day() is None:
        yield ("start",), "is missing: the day on which the program starts, as 2027-01-04"


def _of_identifiers(program: Program) -> Iterator[Fault]:
    for section in (*KEYED, "scenarios"):
        for name in getattr(program, section):
            yield from _of_identifier((section, str(name)), str(name))
    seen: dict[str, Place] = {}
    guids: dict[str, str] = {}
    for home, project in program.projects.items():
        if home in _RESERVED:
            yield ("projects", home), f"a project cannot be called {home!r}: that word begins the paths of a section"
        for name, activity in project.activities.items():
            place: Place = ("projects", home, "activities", name)
            yield from _of_identifier(place, name)
            if f"{home}.{name}" in seen:
                yield place, f"the path {home}.{name} has two meanings"
            seen[f"{home}.{name}"] = place
            if activity.guid and guids.setdefault(activity.guid, f"{home}.{name}") != f"{home}.{name}":
                text = f"{activity.guid!r} is the GUID of {guids[activity.guid]} too, and the two would share draws"
                yield (*place, "guid"), text


def project_name(wanted: str) -> str:
    """Return what a project may be called: the name wanted, with a sign behind it where a section has that name."""
    return f"{wanted}_" if wanted in _RESERVED else wanted


def _of_identifier(place: Place, name: str) -> Iterator[Fault]:
    if not name or name != name.strip() or not name.isprintable() or name.startswith('"'):
        yield (
            place,
            f"{name!r} cannot be an identifier: letters, digits, _ and -, or a foreign code without outer blanks",
        )


def _of_targets(program: Program) -> Iterator[Fault]:
    for place, target in enumerate(program.targets):
        if target.cost is not None and target.finish is None and target.at and target.at not in program.projects:
            rule = "an amount is of the program, without `at`, or of a project; beside a finish it is the program's"
            yield ("targets", place, "at"), f"{rule}, got the activity {target.at!r}"


def _of_calendars(program: Program) -> Iterator[Fault]:
    for name, calendar in program.calendars.items():
        chain = [name]
        base = calendar.based_on
        while base is not None and base in program.calendars and base not in chain:
            chain.append(base)
            base = program.calendars[base].based_on
        if base == name == min(chain):
            yield ("calendars", name, "based_on"), f"calendars are based on each other: {' -> '.join([*chain, name])}"
        worked = any(calendar.week.values()) or any(exception.shifts for exception in calendar.exceptions)
        if name == "24h" and calendar.weather:
            yield (
                ("calendars", name, "weather"),
                "milestones and elapsed time run on `24h`: give the work a calendar {based_on: 24h, weather: ...}",
            )
        if calendar.based_on is None and not worked:
            yield ("calendars", name), "a calendar needs working time: `week`, `exceptions` or `based_on`"


def _of_activity(place: Place, activity: Activity, over_plan: bool) -> Iterator[Fault]:
    done = activity.progress is not None and activity.progress.finished is not None
    free = activity.milestone or activity.level_of_effort is not None or activity.unscheduled or done or over_plan
    if activity.duration is None and activity.backlog is None and not free:
        yield place, "an activity needs a `duration` (or milestone: true, level_of_effort, or a `backlog`)"
    if activity.backlog is not None and (activity.milestone or activity.margin or activity.level_of_effort):
        yield (*place, "backlog"), "only work has a backlog: no milestone, no margin and no level of effort"
    if activity.level_of_effort is not None and activity.duration is not None:
        yield (*place, "duration"), "a level-of-effort activity lasts as long as the work it supports: no duration"
    effort = activity.level_of_effort
    if effort is not None and not (effort.from_ or effort.to or activity.after or over_plan):
        yield (*place, "level_of_effort"), "needs {from: , to: }, or `after` links to the work it supports"
    if not over_plan:
        yield from _of_share((*place, "duration"), activity.duration)
        yield from _of_share((*place, "cost", "fixed"), activity.cost.fixed if activity.cost else None)


def _of_idle(program: Program) -> Iterator[Fault]:
    """Yield what asks for a date of work that was never scheduled, which has none."""
    activities = program.activities()
    idle = {path for path, activity in activities.items() if activity.unscheduled}
    asked: list[tuple[Place, str | None, str | None]] = [(("finish",), program.finish, None)]
    asked += [(("benefits", number, "at"), benefit.at, None) for number, benefit in enumerate(program.benefits)]
    for home, project in program.projects.items() if idle else ():
        for name, activity in project.activities.items():
            if activity.when is not None and not activity.unscheduled:
                asked.append((("projects", home, "activities", name, "when"), activity.when.activity, home))
    for place, reference, inside in asked:
        if reference is not None and idle.intersection(program.candidates(reference, inside)):
            yield place, f"{reference!r} is `unscheduled`: it is left out and has no date; name other work"


def _of_share(place: Place, estimate: Estimate | None) -> Iterator[Fault]:
    if (
        estimate is not None
        and estimate.plan is None
        and estimate.range is not None
        and kind(estimate.range) == "share"
    ):
        yield place, "a range in shares needs the planned value beside it: {plan: 20d, range: ...}"


def _of_ranges(program: Program) -> Iterator[Fault]:
    for number, rule in enumerate(program.ranges):
        if rule.csv is not None:
            yield ("ranges", number, "csv"), "a table is read with the program file that names it: riskmc.read"
        elif rule.sizes is None and len(_selected(program, rule.on, rule.except_)) > 1:
            yield (
                ("ranges", number),
                (
                    "matches several activities, so it must say `sizes: own` (each draws its own), `same` (one for "
                    "all) or `correlated 0.3`"
                ),
            )


def _of_impacts(program: Program) -> Iterator[Fault]:
    for name, risk in program.risks.items():
        for number, impact in enumerate(risk.impacts):
            yield from _of_impact(program, ("risks", name, "impacts", number), impact)
    for name, response in program.responses.items():
        for risk_name, change in response.acts_on.items():
            for number, impact in enumerate(change.impacts or ()):
                yield from _of_impact(program, ("responses", name, "acts_on", risk_name, "impacts", number), impact)
    for name, scope in program.scope.items():
        yield from _of_spread(program, ("scope", name), scope, scope.size is not None)


def _of_impact(program: Program, place: Place, impact: Impact) -> Iterator[Fault]:
    if "24h" in impact.calendars:
        yield (
            (*place, "calendars"),
            "milestones and elapsed time run on `24h`: give the work a calendar {based_on: 24h} and name that",
        )
    adds = any(size is not None and size.operation == "+" for size in (impact.duration, impact.cost))
    yield from _of_spread(program, place, impact, adds)


def _of_spread(program: Program, place: Place, item: Impact | ScopeGrowth, adds: bool) -> Iterator[Fault]:
    if adds and item.on and item.spread is None and len(_selected(program, item.on, item.except_)) > 1:
        yield (
            place,
            (
                "adds to several activities, so it must say `spread: each` (to every one), `once` (to the first) or "
                "`split` (divided among them)"
            ),
        )


def _selected(program: Program, on: Selector, except_: Selector | None) -> tuple[str, ...]:
    """Return what a selector means; nothing where it is broken, which is reported elsewhere, or needs the network."""
    try:
        return select(program, on, except_)
    except ProgramError:
        return ()


def _of_given(program: Program) -> Iterator[Fault]:
    loop = _loop({name: tuple(risk.given) for name, risk in program.risks.items()})
    if loop:
        yield ("risks", loop[0], "given"), f"risks depend on each other in a loop: {' -> '.join(loop)}"


def _loop(followers: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the names of one loop, the first repeated at the end; an empty list where there is none."""
    try:
        TopologicalSorter(followers).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []

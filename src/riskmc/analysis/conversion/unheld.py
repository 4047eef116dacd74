"""What a planning tool's file does not hold of a program at all: risks, drivers, targets, branches and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from riskmc.analysis.conversion.losses import Ledger
from riskmc.program.activity import Activity
from riskmc.program.measure import NEUTRAL
from riskmc.program.program import Program
from riskmc.program.resource import Resource
from riskmc.program.stored import stored_of_plan

_SECTIONS = {
    "risks": "risks",
    "responses": "responses to risks",
    "drivers": "drivers",
    "choices": "choices between branches",
    "scenarios": "scenarios",
    "escalation": "escalation of costs",
    "correlations": "correlations",
    "targets": "targets",
    "benefits": "benefits",
    "assumptions": "assumptions",
    "not_in_the_model": "notes on what is not in the model",
    "scope": "changes of scope",
    "policies": "policies of managers",
    "teams": "agile teams",
}
_SINGLE = {
    "finish": "which activity is the finish of the program is left out",
    "cost_of_delay": "the cost of delay is left out",
    "management_reserve": "the management reserve is left out",
    "payments": "payments are left out",
    "discount_rate": "the discount rate is left out",
    "funding": "funding is left out",
    "funding_rule": "the rule by which funding binds is left out",
}
_ACTIVITIES: dict[str, Callable[[Activity], object]] = {
    "schedule margin is written as work": lambda a: a.margin,
    "chances that work exists are left out; it is written as it stands in the plan": lambda a: a.exists is not None,
    "conditions of work are left out; it is written as it stands in the plan": lambda a: a.when is not None,
    "quality gates are left out": lambda a: a.quality_gate,
    "approvals are left out": lambda a: a.approval,
    "backlogs of teams are left out": lambda a: a.backlog,
    "priorities of activities are left out": lambda a: a.priority != NEUTRAL,
    "rules of pre-emption and of paused work are left out": lambda a: a.preemption or a.while_paused != "hold",
    "tags are left out": lambda a: a.tags,
    "profiles of spending are left out": lambda a: a.spend != "even",
    "ranges of costs are written as one value": lambda a: a.cost and a.cost.fixed and a.cost.fixed.uncertain,
    "slips of start dates are written as they are in the plan": lambda a: (
        a.start_no_earlier_than and a.start_no_earlier_than.slip
    ),
}
_RESOURCES: dict[str, Callable[[Resource], object]] = {
    "staffing plans are left out: resources have the capacity of their first day": lambda r: r.staffing,
    "turnover of resources is left out": lambda r: r.turnover,
    "ramp-up of resources is left out": lambda r: r.ramp_up,
    "outages of resources are left out": lambda r: r.outages,
    "pre-emption of resources is left out": lambda r: r.preemption,
}


class Room(NamedTuple):
    """How long the names of projects, activities and calendars, and the codes of activities, may be in a file."""

    project: int
    code: int
    name: int
    calendar: int


def tell_unheld(program: Program, room: Room, ledger: Ledger) -> None:
    """Put into the ledger what no planning tool's file holds, and the names for which there is no room."""
    for word, name in _SECTIONS.items():
        ledger.lose_all(f"{name} are left out", map(_name, getattr(program, word)))
    for word, sentence in _SINGLE.items():
        if getattr(program, word):
            ledger.lose(sentence)
    for held, sentence in enumerate(("costs that hang on no activity are left out", "cost contingency is left out")):
        ledger.lose_all(sentence, (name for name, cost in program.costs.items() if cost.contingency == bool(held)))
    tell_planned_costs(program, ledger)
    every = program.activities()
    for sentence, holds in _ACTIVITIES.items():
        ledger.lose_all(sentence, (path for path, activity in every.items() if holds(activity)))
    for sentence, has in _RESOURCES.items():
        ledger.lose_all(sentence, (name for name, resource in program.resources.items() if has(resource)))
    ranked = (name for name, project in program.projects.items() if project.priority != NEUTRAL)
    ledger.lose_all("priorities of projects are left out", ranked)
    _tell_cut(program, room, ledger)


def tell_planned_costs(program: Program, ledger: Ledger) -> None:
    """Put the planned costs that a planning tool stored of work that has begun into the ledger."""
    stored = stored_of_plan(program)
    if stored is None:
        return
    every = program.activities().items()
    begun = (path for path, activity in every if activity.progress is not None)
    costed = (path for path in begun if (told := stored.dates.get(path)) is not None and told.planned_cost is not None)
    ledger.lose_all(f"planned costs of work that has begun, which {stored.tool} stored, are left out", costed)


def _tell_cut(program: Program, room: Room, ledger: Ledger) -> None:
    """Put the names that are cut, and those whose control signs become blanks, into the ledger."""
    codes = [code for project in program.projects.values() for code in project.activities]
    names = [activity.name or "" for activity in program.activities().values()]
    parts = (
        ("project", program.projects, room.project), ("activity", codes, room.code),
        ("activity", names, room.name), ("calendar", program.calendars, room.calendar),
    )  # fmt: skip
    for kind, texts, most in parts:
        _cut(f"names of more than {most} characters are cut; of the {kind}", texts, most, ledger)
    strange = [name for name in (*codes, *names) if any(ord(sign) < 32 or 126 < ord(sign) < 160 for sign in name)]
    ledger.lose_all("line ends and control signs in names are written as blanks", strange)


def _cut(sentence: str, texts: Iterable[str], most: int, ledger: Ledger) -> None:
    ledger.lose_all(sentence, (f"{text[:30]}..." for text in texts if len(text) > most))


def _name(item: object) -> str:
    """Return what an item of a section is called: its identifier, its name, what it is on, or its own words."""
    if isinstance(item, str):
        return item
    for word in ("name", "at", "group", "pair"):
        found = getattr(item, word, None)
        if found:
            return found if isinstance(found, str) else ", ".join(map(str, found))
    return type(item).__name__.lower()

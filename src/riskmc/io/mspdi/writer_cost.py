"""Costs and resources -> Resources and Assignments of a Microsoft Project XML file.

A fixed cost is the task's fixed cost. An amount a day is the cost of the first resource that the activity uses, else
of a material that stands for money alone and is used up day by day; either grows when the task lasts longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.io.mspdi.assignments import MATERIAL, WORK
from riskmc.io.mspdi.writer_text import Element, duration_text, guid_text, money_text, time_text
from riskmc.io.plan_text import names
from riskmc.io.planned_money import PER_DAY, bearers, per_day, resource_names, spent, still_to_spend
from riskmc.io.planned_work import day_minutes, planned_minutes, remaining_minutes
from riskmc.program.activity import Activity
from riskmc.program.program import Program
from riskmc.program.stored import NO_DATES, StoredDates

_NAME = 80


@dataclass(frozen=True)
class Spending:
    """Money of an activity in units of the currency, and the minutes that resources work on it."""

    actual: float
    to_spend: float
    fixed: float
    work: float


@dataclass
class CostElements:
    """The elements of resources and assignments, and what each activity costs, by path."""

    resources: Element = field(default_factory=lambda: Element("Resources"))
    assignments: Element = field(default_factory=lambda: Element("Assignments"))
    spending: dict[str, Spending] = field(default_factory=dict)


def money(
    program: Program, uids: Mapping[str, str], calendars: Mapping[str, str], dates: Mapping[str, StoredDates]
) -> CostElements:
    """Return the resources and costs of a program whose activities carry planned costs."""
    out = CostElements()
    resources = {name: str(number) for number, name in enumerate(resource_names(program), start=1)}
    titles = names(resources, _NAME)
    for name, uid in resources.items():
        out.resources.put(_resource(program, name, titles[name], uid, calendars))
    for path, activity in program.activities().items():
        with_time = per_day(activity) * remaining_minutes(activity) / day_minutes(program, activity)
        fixed, actual = still_to_spend(activity), spent(activity) or 0.0
        work = sum(activity.uses.values()) * planned_minutes(activity)
        out.spending[path] = Spending(actual, fixed + with_time, actual + fixed, work)
        _assignments(out, activity, uids[path], resources, with_time, dates.get(path, NO_DATES))
    return out


def _resource(program: Program, name: str, title: str, uid: str, calendars: Mapping[str, str]) -> Element:
    known, out = program.resources.get(name), Element("Resource")
    work = name != PER_DAY
    capacity = known.capacity if known is not None and known.capacity is not None else 1.0
    calendar = known.calendar if known is not None and known.calendar is not None else program.calendar
    out.add(
        UID=uid,
        GUID=guid_text(None, f"resource {name}"),
        ID=uid,
        Name=title,
        Type=str(WORK if work else MATERIAL),
        IsNull="0",
        MaxUnits=f"{capacity:g}" if work else None,
        CalendarUID=calendars.get(calendar, "-1") if work else None,
    )
    return out


def _assignments(
    out: CostElements, activity: Activity, task: str, resources: Mapping[str, str], with_time: float, known: StoredDates
) -> None:
    for name, units in bearers(activity).items():
        one, pool = Element("Assignment"), name != PER_DAY
        one.add(
            UID=str(len(out.assignments.parts) + 1),
            TaskUID=task,
            ResourceUID=resources[name],
            Cost=money_text(with_time),
            Finish=time_text(known.early_finish),
            HasFixedRateUnits=None if pool else "0",
            RemainingCost=money_text(with_time),
            RemainingWork=duration_text(units * remaining_minutes(activity)),
            Start=time_text(known.early_start),
            Units=repr(units),
            Work=duration_text(units * planned_minutes(activity)),
            WorkContour="0",
        )
        out.assignments.put(one)
        with_time = 0.0

"""Costs and resources -> Resources and Assignments of a Microsoft Project XML file.

A fixed cost is the task's fixed cost. An amount a day is the cost of the first resource that the activity uses, else
of a material that stands for money alone and is used up day by day; either grows when the task lasts longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from riskmc.io.mspdi.assignments import MATERIAL, WORK
from riskmc.io.mspdi.writer_text import Element, distinct, duration_text, guid_text, money_text, time_text
from riskmc.io.xer.cost import PER_DAY
from riskmc.io.xer.writer_cost import still_to_spend
from riskmc.io.xer.writer_task import planned_minutes, remaining_minutes
from riskmc.program.activity import Activity
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates

_NAME = 80
_NO_DATES = StoredDates()


@dataclass(frozen=True)
class Spending:
    """Money of an activity in units of the currency, and the minutes that resources work on it."""

    actual: float
    to_spend: float
    fixed: float
    work: float


@dataclass
class Money:
    """The elements of resources and assignments, and what each activity costs, by path."""

    resources: Element = field(default_factory=lambda: Element("Resources"))
    assignments: Element = field(default_factory=lambda: Element("Assignments"))
    spending: dict[str, Spending] = field(default_factory=dict)


def money(
    program: Program, uids: Mapping[str, str], calendars: Mapping[str, str], dates: Mapping[str, StoredDates]
) -> Money:
    """Return the resources and costs of a program whose activities carry planned costs."""
    out, every = Money(), program.activities()
    wanted = dict.fromkeys((*program.resources, *(name for activity in every.values() for name in activity.uses)))
    if any(activity.cost and activity.cost.per_day and not activity.uses for activity in every.values()):
        wanted[PER_DAY] = None
    resources = {name: str(number) for number, name in enumerate(wanted, start=1)}
    titles = distinct(wanted, _NAME)
    for name, uid in resources.items():
        out.resources.put(_resource(program, name, titles[name], uid, calendars))
    for path, activity in every.items():
        day = program.calendars[activity.calendar or program.calendar].hours_per_day or 8.0
        left = remaining_minutes(activity)
        with_time = _per_day(activity) * left / (day * 60)
        actual = activity.progress.actual_cost if activity.progress is not None else None
        fixed = still_to_spend(activity)
        spent = actual.value if actual is not None else 0.0
        work = sum(activity.uses.values()) * planned_minutes(activity)
        out.spending[path] = Spending(spent, fixed + with_time, spent + fixed, work)
        _assignments(out, activity, uids[path], resources, with_time, dates.get(path, _NO_DATES))
    return out


def _per_day(activity: Activity) -> float:
    return activity.cost.per_day.value if activity.cost is not None and activity.cost.per_day is not None else 0.0


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
    out: Money, activity: Activity, task: str, resources: Mapping[str, str], with_time: float, known: StoredDates
) -> None:
    uses = dict(activity.uses) or ({PER_DAY: 1.0} if with_time else {})
    for name, units in uses.items():
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

"""Work of a plan in planning tools' terms, for the writers of their files: durations in minutes, dates of constraints.

`riskmc.analysis.conversion` makes a program such a plan: its quantities are hours or minutes of working time.
"""

from __future__ import annotations

from riskmc.program.activity import Activity, Constraint
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity

POINTS = {"low": "Minimum Duration", "mode": "Most Likely Duration", "high": "Maximum Duration"}
"""The titles of the fields or columns that hold a three-point duration."""

_UNITS = {"h": 60.0, "min": 1.0}
_USUAL_DAY = 8.0


def minutes(quantity: Quantity) -> float:
    """Return a quantity of hours or minutes in minutes."""
    return quantity.value * _UNITS[quantity.unit]


def day_minutes(program: Program, activity: Activity) -> float:
    """Return the length of a day of an activity's calendar in minutes; eight hours where it does not say."""
    return (program.calendars[activity.calendar or program.calendar].hours_per_day or _USUAL_DAY) * 60


def planned_minutes(activity: Activity) -> float:
    """Return the planned duration in working minutes; 0 without one."""
    plan = activity.duration.plan if activity.duration is not None else None
    return 0.0 if plan is None else minutes(plan)


def remaining_minutes(activity: Activity) -> float:
    """Return what is left to do in working minutes."""
    progress = activity.progress
    if progress is None or not (progress.started or progress.finished):
        return planned_minutes(activity)
    if progress.finished is not None:
        return 0.0
    return planned_minutes(activity) if progress.remaining is None else minutes(progress.remaining.value)


def point_minutes(activity: Activity) -> dict[str, float]:
    """Return the three points of a duration in working minutes by the keys of `POINTS`; none without a range."""
    found = activity.duration.range if activity.duration is not None else None
    return {} if found is None else {name: minutes(quantity) for name, quantity in found.parameters}


def actual_dates(activity: Activity) -> tuple[Moment | None, Moment | None]:
    """Return the actual start and finish; what has only finished started then."""
    progress = activity.progress
    return (None, None) if progress is None else (progress.started or progress.finished, progress.finished)


def percent(activity: Activity) -> float | None:
    """Return how much of work under way is done, where its progress says so; None where the duration says it."""
    progress = activity.progress
    return None if progress is None or progress.finished is not None else progress.percent


def constraint_date(activity: Activity, word: str) -> Moment | None:
    """Return the date of the constraint, or of the other date, that the program calls ``word``; None without it."""
    said = getattr(activity, word)
    date: Moment | None = said.date if isinstance(said, Constraint) else said
    return date

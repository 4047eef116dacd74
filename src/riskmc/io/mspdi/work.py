"""How long a task of a Microsoft Project XML file lasts, and on which calendar: its own, its resources', the project's.

A task with work resources works when they do: on their calendars, and on its own too where it has one, unless it
ignores theirs. Tasks of fixed duration, and those nobody works on, run on their own calendar or the project's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from riskmc.io.findings import Findings, working_time
from riskmc.io.mspdi.assignments import WORK, Assignment
from riskmc.io.mspdi.calendar import Calendars, Crew
from riskmc.io.mspdi.days import Days
from riskmc.io.mspdi.fields import ELAPSED, Fields
from riskmc.io.mspdi.outline import Item
from riskmc.program.quantity import Quantity

FIXED_DURATION = 1
PROJECT = "-1"


class Work(NamedTuple):
    """The calendar of a task by name, its duration in minutes of it, and whether these are minutes of the clock."""

    calendar: str
    days: Days
    minutes: float
    elapsed: bool = False

    def quantity(self, minutes: float) -> Quantity:
        """Return minutes of the task as people write them."""
        plain = working_time(minutes)
        return Quantity(plain.value, f"e{plain.unit}") if self.elapsed else plain

    def after(self, start: datetime, minutes: float) -> datetime:
        """Return the end of work so many minutes after an instant."""
        if self.elapsed or not minutes:
            return start + timedelta(minutes=minutes)
        return self.days.after(start, minutes) or start + timedelta(minutes=minutes)

    def between(self, start: datetime, finish: datetime) -> float:
        """Return the minutes of the task between two instants, 0 or more."""
        if self.elapsed:
            return max(0.0, (finish - start).total_seconds() // 60)
        return float(max(0, self.days.between(start, finish)))


def work(item: Item, found: Sequence[Assignment], known: Calendars, fields: Fields) -> Work:
    """Return the work of a task."""
    at = item.row
    own = at["CalendarUID"].strip() or PROJECT
    own = own if own in known.sheets else PROJECT
    manual = at.flag("Manual")
    minutes = (fields.minutes(at, "ManualDuration") if manual else None) or fields.minutes(at, "Duration") or 0.0
    plain = Work(known.name(own), known.days(own), minutes)
    if fields.whole(at, "DurationFormat", 7) in ELAPSED:
        return Work(plain.calendar, plain.days, minutes, elapsed=True)
    if not minutes or manual:
        return plain
    workers = [one for one in found if one.pool is not None and one.pool.kind == WORK and one.minutes > 0]
    fixed = fields.whole(at, "Type") == FIXED_DURATION
    if fixed or not workers or (own != PROJECT and at.flag("IgnoreResourceCalendar")):
        return _with_gaps(item, plain, found, fields.findings)
    return _with_gaps(item, _staffed(item, workers, own, plain, known, fields), workers, fields.findings)


def _staffed(
    item: Item, workers: Sequence[Assignment], own: str, plain: Work, known: Calendars, fields: Fields
) -> Work:
    """Return the work of a task on the calendars of those who do it."""
    by_calendar = {one.pool.calendar: one for one in workers if one.pool is not None}
    task = None if own == PROJECT else own
    crew = known.crew(by_calendar, task)
    if not crew.days.works():
        fields.findings.note("tasks at whose times none of their resources works run on their own calendar", item.title)
        return plain
    whole = Work(crew.name, crew.days, plain.minutes)
    if crew.alike or any(one.contour for one in workers):
        return whole
    return _last(item, workers, task, whole, known, fields)


def _last(
    item: Item, workers: Sequence[Assignment], task: str | None, whole: Work, known: Calendars, fields: Fields
) -> Work:
    """Return the work of who finishes last, where the duration is not the time during which anybody works."""
    start = fields.date(item.row, "Start")
    if start is None:
        return whole
    each: Mapping[str, tuple[Crew, float]] = {
        one.pool.calendar: (known.crew([one.pool.calendar], task), one.minutes)
        for one in sorted(workers, key=lambda one: one.minutes)
        if one.pool is not None
    }
    ends = {uid: crew.days.after(start, minutes) for uid, (crew, minutes) in each.items()}
    last = max((end, uid) for uid, end in ends.items() if end is not None) if any(ends.values()) else None
    if last is None or abs(whole.between(start, last[0]) - whole.minutes) <= 1:
        return whole
    fields.findings.note("tasks whose resources work at different times follow the one who finishes last", item.title)
    crew, minutes = each[last[1]]
    return Work(crew.name, crew.days, float(round(minutes)))


def _with_gaps(item: Item, found: Work, workers: Sequence[Assignment], findings: Findings) -> Work:
    """Return the work with the pauses of split assignments in its duration."""
    spans = [
        found.between(one.start, one.finish) for one in workers if one.gaps and one.start and one.finish is not None
    ]
    longest = max(spans, default=0.0)
    if longest <= found.minutes:
        return found
    findings.note("split tasks last from their start to their finish, the pauses included", item.title)
    return Work(found.calendar, found.days, longest)


def pauses_until(found: Sequence[Assignment]) -> datetime | None:
    """Return the finish of the assignments of a task whose remaining work pauses; None where none does."""
    return max((one.finish for one in found if one.gaps and one.finish), default=None)

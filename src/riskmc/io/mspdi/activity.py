"""Task rows of a Microsoft Project XML file -> activities: duration, constraints, progress, cost, identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from riskmc.io.findings import certain, lasting
from riskmc.io.guid import guid
from riskmc.io.mspdi.assignments import Assignment, money
from riskmc.io.mspdi.calendar import Calendars
from riskmc.io.mspdi.fields import Fields
from riskmc.io.mspdi.links import Ties
from riskmc.io.mspdi.outline import Item
from riskmc.io.mspdi.work import Work, pauses_until, work
from riskmc.io.planned_money import Money
from riskmc.io.three_point import Names, beside, ranges_told, three_point
from riskmc.program.activity import Activity, Constraint, Progress
from riskmc.program.estimate import Cost
from riskmc.program.moment import Moment
from riskmc.program.quantity import Quantity

ASAP, ALAP, MSO, MFO, SNET, SNLT, FNET, FNLT = range(8)
HARD = {MSO: "mandatory_start", MFO: "mandatory_finish", SNLT: "start_no_later_than", FNLT: "finish_no_later_than"}
SOFT = {MSO: "start_on", MFO: "finish_on", SNLT: "start_no_later_than", FNLT: "finish_no_later_than"}
COMPLETE = 100
PHYSICAL = "1"
"""The method by which value is earned by the physical percent complete."""
_WHOLE_DAY = 480.0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What the rest of the file says of its tasks; ``honours``: constraint dates win over links.

    ``codes`` are the custom fields of each task, ``points`` the names of those that hold low, most likely and high.
    """

    fields: Fields
    calendars: Calendars
    assignments: Mapping[str, Sequence[Assignment]]
    ties: Ties
    codes: Mapping[str, dict[str, str]]
    points: Names | None
    honours: bool
    used: set[str]


def activity(item: Item, around: Surroundings) -> Activity:
    """Return the activity of a task row; what makes no sense in it, or is left out, goes to the findings."""
    at, fields = item.row, around.fields
    found = list(around.assignments.get(item.uid, ()))
    done = work(item, found, around.calendars, fields)
    out: dict[str, Any] = {
        "name": at["Name"].strip() or None,
        "guid": _guid(item, around),
        "calendar": done.calendar,
        "after": tuple(around.ties.into.get(item.uid, ())),
        "wbs": at["WBS"].strip() or at["OutlineNumber"].strip() or None,
        "codes": around.codes[item.uid],
        "unscheduled": _placeholder(item, around),
    }
    costs = money(item, found, fields)
    progress = _progress(item, done, found, costs, fields)
    if progress is not None:
        out["progress"] = progress
    done = _fixed(item, done, out, around)
    _last(item, done, out, fields)
    _ranged(item, out, around)
    _constraints(item, out, around)
    if costs is not None:
        out["uses"] = costs.uses
        out["cost"] = None if progress is not None and progress.finished else _cost(costs, done, progress, around)
    return Activity(**{key: value for key, value in out.items() if value})


def _guid(item: Item, around: Surroundings) -> str | None:
    """Return the GUID of a task; one that repeats is left out for all but the first."""
    found = guid(item.row["GUID"])
    if found is not None and found in around.used:
        around.fields.findings.note("GUIDs that repeat are left out for all but the first", item.title)
        return None
    around.used.update((found,) if found else ())
    return found


def _placeholder(item: Item, around: Surroundings) -> bool:
    """Return whether a row is a blank one that Project never scheduled: no name, no duration, no links."""
    at = item.row
    blank = not at["Name"].strip() and not around.fields.minutes(at, "Duration") and item.uid not in around.ties.into
    blank = blank and item.uid not in around.ties.before and item.uid not in around.assignments
    if blank:
        around.fields.findings.note("rows without a name, a duration and links are kept, and left out", item.title)
    return blank


def _last(item: Item, done: Work, out: dict[str, Any], fields: Fields) -> None:
    """Say how long it lasts; what lasts nothing is a milestone, a milestone with a duration is work."""
    if not done.minutes:
        out["milestone"] = True
        return
    if item.row.flag("Milestone"):
        fields.findings.note("milestones with a duration are read as work", item.title)
    out["duration"] = lasting(done.quantity(done.minutes))


def _ranged(item: Item, out: dict[str, Any], around: Surroundings) -> None:
    """Put the range that the custom fields say beside the planned duration of what is not finished."""
    found = None if around.points is None else three_point(around.codes[item.uid], around.points)
    done = "progress" in out and out["progress"].finished is not None
    if around.points is None or found is None or found.certain or done or "duration" not in out:
        return
    out["duration"] = beside(out["duration"].plan, found)
    around.fields.findings.note(ranges_told(around.points), item.title)


def _fixed(item: Item, done: Work, out: dict[str, Any], around: Surroundings) -> Work:
    """Let tasks that Project does not schedule stand at their dates: manual ones, and those of other projects."""
    at, fields = item.row, around.fields
    manual = at.flag("Manual")
    foreign = "external" if at.flag("ExternalTask") else "subproject" if at.flag("IsSubproject") else None
    if foreign is not None:
        out["tags"] = (foreign,)
        fields.findings.note(f"{foreign} tasks stand at their dates, with a mandatory start", item.title)
    if not (manual or foreign) or "progress" in out:
        return done
    start = (fields.date(at, "ManualStart") if manual else None) or fields.date(at, "Start")
    finish = (fields.date(at, "ManualFinish") if manual else None) or fields.date(at, "Finish")
    if start is None:
        return done
    if manual:
        fields.findings.note("manually scheduled tasks stand at their dates; a simulation moves them", item.title)
    out["mandatory_start" if foreign else "manual_start"] = Moment(start)
    if finish is None or not done.minutes:
        return done
    return Work(done.calendar, done.days, max(1.0, done.between(start, finish)), done.elapsed)


def _constraints(item: Item, out: dict[str, Any], around: Surroundings) -> None:
    """Read a task's constraint and deadline, and what its summaries impose on it."""
    at, fields = item.row, around.fields
    kind, date = fields.whole(at, "ConstraintType"), fields.date(at, "ConstraintDate")
    if not ASAP <= kind <= FNLT:
        fields.fault(at, "ConstraintType", f"expected 0 to 7, found {at['ConstraintType'][:40]!r}")
    elif not out.keys() & {"mandatory_start", "manual_start"}:
        _constraint(item, kind, date, out, around)
    if item.uid in around.ties.open_ended and not out.get("progress"):
        _no_earlier(out, fields.date(at, "Start"))
    for above in item.summaries():
        kind, date = fields.whole(above.row, "ConstraintType"), fields.date(above.row, "ConstraintDate")
        if kind == SNET and date is not None:
            _no_earlier(out, date)
        elif kind == FNLT and date is not None:
            _no_later(out, date)
    deadline = fields.date(at, "Deadline")
    if deadline is not None:
        _no_later(out, deadline)


def _constraint(item: Item, kind: int, date: datetime | None, out: dict[str, Any], around: Surroundings) -> None:
    if kind == ALAP:
        out["as_late_as_possible"] = True
    elif kind != ASAP and date is None:
        around.fields.findings.note("constraints without a date are left out", item.title)
    elif kind == SNET:
        _no_earlier(out, date)
    elif kind == FNET and date is not None:
        out["finish_no_earlier_than"] = Moment(date)
    elif date is not None and kind != ASAP:
        out[(HARD if around.honours else SOFT)[kind]] = Moment(date)


def _no_earlier(out: dict[str, Any], date: datetime | None) -> None:
    earlier = out.get("start_no_earlier_than")
    if date is not None and (earlier is None or earlier.date.at < date):
        out["start_no_earlier_than"] = Constraint(date=Moment(date))


def _no_later(out: dict[str, Any], date: datetime) -> None:
    """Keep the earliest date that bounds late dates alone."""
    earlier = out.get("deadline")
    if earlier is None or date < earlier.at:
        out["deadline"] = Moment(date)


def _progress(
    item: Item, done: Work, found: Sequence[Assignment], costs: Money | None, fields: Fields
) -> Progress | None:
    """Return actual dates, what remains and when it goes on, and the actual cost."""
    at = item.row
    share = min(max(fields.number(at, "PercentComplete"), 0.0), float(COMPLETE))
    started, finished = fields.date(at, "ActualStart"), fields.date(at, "ActualFinish")
    if share >= COMPLETE and finished is None:
        finished = fields.date(at, "Finish") or started
        fields.findings.note("complete without an actual finish: taken as the scheduled one", item.title)
    if started is None and (share > 0 or finished is not None):
        started = fields.date(at, "Start") or finished
        fields.findings.note("begun without an actual start: taken as the scheduled one", item.title)
    if started is None:
        return None
    if finished is None and not done.minutes:
        finished = started
    actual = None if costs is None else Quantity(costs.actual)
    if finished is not None:
        if finished < started:
            fields.fault(at, "ActualFinish", f"expected a date after the actual start, {started}, found {finished}")
            finished = started
        return Progress(started=Moment(started), finished=Moment(finished), actual_cost=actual)
    return _under_way(item, done, found, started, share, actual, fields)


def _under_way(
    item: Item, done: Work, found: Sequence[Assignment], started: datetime, share: float, actual: Any, fields: Fields
) -> Progress:
    """Return the progress of work under way: what remains goes on at its resume date, not at the status date."""
    left = fields.minutes(item.row, "RemainingDuration")
    remaining = round(done.minutes * (1 - share / COMPLETE)) if left is None else left
    resumes = fields.date(item.row, "Resume")
    if resumes is None or resumes < started:
        resumes = done.after(started, max(0.0, done.minutes - remaining))
    until = pauses_until(found)
    if until is not None and remaining:
        remaining = max(remaining, done.between(resumes, until))
    return Progress(
        started=Moment(started),
        remaining=certain(done.quantity(remaining)),
        resumes=Moment(resumes),
        actual_cost=actual,
        percent=_percent(item, fields),
    )


def _percent(item: Item, fields: Fields) -> float | None:
    """Return the physical percent complete where value is earned by it; None where the duration says it."""
    if item.row["EarnedValueMethod"].strip() != PHYSICAL:
        return None
    share = fields.number(item.row, "PhysicalPercentComplete") / COMPLETE
    if not 0.0 <= share <= 1.0:
        fields.findings.note("percents complete below 0 or above 100 are left out", item.title)
        return None
    return share


def _cost(costs: Money, done: Work, progress: Progress | None, around: Surroundings) -> Cost | None:
    """Return the planned cost of a task that is not complete."""
    left = done.minutes
    if progress is not None and progress.remaining is not None:
        quantity = progress.remaining.value
        left = quantity.value * (60 if quantity.unit.endswith("h") else 1)
    day = around.calendars.lengths.get("hours_per_day", _WHOLE_DAY / 60) * 60
    day = 1440.0 if done.elapsed else day
    return costs.cost(done.minutes, left, day, progress is not None)

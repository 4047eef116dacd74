"""Activities -> Task elements of a Microsoft Project XML file: dates, links, constraints, progress, fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from riskmc.io.mspdi.activity import PHYSICAL
from riskmc.io.mspdi.links import TYPES
from riskmc.io.mspdi.writer_constraints import limits
from riskmc.io.mspdi.writer_cost import Spending
from riskmc.io.mspdi.writer_fields import CustomFields
from riskmc.io.mspdi.writer_outline import Line
from riskmc.io.mspdi.writer_text import Element, duration_text, flag, guid_text, money_text, time_text
from riskmc.io.plan_text import name_of
from riskmc.io.planned_work import actual_dates, percent, planned_minutes, remaining_minutes
from riskmc.program.activity import Activity
from riskmc.program.link import Link
from riskmc.program.program import Program
from riskmc.program.stored import NO_DATES, StoredDates

_NAME = 255
_HOURS, _ELAPSED_HOURS, _DAYS = "5", "6", "7"


@dataclass(frozen=True)
class TaskWriter:
    """What the tasks of a file need of the rest of it: dates by path, UIDs of calendars and of tasks, costs, fields."""

    program: Program
    dates: Mapping[str, StoredDates]
    calendars: Mapping[str, str]
    uids: Mapping[str, str]
    spending: Mapping[str, Spending]
    fields: CustomFields
    wins: bool
    pulls: bool

    def task(self, line: Line, uid: str, number: int) -> Element:
        """Return the element of a row of the outline."""
        out = Element("Task")
        activity = self.program.activities()[line.path] if line.path is not None else None
        out.add(
            UID=uid,
            ID=str(number),
            Name=name_of(line.name, _NAME),
            Active="1",
            Manual=flag(activity is not None and activity.manual_start is not None),
            Type="1",
            IsNull="0",
            WBS=name_of(line.wbs, _NAME),
            OutlineNumber=".".join(map(str, line.numbers)) or "0",
            OutlineLevel=str(len(line.numbers)),
            Priority="500",
        )
        if activity is None or line.path is None:
            self._summary(out, line)
        else:
            self._work(out, line.path, activity)
        return out

    def span(self, paths: Iterator[str]) -> tuple[datetime | None, datetime | None]:
        """Return the first start and the last finish of activities."""
        ends = [self._ends(path, self.program.activities()[path]) for path in paths]
        starts, finishes = ([end[side] for end in ends if end[side] is not None] for side in (0, 1))
        return min(starts, default=None), max(finishes, default=None)  # type: ignore[type-var]

    def _summary(self, out: Element, line: Line) -> None:
        start, finish = self.span(line.work())
        out.add(Start=time_text(start), Finish=time_text(finish), Milestone="0", Summary="1", ConstraintType="0")
        out.add(CalendarUID="-1")

    def _work(self, out: Element, path: str, activity: Activity) -> None:
        known, (start, finish) = self.dates.get(path, NO_DATES), self._ends(path, activity)
        (minutes, left), (started, finished) = _lasts(activity), actual_dates(activity)
        limit, spent = limits(activity, self.wins, self.pulls), self.spending[path]
        out.add(
            GUID=guid_text(activity.guid, path),
            Start=time_text(start),
            Finish=time_text(finish),
            Duration=duration_text(minutes),
            **_by_hand(activity, start, finish, minutes),
            DurationFormat=_DAYS,
            Work=duration_text(spent.work),
            **_stop_and_resume(activity, known),
            EffortDriven="0",
            Estimated="0",
            Milestone=flag(not minutes),
            Summary="0",
            Critical=flag(known.total_float is not None and known.total_float <= 0),
            EarlyStart=time_text(known.early_start or start),
            EarlyFinish=time_text(known.early_finish or finish),
            LateStart=time_text(known.late_start),
            LateFinish=time_text(known.late_finish),
            TotalSlack=None if known.total_float is None else str(round(known.total_float * 10)),
            FixedCost=money_text(spent.fixed),
            FixedCostAccrual="3",
            PercentComplete=str(_percent(activity, minutes, left)),
            Cost=money_text(spent.actual + spent.to_spend),
            ActualStart=time_text(started),
            ActualFinish=time_text(finished),
            ActualDuration=duration_text(minutes - left),
            ActualCost=money_text(spent.actual),
            RemainingDuration=duration_text(left),
            RemainingCost=money_text(spent.to_spend),
            ConstraintType=str(limit.kind),
            CalendarUID=self._calendar(activity),
            ConstraintDate=time_text(limit.date),
            Deadline=time_text(limit.deadline),
            IgnoreResourceCalendar="1",
            **_earned(activity),
        )
        out.put(*self._links(path, activity.after), *self.fields.values(path, activity))

    def _calendar(self, activity: Activity) -> str:
        """Return the UID of a task's own calendar; -1 is the project's."""
        name = activity.calendar
        return "-1" if name is None or name == self.program.calendar else self.calendars[name]

    def _ends(self, path: str, activity: Activity) -> tuple[datetime | None, datetime | None]:
        known, (started, finished) = self.dates.get(path, NO_DATES), actual_dates(activity)
        return started.at if started else known.early_start, finished.at if finished else known.early_finish

    def _links(self, path: str, links: Sequence[Link]) -> Iterator[Element]:
        for link in links:
            out = Element("PredecessorLink")
            before = self.program.path(link.activity, self.program.project_of(path))
            value, unit = (link.lag.value.value, link.lag.value.unit) if link.lag is not None else (0.0, "h")
            tenths = value * (10 if unit in ("min", "emin") else 600)
            out.add(
                PredecessorUID=self.uids[before],
                Type=str(TYPES.index(link.type)),
                CrossProject="0",
                LinkLag=str(round(tenths)),
                LagFormat=_ELAPSED_HOURS if unit.startswith("e") else _HOURS,
            )
            yield out


def _lasts(activity: Activity) -> tuple[float, float]:
    """Return the duration and what is left of it; work under way lasts at least as long as what is left."""
    left = remaining_minutes(activity)
    return (0.0, 0.0) if activity.milestone else (max(planned_minutes(activity), left), left)


def _percent(activity: Activity, minutes: float, left: float) -> int:
    """Return the share of the duration that is worked; 100 only where it is finished."""
    if activity.progress is None:
        return 0
    if activity.progress.finished is not None:
        return 100
    return min(99, int(100 * (minutes - left) / minutes)) if minutes else 0


def _by_hand(
    activity: Activity, start: datetime | None, finish: datetime | None, minutes: float
) -> dict[str, str | None]:
    """Return the dates at which a manually scheduled task stands."""
    if activity.manual_start is None:
        return {}
    dates = {"ManualStart": time_text(start), "ManualFinish": time_text(finish)}
    return {**dates, "ManualDuration": duration_text(minutes)}


def _earned(activity: Activity) -> dict[str, str]:
    """Return the physical percent complete of work under way, and that value is earned by it, where it is known."""
    share = percent(activity)
    return {} if share is None else {"PhysicalPercentComplete": str(round(100 * share)), "EarnedValueMethod": PHYSICAL}


def _stop_and_resume(activity: Activity, known: StoredDates) -> dict[str, str | None]:
    """Return when work under way stopped and goes on: at its early start, from the data date on."""
    progress = activity.progress
    if progress is None or progress.started is None or progress.finished is not None:
        return {"Stop": None, "Resume": None, "ResumeValid": None}
    return {"Stop": time_text(progress.started), "Resume": time_text(known.early_start), "ResumeValid": "1"}

"""The plan as a planning tool holds it: one value for each duration, lag and cost, in working time of named calendars.

What has no such form is changed into what comes nearest and gives the same dates today, and goes to the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from riskmc.analysis.conversion.computed import computed_dates
from riskmc.analysis.conversion.lags import LinkWriter
from riskmc.analysis.conversion.losses import Ledger
from riskmc.analysis.conversion.money import planned_cost
from riskmc.analysis.conversion.slipping import floor_at, slipped_floor
from riskmc.analysis.conversion.three_points import three_points
from riskmc.analysis.conversion.waiting import waiting_milestones
from riskmc.errors import ProgramError
from riskmc.io.findings import certain, working_time
from riskmc.io.plan_text import wbs_parts
from riskmc.io.planned_work import constraint_date
from riskmc.network.axis import CLOCK
from riskmc.network.compiling import Settings
from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.refusals import KINDS
from riskmc.network.tasks import State, Task, start_of
from riskmc.network.worktime import BUILT_IN
from riskmc.program.activity import Activity, Constraint, LevelOfEffort, Progress
from riskmc.program.calendar import DAYS, ROUND_THE_CLOCK, Calendar, CalendarException
from riskmc.program.estimate import Estimate
from riskmc.program.link import LagCalendar
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Size
from riskmc.program.stored import StoredDates
from riskmc.simulation.stretching import stretched

DAY_AND_NIGHT = "24 hours"  # the name under which the clock is written as a calendar
DATED = (
    "start_no_earlier_than", "start_no_later_than", "start_on", "mandatory_start",
    "finish_no_earlier_than", "finish_no_later_than", "finish_on", "mandatory_finish",
)  # fmt: skip
_ENDS = (
    "start_no_later_than", "finish_no_later_than", "finish_on", "mandatory_finish", "expected_finish", "needed_by",
    "deadline",
)  # fmt: skip
_NONE = dict.fromkeys((*DATED, "expected_finish", "needed_by", "deadline"), None)


@dataclass(frozen=True)
class Planned:
    """A program in a planning tool's own terms, and the dates that the engine computes for it, by activity path."""

    program: Program
    dates: Mapping[str, StoredDates]


@dataclass(frozen=True)
class Manner:
    """How a planning tool schedules. ``lags``: the calendar of its lags, None for the option of each project.

    ``elapsed``: it knows lags by the clock. ``floors``: nothing of its own keeps work behind the data date and the
    start of its project. ``spans``: it knows level of effort. ``deadlines``: it knows them apart from constraints.
    ``clock``: a milestone without a calendar needs the 24-hour one. ``by_hand``: it knows work that stands at a date of
    its own against its links.
    """

    lags: LagCalendar | None
    elapsed: bool
    floors: bool
    spans: bool
    deadlines: bool
    clock: bool
    by_hand: bool


P6 = Manner(lags=None, elapsed=False, floors=False, spans=True, deadlines=False, clock=True, by_hand=False)
MICROSOFT = Manner(lags="successor", elapsed=True, floors=True, spans=False, deadlines=True, clock=False, by_hand=True)
TABLE = replace(MICROSOFT, by_hand=False)


def planned(program: Program, manner: Manner, ledger: Ledger) -> Planned:
    """Return the plan of a program as a planning tool holds it; what the tool cannot hold goes to ``ledger``.

    Raises what compiling a program raises.
    """
    settings = Settings(mitigation="pre", constraints="as-planned", ignore=tuple(KINDS))

    def answer(network: Network) -> tuple[Planned, Ledger]:
        found = Ledger()
        return _Planner(network, found, manner).planned(), found

    plan, found = stretched(program, settings, answer)
    ledger.join(found)
    return plan


@dataclass(frozen=True)
class _Planner:
    """A compiled program on its way into a planning tool's file."""

    network: Network
    ledger: Ledger
    manner: Manner

    def planned(self) -> Planned:
        """Return the whole plan."""
        program = self.network.program
        projects = {name: self._project(name, project) for name, project in program.projects.items()}
        words = {"projects": projects, "calendars": self._calendars(projects), "elicited_as": None}
        words["calendar"] = self._calendar_named(program.calendar)
        return Planned(program.model_copy(update=words), computed_dates(self.network, self.plan))

    @cached_property
    def plan(self) -> PlanDates:
        """The plan's dates, with schedule margin worked where there is any: a tool knows no other."""
        return self.network.plan.with_margin or self.network.plan

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """The scheduled activities by path."""
        return {task.path: task for task in self.network.tasks}

    @cached_property
    def links(self) -> LinkWriter:
        """What turns links into those of the tool."""
        return LinkWriter(
            self.network,
            self.plan,
            self.tasks,
            self.manner.lags,
            self.manner.elapsed,
            self._calendar_number,
            self.ledger,
        )

    @cached_property
    def waiting(self) -> set[str]:
        """The paths of the milestones that wait for their calendar."""
        return set(waiting_milestones(self.network, self.plan, self.tasks))

    @cached_property
    def ranges(self) -> Mapping[str, Size]:
        """The three points of durations, by activity path."""
        return three_points(self.network, self.ledger)

    @cached_property
    def clock(self) -> str:
        """The name of the 24-hour calendar in the file."""
        name, count, known = DAY_AND_NIGHT, 1, self.network.program.calendars
        while name in known and not _never_rests(known[name]):
            count += 1
            name = f"{DAY_AND_NIGHT} ({count})"
        return name

    def _calendar_named(self, name: str) -> str:
        return self.clock if name == "24h" else name

    def _calendars(self, projects: Mapping[str, Project]) -> dict[str, Calendar]:
        """Return the calendars of the program, and the built-in ones in use, with the length of their day said."""
        program = self.network.program
        used = {self._calendar_named(program.calendar), *(project.calendar for project in projects.values())}
        used |= {activity.calendar for project in projects.values() for activity in project.activities.values()}
        found = {name: self._lengths(name, calendar) for name, calendar in program.calendars.items() if name != "24h"}
        if self.clock in used:
            found[self.clock] = BUILT_IN["24h"].model_copy(update=_hours(1440, 10080, 10080 * 52 / 12))
        if "standard" in used and "standard" not in found:
            found["standard"] = BUILT_IN["standard"].model_copy(update=_hours(480, 2400, 2400 * 52 / 12))
        return found

    def _lengths(self, name: str, calendar: Calendar) -> Calendar:
        if calendar.weather:
            self.ledger.lose("weather of calendars", name)
        try:
            work = self.network.axis.calendars[self.network.axis.number(name)]
        except ProgramError:
            return calendar  # in use nowhere, and without work
        told = _hours(work.day_minutes, work.week_minutes, work.month_minutes)
        given = {word: getattr(calendar, word) or hours for word, hours in told.items()}
        return _days_off(calendar).model_copy(update={**given, "weather": None})

    def _project(self, name: str, project: Project) -> Project:
        program = self.network.program
        end = project.must_finish_by
        start, data_date = project.start or program.start, self._data_date(name, project)
        return project.model_copy(
            update={
                "start": start and _exact(start.start_like()),
                "data_date": data_date and _exact(data_date.start_like()),
                "calendar": self._calendar_named(project.calendar or program.calendar),
                "must_finish_by": end and _exact(end.finish_like()),
                "lag_calendar": project.lag_calendar or program.lag_calendar,
                "out_of_sequence": project.out_of_sequence or program.out_of_sequence,
                "activities": {
                    code: self._activity(f"{name}.{code}", activity) for code, activity in project.activities.items()
                },
            }
        )

    def _data_date(self, name: str, project: Project) -> Moment | None:
        """Return the data date; for a tool that pushes work past it, one before what Project lets stand in the past.

        Where something has happened after that, the status date stays, and such work moves.
        """
        status = project.data_date or self.network.program.data_date
        tasks = [task for task in self.network.tasks if task.project == name and self.plan.exists[task.number]]
        if status is None or self.manner.floors or project.scheduling != "microsoft":
            return status
        goes_on = {task.path: self._goes_on(task) for task in tasks if task.state is not State.FINISHED}
        past = [path for path, minute in goes_on.items() if minute < self.network.axis.minute(status.start_like())]
        if not past:
            return status
        first = min(goes_on[path] for path in past)
        if max((max(t.started, t.finished) for t in tasks if t.state is not State.PLANNED), default=first) <= first:
            found = _exact(self.network.axis.epoch + timedelta(minutes=first))
            told = f"the data date is {found.at:%Y-%m-%d %H:%M}, not the status date"
            self.ledger.lose(f"{told}: P6 pushes past it what Microsoft Project lets stand before it", name)
            return found
        told = "work before the data date is pushed past it by P6, where Microsoft Project lets it stand"
        self.ledger.lose(told, *past)
        return status

    def _goes_on(self, task: Task) -> int:
        """Return the minute at which unfinished work begins, or what is left of it goes on."""
        resumes = task.activity.progress.resumes if task.activity.progress is not None else None
        if task.state is State.STARTED:
            return task.started if resumes is None else self.network.axis.minute(resumes.start_like())
        return int((self.plan.finish if task.milestone else self.plan.start)[task.number])

    def _activity(self, path: str, activity: Activity) -> Activity:
        task = self.tasks.get(path)
        if task is None:
            return self._unscheduled(path, activity)
        follows = task.follows and self.manner.spans
        words: dict[str, Any] = {"calendar": self._calendar(task), "after": self.links.links(task)}
        words |= {"margin": False, "exists": None, "when": None, "tags": (), "elicited_as": None}
        words |= {"quality_gate": None, "spend": "even", "level_of_effort": LevelOfEffort() if follows else None}
        words["wbs"] = self._node(task)
        words["duration"] = self._duration(task)
        words["cost"], spent = planned_cost(self.network, task)
        if not self.plan.exists[task.number]:
            words |= {**_NONE, "cost": None, "as_late_as_possible": False}
        else:
            words |= self._dates(task) | slipped_floor(self.network, self.plan, task)
        words["progress"] = self._progress(task, spent)
        if self.manner.floors and task.state is State.PLANNED:
            words |= self._held(task)
        return activity.model_copy(update=words)

    def _node(self, task: Task) -> str | None:
        """Return the node of the WBS under which work stands; in Project's own plans each task is one."""
        wbs = task.activity.wbs
        if wbs is None or self.manner.floors or not task.microsoft:
            return wbs
        return ".".join(wbs_parts(wbs)[:-1]) or None

    def _held(self, task: Task) -> dict[str, Any]:
        """Return the constraint that holds work where P6 does: at the data date, its project's start, over a span."""
        axis, start = self.network.axis, int(self.plan.start[task.number])
        if task.follows:
            self.ledger.lose("level of effort is written as work with a constraint at its start", task.path)
            return {**_NONE, "after": (), "start_no_earlier_than": floor_at(axis, start), "as_late_as_possible": False}
        if task.activity.as_late_as_possible and self.network.program.projects[task.project].scheduling == "standard":
            self.ledger.lose("as late as possible is written as a constraint at today's start", task.path)
            return {"start_no_earlier_than": floor_at(axis, start), "as_late_as_possible": False}
        if task.path in self.waiting:
            self.ledger.lose("milestones that wait for their calendar get a constraint at today's date", task.path)
            return {"start_no_earlier_than": floor_at(axis, start)}
        first = axis.minute(start_of(self.network.program))
        at_floor = axis.index(task.calendar, start) == axis.index(task.calendar, task.data_date)
        return {"start_no_earlier_than": floor_at(axis, start)} if at_floor and task.data_date > first else {}

    def _calendar(self, task: Task) -> str:
        """Return the calendar of an activity in the file."""
        number = self._calendar_number(task)
        return self.network.axis.calendars[number].name if number != CLOCK else self.clock

    def _calendar_number(self, task: Task) -> int:
        """Return the number of the calendar on which an activity is written.

        A milestone without one of its own is at no work of any (T3): it stands on the default calendar where that
        calendar knows its instant, else on the clock.
        """
        if task.microsoft and task.state is State.FINISHED:  # to the engine it stands on the clock
            home = self.network.program.projects[task.project].calendar
            return self.network.axis.number(task.activity.calendar or home or self.network.program.calendar)
        if not task.milestone or task.activity.calendar is not None or self.manner.clock:
            return task.calendar
        axis, instant = self.network.axis, int(self.plan.finish[task.number])
        default = axis.number(self.network.program.calendar)
        work = axis.calendars[default]
        index = work.index(instant)
        return default if instant in (int(work.finish_instant(index)), int(work.start_instant(index))) else CLOCK

    def _unscheduled(self, path: str, activity: Activity) -> Activity:
        """Return an activity that no tool has scheduled, its duration in working time of its calendar."""
        axis, project = self.network.axis, self.network.program.project_of(path)
        name = activity.calendar or self.network.program.projects[project].calendar or self.network.program.calendar
        plan = activity.duration.plan if activity.duration else None
        minutes = axis.length(axis.number(name), plan) if plan else 0.0
        duration = Estimate(plan=working_time(minutes)) if activity.duration else None
        return activity.model_copy(update={"calendar": self._calendar_named(name), "duration": duration})

    def _duration(self, task: Task) -> Estimate | None:
        """Return the planned duration; of level of effort what it lasts in this plan, of a milestone none."""
        if task.activity.milestone:
            return None
        minutes = task.planned
        if task.follows:
            index = self.network.axis.calendars[task.calendar].index
            ends = (self.plan.finish[task.number], self.plan.start[task.number])
            minutes = float(index(ends[0]) - index(ends[1]))
        elif not self.plan.exists[task.number]:
            minutes = 0.0
        points = self.ranges.get(task.path) if minutes else None
        return Estimate(plan=working_time(float(round(minutes))), range=points)

    def _dates(self, task: Task) -> dict[str, Any]:
        """Return constraints with the instants that bare dates mean: ends of work where something finishes (T5)."""
        found: dict[str, Any] = {}
        for word in _NONE:
            moment = constraint_date(task.activity, word)
            if moment is not None:
                exact = self._instant(task, moment, word in _ENDS)
                constrains = isinstance(getattr(task.activity, word), Constraint)
                found[word] = Constraint(date=exact) if constrains else exact
        stands = task.activity.manual_start
        if stands is not None and not self.manner.by_hand:
            self.ledger.lose("manually scheduled work is written with a mandatory start", task.path)
            found |= {"manual_start": None, "mandatory_start": _exact(stands.start_like())}
        deadline = found.get("deadline")
        if deadline is not None and not self.manner.deadlines:
            found |= {"deadline": None, "finish_no_later_than": found.get("finish_no_later_than") or deadline}
        return found

    def _instant(self, task: Task, moment: Moment, ends: bool) -> Moment:
        """Return the instant that a moment means; the end of work before the midnight that ends a bare date."""
        if not moment.bare:
            return moment
        if not ends or task.calendar == CLOCK:
            return _exact(moment.finish_like() if ends else moment.start_like())
        axis = self.network.axis
        index = axis.index(task.calendar, axis.minute(moment.finish_like()))
        return _exact(axis.epoch + timedelta(minutes=int(axis.calendars[task.calendar].finish_instant(index))))

    def _progress(self, task: Task, spent: Any) -> Progress | None:
        """Return actual dates and what remains; level of effort that began before the data date has started."""
        start = int(self.plan.start[task.number])
        begun = task.follows and task.state is State.PLANNED and start < task.data_date
        if task.state is State.PLANNED and not begun:
            return None
        axis = self.network.axis
        done = task.state is State.FINISHED
        remaining, told = task.remaining, task.activity.progress
        if begun:
            index = axis.calendars[task.calendar].index
            remaining = max(0.0, float(index(self.plan.finish[task.number]) - index(task.data_date)))
        return Progress(
            started=_exact(axis.epoch + timedelta(minutes=start if begun else task.started)),
            finished=_exact(axis.epoch + timedelta(minutes=task.finished)) if done else None,
            remaining=None if done else certain(working_time(float(round(remaining)))),
            resumes=told.resumes and _exact(told.resumes.start_like()) if told is not None else None,
            actual_cost=spent,
            percent=told.percent if told is not None and not done else None,
        )


def _days_off(calendar: Calendar) -> Calendar:
    """Return the calendar with the days that it holds free for bad weather as days off."""
    held = {
        stretch.first + timedelta(days=n)
        for stretch in calendar.weather_allowance
        for n in range((stretch.last - stretch.first).days + 1)
    }
    kept = [found for found in calendar.exceptions if found.first != found.last or found.first not in held]
    off = [CalendarException.model_construct(first=day, last=day, shifts=()) for day in sorted(held)]
    return calendar.model_copy(update={"exceptions": (*kept, *off), "weather_allowance": ()})


def _never_rests(calendar: Calendar) -> bool:
    """Return whether a calendar works around the clock, as one that was written for it does."""
    week = [calendar.week.get(day) for day in DAYS]
    return {*week} == {ROUND_THE_CLOCK} and not calendar.exceptions


def _hours(day: float, week: float, month: float) -> dict[str, float]:
    """Return the lengths of a calendar, from minutes."""
    return {"hours_per_day": day / 60, "hours_per_week": week / 60, "hours_per_month": month / 60}


def _exact(at: datetime) -> Moment:
    return Moment(at=at, bare=False)

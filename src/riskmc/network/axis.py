"""The time axis of a compiled program: minutes since an epoch, and every calendar in use on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter

from riskmc.errors import ProgramError
from riskmc.network.worktime import WorkTime, clock, compile_calendar
from riskmc.program.activity import Progress
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity
from riskmc.program.stored import stored_of

CLOCK = 0  # the 24-hour calendar is always calendar number 0
LEAD_IN = timedelta(days=90)  # the axis starts this long before the earliest date of the program: room for leads
FIRST_HORIZON = timedelta(days=3653)  # and first ends this long after the latest one
FIRST_YEAR, LAST_YEAR = 100, 9_000  # room before and after them for an axis that must grow
_MOST_NEGATIVE = 30  # years before its first day that a plan's late dates may lie on the axis
_UNIX = datetime(1970, 1, 1)
_constraints = itemgetter(
    "start_on", "finish_on", "mandatory_start", "mandatory_finish", "finish_no_earlier_than",
    "start_no_later_than", "finish_no_later_than", "expected_finish", "needed_by", "deadline",
    "manual_start",
)  # fmt: skip


class Axis:
    """The calendars of a program by number, compiled when first asked for, and dates as minutes on one axis.

    On a ``fair`` one the days that calendars hold free for bad weather are off; else they are worked where weather is.
    """

    def __init__(self, program: Program, stretch: int = 1, fair: bool = False):
        dates = list(_dates(program))
        first, last = min(dates), max(dates)
        for date in (first, last):
            if not FIRST_YEAR <= date.year <= LAST_YEAR:
                allowed = f"the years {FIRST_YEAR} to {LAST_YEAR:,}"
                raise ProgramError.at("", f"dates of a plan lie in {allowed}, got {date.day} {date:%b} {date.year}")
        midnight = (first - LEAD_IN).replace(hour=0, minute=0)
        self.program, self.fair = program, fair
        self.epoch = midnight
        self.horizon = _minutes(last - midnight + FIRST_HORIZON * stretch)
        self.calendars: list[WorkTime] = [clock(self.horizon)]
        self._number: dict[str, int] = {"24h": CLOCK}
        self._index: dict[tuple[int, int], int] = {}
        self._ends_work: dict[tuple[int, int], bool] = {}

    @property
    def unix(self) -> int:
        """Minutes from 1970-01-01 to the epoch."""
        return _minutes(self.epoch - _UNIX)

    def number(self, calendar: str) -> int:
        """Return the number of a calendar by its identifier; ProgramError where it does not exist."""
        if calendar not in self._number:
            self.calendars.append(compile_calendar(self.program, calendar, self.epoch, self.horizon, self.fair))
            self._number[calendar] = len(self.calendars) - 1
        return self._number[calendar]

    def minute(self, moment: datetime) -> int:
        """Return the minutes from the epoch to a date and time."""
        return _minutes(moment - self.epoch)

    def index(self, calendar: int, minute: int) -> int:
        """Return the working minutes of the calendar before a minute of the axis."""
        key = (calendar, minute)
        if key not in self._index:
            self._index[key] = minute if calendar == CLOCK else int(self.calendars[calendar].index(minute))
        return self._index[key]

    def ends_work(self, calendar: int, minute: int) -> bool:
        """Return whether a minute of the axis lies no later than the end of work of its index: 17:00, not 20:00."""
        key = (calendar, minute)
        if key not in self._ends_work:
            end = self.calendars[calendar].finish_instant(self.index(calendar, minute))
            self._ends_work[key] = minute <= int(end)
        return self._ends_work[key]

    def is_worked(self, calendar: int, minute: int) -> bool:
        """Return whether the minute of the axis that begins then is worked."""
        return bool(self.calendars[calendar].is_open(minute))

    def length(self, calendar: int, quantity: Quantity) -> float:
        """Return a duration in minutes of the calendar (T2)."""
        return self.calendars[calendar].minutes(quantity)


def _minutes(span: timedelta) -> int:
    return span.days * 1440 + span.seconds // 60


def _dates(program: Program) -> Iterator[datetime]:
    """Yield every date that can move the ends of the axis."""
    owners: tuple[Program | Project, ...] = (program, *program.projects.values())
    yield from (moment.at for owner in owners for moment in (owner.start, owner.data_date) if moment)
    yield from (project.must_finish_by.at for project in program.projects.values() if project.must_finish_by)
    for activity in program.activities().values():
        if activity.progress is not None:
            yield from (m.at for m in _progress(activity.progress) if m)
        yield from (moment.at for moment in _constraints(vars(activity)) if moment is not None)
        if activity.start_no_earlier_than is not None:
            yield activity.start_no_earlier_than.date.at
    for risk in program.risks.values():
        if risk.window is not None and risk.window.to is not None and any(i.calendars for i in risk.impacts):
            yield risk.window.to.at
    yield from _stored(program)


def _stored(program: Program) -> Iterator[datetime]:
    """Yield the earliest late start that the plan's tool stored: far before the plan itself where float is negative."""
    stored, first = stored_of(program), program.first_day()
    starts = [] if stored is None else [at for known in stored.dates.values() if (at := known.late_start)]
    if starts and first is not None and 0 <= first.year - min(starts).year <= _MOST_NEGATIVE:
        yield min(starts)


def _progress(progress: Progress) -> tuple[Moment | None, ...]:
    return progress.started, progress.finished, progress.resumes

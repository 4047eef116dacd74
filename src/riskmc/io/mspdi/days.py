"""Working days of a Microsoft Project calendar, flat: a week, special days, and working time counted between instants.

Resources that work together on a task work when any of them does (`together`); a task with a calendar of its own when
both calendars do (`both`). Project keeps no shift that crosses midnight.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate

from riskmc.program.calendar import CalendarException, Shift, Shifts

Week = tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]
STANDARD_DAY: Shifts = (Shift(480, 720), Shift(780, 1020))


@dataclass(frozen=True)
class Window:
    """The days on which calendars are laid out: from the year before a plan to decades after it, as ordinals."""

    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Days:
    """A calendar laid out: ``week`` from Monday, ``special`` the shifts of single days by ordinal."""

    week: Week
    special: dict[int, Shifts]
    window: Window

    def same(self, other: Days) -> bool:
        """Return whether two calendars work at the same times."""
        return self.week == other.week and self._telling == other._telling

    @cached_property
    def _telling(self) -> dict[int, Shifts]:
        return {day: shifts for day, shifts in self.special.items() if shifts != self.week[(day - 1) % 7]}

    def shifts(self, day: int) -> Shifts:
        """Return the shifts of a day by its ordinal."""
        return self.special.get(day, self.week[(day - 1) % 7])

    @cached_property
    def _before(self) -> list[int]:
        """The minutes worked before each day of the window, and after the last one."""
        first, last = self.window.first, self.window.last
        week = [_minutes(self.week[(day - 1) % 7]) for day in range(first, first + 7)]
        worked = (week * ((last - first) // 7 + 1))[: last - first + 1]
        for day, shifts in self.special.items():
            if first <= day <= last:
                worked[day - first] = _minutes(shifts)
        return [0, *accumulate(worked)]

    def index(self, at: datetime) -> int:
        """Return the minutes worked from the start of the window to an instant."""
        day, minute = at.toordinal(), at.hour * 60 + at.minute
        place = min(max(day - self.window.first, 0), len(self._before) - 1)
        worked = sum(max(0, min(minute, end) - start) for start, end in self.shifts(day))
        return self._before[place] + worked

    def between(self, start: datetime, finish: datetime) -> int:
        """Return the minutes worked between two instants; below 0 where the second is the earlier."""
        return self.index(finish) - self.index(start)

    def after(self, start: datetime, minutes: float) -> datetime | None:
        """Return the end of work so many minutes after an instant; None beyond the window."""
        wanted = self.index(start) + round(minutes)
        place = bisect_left(self._before, wanted) - 1
        if not 0 <= place < len(self._before) - 1:
            return None
        day, left = self.window.first + place, wanted - self._before[place]
        for begins, ends in self.shifts(day):
            if left <= ends - begins:
                return datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=begins + left)
            left -= ends - begins
        return None

    def works(self) -> bool:
        """Return whether there is any work in an ordinary week."""
        return any(self.week)

    def exceptions(self) -> tuple[CalendarException, ...]:
        """Return the special days as exceptions, equal neighbours joined."""
        found: list[tuple[int, int, Shifts]] = []
        for day, shifts in sorted(self.special.items()):
            if found and found[-1][1] == day - 1 and found[-1][2] == shifts:
                found[-1] = (found[-1][0], day, shifts)
            else:
                found.append((day, day, shifts))
        make = CalendarException.model_construct
        return tuple(
            make(first=date.fromordinal(first), last=date.fromordinal(last), shifts=shifts)
            for first, last, shifts in found
        )


def _minutes(shifts: Shifts) -> int:
    return sum(end - start for start, end in shifts)


def together(one: Days, other: Days) -> Days:
    """Return the calendar that works when either does."""
    return _combined(one, other, _union)


def both(one: Days, other: Days) -> Days:
    """Return the calendar that works when both do."""
    return _combined(one, other, _intersection)


def _combined(one: Days, other: Days, combine: Callable[[Shifts, Shifts], Shifts]) -> Days:
    a, b = one.week, other.week
    week = (
        combine(a[0], b[0]), combine(a[1], b[1]), combine(a[2], b[2]), combine(a[3], b[3]), combine(a[4], b[4]),
        combine(a[5], b[5]), combine(a[6], b[6]),
    )  # fmt: skip
    days = one.special.keys() | other.special.keys()
    return Days(week, {day: combine(one.shifts(day), other.shifts(day)) for day in days}, one.window)


@lru_cache(maxsize=4096)
def _union(a: Shifts, b: Shifts) -> Shifts:
    return merged((*a, *b))


@lru_cache(maxsize=4096)
def _intersection(a: Shifts, b: Shifts) -> Shifts:
    pairs = ((max(x.start, y.start), min(x.end, y.end)) for x in a for y in b)
    return merged(tuple(Shift(start, end) for start, end in pairs if start < end))


def merged(found: tuple[Shift, ...]) -> Shifts:
    """Return shifts in order, those that touch or overlap joined."""
    out: list[Shift] = []
    for start, end in sorted(found):
        if out and start <= out[-1].end:
            out[-1] = Shift(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Shift(start, end))
    return tuple(out)

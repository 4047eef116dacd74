"""Calendars -> the Calendars element of a Microsoft Project XML file: weekdays, and exceptions as stretches of days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from riskmc.io.mspdi.writer_text import Element, flag
from riskmc.io.plan_text import names
from riskmc.io.working_days import SUNDAY_FIRST, clock_text, layers, working_days
from riskmc.program.calendar import Calendar, Shifts

_NAME = 51


def calendar_elements(calendars: Mapping[str, Calendar]) -> tuple[Element, dict[str, str]]:
    """Return the element of all calendars, and the UID of each by its identifier."""
    uids = {name: str(number) for number, name in enumerate(calendars, start=1)}
    titles = names(calendars, _NAME)
    out = Element("Calendars")
    for name, uid in uids.items():
        days = working_days(layers(calendars, name))
        one = Element("Calendar")
        one.add(UID=uid, Name=titles[name], IsBaseCalendar="1", IsBaselineCalendar="0", BaseCalendarUID="-1")
        week = Element("WeekDays")
        week.put(*(_weekday(number, days.week[day]) for number, day in enumerate(SUNDAY_FIRST, start=1)))
        one.put(week)
        if days.special:
            exceptions = Element("Exceptions")
            exceptions.put(*(_exception(*stretch) for stretch in _stretches(days.special)))
            one.put(exceptions)
        out.put(one)
    return out, uids


def _weekday(number: int, shifts: Shifts) -> Element:
    day = Element("WeekDay")
    day.add(DayType=str(number), DayWorking=flag(shifts))
    day.put(*_working_times(shifts))
    return day


def _stretches(special: Mapping[date, Shifts]) -> Iterator[tuple[date, date, Shifts]]:
    """Yield (first day, last day, shifts): days in a row that are worked alike are one exception."""
    first = last = None
    shifts: Shifts = ()
    for day, worked in special.items():
        if first is not None and last is not None:
            if day == last + timedelta(days=1) and worked == shifts:
                last = day
                continue
            yield first, last, shifts
        first, last, shifts = day, day, worked
    if first is not None and last is not None:
        yield first, last, shifts


def _exception(first: date, last: date, shifts: Shifts) -> Element:
    out, period = Element("Exception"), Element("TimePeriod")
    period.add(FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
    out.add(EnteredByOccurrences="0")
    out.put(period)
    out.add(Occurrences=str((last - first).days + 1), Name="", Type="1", DayWorking=flag(shifts))
    out.put(*_working_times(shifts))
    return out


def _working_times(shifts: Shifts) -> Iterator[Element]:
    if shifts:
        times = Element("WorkingTimes")
        for shift in shifts:
            time = Element("WorkingTime")
            time.add(FromTime=f"{clock_text(shift.start)}:00", ToTime=f"{clock_text(shift.end)}:00")
            times.put(time)
        yield times

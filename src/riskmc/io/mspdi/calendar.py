"""Calendars of a Microsoft Project XML file: weeks, work weeks with dates, exceptions of both styles, base calendars.

Days are laid out from a year before the plan to 30 years after it; beyond them the weekly pattern goes on (T4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from riskmc.io.mspdi.days import STANDARD_DAY, Days, Week, Window, both, merged, together
from riskmc.io.mspdi.fields import MOST_EXCEPTION_DAYS, Fields, Row, row
from riskmc.io.mspdi.recurrence import LAST_ITEM, SELDOM, Recurrence, days
from riskmc.program.calendar import DAY_MINUTES, DAYS, Calendar, Shift, Shifts

YEAR, YEARS_AFTER, MOST_DAYS = 366, 30, 130 * 366
NOBODY = frozenset({"", "-1", "0"})
DEEPEST, MONTH = 50, 28
_TAKEN = "24h"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One calendar as the file has it: its own weekdays (0 Monday) and special days, over those of its base."""

    name: str
    base: str
    week: dict[int, Shifts]
    special: dict[int, Shifts]


@dataclass(frozen=True, eq=False)
class Crew:
    """Working days of those who work together, their name in the program, and whether all work at the same times."""

    name: str
    days: Days
    alike: bool


@dataclass(eq=False)
class Calendars:
    """The calendars of a file by UID, and those in use by the name that they have in the program."""

    fields: Fields
    window: Window
    sheets: dict[str, Sheet]
    project: str
    lengths: dict[str, float]
    names: dict[str, str] = field(default_factory=dict)
    used: dict[str, Calendar] = field(default_factory=dict)
    _flat: dict[str, Days] = field(default_factory=dict)
    _mixed: list[tuple[Days, str]] = field(default_factory=list)
    _crews: dict[tuple[str | None, ...], Crew] = field(default_factory=dict)

    def days(self, uid: str) -> Days:
        """Return the working days of a calendar, its base's included; -1 is the project's calendar."""
        key = uid if uid in self.sheets else self.project
        if key not in self._flat:
            week: dict[int, Shifts] = {}
            special: dict[int, Shifts] = {}
            for sheet in reversed(self._chain(key)):
                week |= sheet.week
                special |= sheet.special
            full = tuple(week.get(day, ()) for day in range(7))
            self._flat[key] = Days(full, special, self.window)  # type: ignore[arg-type]
        return self._flat[key]

    def name(self, uid: str) -> str:
        """Return the name of a calendar in the program, which has it from now on; the project's where it is the same.

        A resource's calendar that says nothing of its own is its base.
        """
        key = uid if uid in self.sheets else self.project
        if key not in self.names:
            same = key != self.project and self.days(key).same(self.days(self.project))
            self.names[key] = self.name(self.project) if same else self._made(key)
        return self.names[key]

    def crew(self, uids: Iterable[str], task: str | None) -> Crew:
        """Return when any of some resources' calendars works, and the task's own calendar too where it has one.

        Where that is never, the crew has no calendar: its name is empty.
        """
        key = (task, *sorted({*uids}))
        if key not in self._crews:
            days, alike = self._mixed_days(key[1:], task)
            words = [self.title(uid) for uid in key if uid is not None]
            self._crews[key] = Crew(self._name_of(days, words) if days.works() else "", days, alike)
        return self._crews[key]

    def _mixed_days(self, uids: Iterable[str | None], task: str | None) -> tuple[Days, bool]:
        found: list[Days] = []
        for uid in filter(None, uids):
            one = self.days(uid) if task is None else both(self.days(task), self.days(uid))
            if not any(one.same(other) for other in found):
                found.append(one)
        whole = found[0]
        for one in found[1:]:
            whole = together(whole, one)
        return whole, len(found) == 1

    def _name_of(self, days: Days, words: Iterable[str]) -> str:
        """Return the name of working days: that of a calendar of the file that has them, else one made of ``words``."""
        for uid in self.sheets:
            if self.days(uid).same(days):
                return self.name(uid)
        for other, name in self._mixed:
            if other.same(days):
                return name
        name = self._free(" + ".join(dict.fromkeys(words))[:80])
        week = {DAYS[day]: shifts for day, shifts in enumerate(days.week)}
        self.used[name] = Calendar(week=week, exceptions=days.exceptions(), **self.lengths)
        self._mixed.append((days, name))
        return name

    def title(self, uid: str) -> str:
        """Return what people call a calendar."""
        return self.sheets[uid if uid in self.sheets else self.project].name

    def _made(self, key: str) -> str:
        sheet = self.sheets[key]
        name = self._free(sheet.name)
        self.names[key] = name
        based = sheet.base if sheet.base in self.sheets and sheet.base not in (key, *self._loop(key)) else None
        own = Days(_no_week(), sheet.special, self.window)
        self.used[name] = Calendar(
            week={DAYS[day]: shifts for day, shifts in sheet.week.items()},
            based_on=None if based is None else self._plain(based),
            exceptions=own.exceptions(),
            **({} if based else self.lengths),
        )
        return name

    def _plain(self, key: str) -> str:
        """Return the name of a base calendar."""
        return self.names[key] if key in self.names else self._made(key)

    def _chain(self, key: str) -> list[Sheet]:
        """Return a calendar and what it is based on, the root last; a loop ends where it closes."""
        seen: dict[str, Sheet] = {}
        while key in self.sheets and key not in seen:
            seen[key] = self.sheets[key]
            key = self.sheets[key].base
        return [*seen.values()]

    def _loop(self, key: str) -> set[str]:
        """Return the calendars that are based on this one and that it is based on: a loop, which is cut."""
        seen: list[str] = []
        here = self.sheets[key].base
        while here in self.sheets and here not in seen and here != key:
            seen.append(here)
            here = self.sheets[here].base
        return set(seen) if here == key else set()

    def _free(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self.used or name == _TAKEN:
            count += 1
            name = f"{wanted} ({count})"
        return name


def _no_week() -> Week:
    return ((), (), (), (), (), (), ())


def window(dates: Iterable[datetime]) -> Window:
    """Return the days on which calendars are laid out, given the dates of a plan."""
    ordinals = [at.toordinal() for at in dates]
    first = min(ordinals, default=date(2000, 1, 1).toordinal()) - YEAR
    last = min(max(ordinals, default=first + YEAR) + YEARS_AFTER * YEAR, first + MOST_DAYS)
    return Window(max(first, 1), min(last, date.max.toordinal()))


def calendars(root: Element, project: Row, fields: Fields, window: Window) -> Calendars:
    """Return the calendars of a file; one without any calendar has the standard one."""
    sheets: dict[str, Sheet] = {}
    for element in root.iterfind("Calendars/Calendar"):
        at = row(element, "Calendar")
        if at["UID"] in sheets:
            fields.fault(at, "UID", f"expected a new number, found {at['UID'][:40]} again")
        sheets[at["UID"]] = _sheet(at, fields, window)
    for uid in sheets:
        if _deep(uid, sheets):
            fields.fault(project, f"Calendar {uid[:40]}", f"expected at most {DEEPEST} calendars based on one another")
            break
    chosen = project["CalendarUID"]
    if chosen not in sheets:
        bases = [uid for uid, sheet in sheets.items() if sheet.base not in sheets]
        if chosen not in NOBODY or not bases:
            fields.findings.note("the project's calendar is not in the file; it runs on the standard one", chosen)
        chosen = bases[0] if bases and chosen in NOBODY else "standard"
    if chosen == "standard" or chosen not in sheets:
        sheets["standard"] = Sheet("standard", "", dict.fromkeys(range(5), STANDARD_DAY), {})
    return Calendars(fields, window, sheets, chosen, _lengths(project, fields))


def _deep(uid: str, sheets: dict[str, Sheet]) -> bool:
    """Return whether a calendar stands on more others than any tool writes."""
    seen: set[str] = set()
    while uid in sheets and uid not in seen and len(seen) <= DEEPEST:
        seen.add(uid)
        uid = sheets[uid].base
    return len(seen) > DEEPEST


def _lengths(project: Row, fields: Fields) -> dict[str, float]:
    """Return hours of a day, a week and a month, as the project's options say."""
    day, week = fields.number(project, "MinutesPerDay") / 60, fields.number(project, "MinutesPerWeek") / 60
    month = fields.number(project, "DaysPerMonth") * day
    said = {"hours_per_day": day, "hours_per_week": week, "hours_per_month": month}
    return {word: hours for word, hours in said.items() if 0 < hours <= 24 * 366}


def _sheet(at: Row, fields: Fields, window: Window) -> Sheet:
    based = at["BaseCalendarUID"] if at["BaseCalendarUID"] not in ("", "-1", at["UID"]) else ""
    found = Sheet(at["Name"].strip()[:80] or f"calendar {at['UID'][:40]}", based, {}, {})
    weekdays = [row(day, at.label) for day in at.element.iterfind("WeekDays/WeekDay")]
    for day in weekdays:
        place = fields.whole(day, "DayType")
        if 1 <= place <= 7:
            found.week[(place - 2) % 7] = _shifts(day, fields)
    if not found.week and not based:
        found.week.update(dict.fromkeys(range(5), STANDARD_DAY))
        fields.findings.note("calendars without a working week work Monday to Friday 08:00-12:00 13:00-17:00", at.label)
    for week in at.element.iterfind("WorkWeeks/WorkWeek"):
        _work_week(week, at, found, fields, window)
    exceptions = [row(one, at.label) for one in at.element.iterfind("Exceptions/Exception")]
    for one in exceptions or (day for day in weekdays if fields.whole(day, "DayType") == 0):
        shifts = _shifts(one, fields)
        found.special.update((day, shifts) for day in _dates(one, fields, window))
    return found


def _work_week(week: Element, at: Row, found: Sheet, fields: Fields, window: Window) -> None:
    """Lay the weekdays of a work week over its dates; a work week without dates is the calendar's own."""
    weekdays = [row(day, at.label) for day in week.iterfind("WeekDays/WeekDay")]
    shifts = {(fields.whole(day, "DayType") - 2) % 7: _shifts(day, fields) for day in weekdays if day["DayType"] != "0"}
    span = _span(row(week, at.label), fields, window)
    if span is None or not _affordable((span[1] - span[0]).days, at, fields):
        return
    for day in range(span[0].toordinal(), span[1].toordinal() + 1):
        if (day - 1) % 7 in shifts:
            found.special[day] = shifts[(day - 1) % 7]


def _span(at: Row, fields: Fields, window: Window) -> tuple[date, date] | None:
    """Return the first and last day of a TimePeriod within the window; None where none is."""
    whole = _period(at, fields)
    if whole is None:
        return None
    first = max(whole[0], date.fromordinal(window.first))
    last = min(whole[1], date.fromordinal(window.last))
    return (first, last) if first <= last else None


def _period(at: Row, fields: Fields) -> tuple[date, date] | None:
    """Return the first and last day of a TimePeriod; an end at midnight is the day before."""
    period = at.element.find("TimePeriod")
    if period is None:
        return None
    inner = row(period, at.label)
    start, end = fields.date(inner, "FromDate"), fields.date(inner, "ToDate")
    if start is None or end is None:
        return None
    if end > start and (end.hour, end.minute) == (0, 0):
        end -= timedelta(minutes=1)
    return start.date(), end.date()


def _dates(at: Row, fields: Fields, window: Window) -> Iterator[int]:
    """Yield the days of an exception within the window, as ordinals; occurrences are counted from its first day."""
    whole, within = _period(at, fields), _span(at, fields, window)
    if whole is None or within is None:
        return
    found = Recurrence(
        type=fields.whole(at, "Type", 1),
        every=max(1, fields.whole(at, "Period", 1)),
        weekdays=fields.whole(at, "DaysOfWeek"),
        item=min(max(fields.whole(at, "MonthItem"), 0), LAST_ITEM),
        position=max(0, fields.whole(at, "MonthPosition")),
        month=min(max(fields.whole(at, "Month"), 0), 11),
        month_day=max(1, fields.whole(at, "MonthDay", 1)),
        occurrences=max(0, fields.whole(at, "Occurrences")) if at.flag("EnteredByOccurrences") else 0,
    )
    low, high = within[0].toordinal(), within[1].toordinal()
    walked = (high - whole[0].toordinal()) // (MONTH if found.type in SELDOM else 1)
    if not _affordable(walked, at, fields):
        return
    for day in days(found, whole[0], within[1]):
        if low <= day.toordinal() <= high:
            yield day.toordinal()


def _affordable(days: int, at: Row, fields: Fields) -> bool:
    """Return whether so many days more can be laid out; where they become too many, that is a fault, told once."""
    before = fields.days_left
    fields.days_left -= days
    if before >= 0 > fields.days_left:
        fields.fault(at, "", f"expected at most {MOST_EXCEPTION_DAYS:,} days in all exceptions and work weeks")
    return fields.days_left >= 0


def _shifts(at: Row, fields: Fields) -> Shifts:
    """Return the working times of a weekday or exception: none where it is not worked."""
    if not at.flag("DayWorking"):
        return ()
    times = [row(time, at.label) for time in at.element.iterfind("WorkingTimes/WorkingTime")]
    found = [(_clock(time, "FromTime", fields), _clock(time, "ToTime", fields)) for time in times]
    shifts = [Shift(start, end if end > start else DAY_MINUTES) for start, end in found if start < DAY_MINUTES]
    if not shifts:
        fields.findings.note("working days without working times work 08:00-12:00 13:00-17:00", at.label)
        return STANDARD_DAY
    return merged(tuple(shifts))


def _clock(at: Row, name: str, fields: Fields) -> int:
    """Return a time of day in minutes; seconds are rounded."""
    parts = at[name].strip().rpartition("T")[2].split(":")
    try:
        hour, minute, second = (int(float(part)) for part in (*parts, "0", "0")[:3])
    except (ValueError, OverflowError):
        hour = minute = second = -1
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second <= 60):
        fields.fault(at, name, f"expected a time of day like 08:00:00, found {at[name][:40]!r}")
        return 0
    return min(hour * 60 + minute + (second >= 30), DAY_MINUTES)

"""CALENDAR rows -> calendars: the week, its shifts, holidays and other exceptions, hours per day, week and month.

The field ``clndr_data`` is a nest of ``(0||NAME(PARAMETERS)(CHILDREN))``. DaysOfWeek holds days 1 (Sunday) to 7, each
with shifts ``(0||0(s|08:00|f|12:00)())``; Exceptions holds days as spreadsheet serials ``(d|40363)``, a holiday where
empty. Blanks, line ends and DEL characters may stand anywhere between the parts, and ``f|..|s|..`` for ``s|..|f|..``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from riskmc.io.findings import Findings, unique
from riskmc.io.xer.tables import Row, Table
from riskmc.program.calendar import Calendar, CalendarException

Shifts = tuple[tuple[int, int], ...]

DAY = 24 * 60
DAYS = {"1": "sun", "2": "mon", "3": "tue", "4": "wed", "5": "thu", "6": "fri", "7": "sat"}
STANDARD_SHIFTS = ((480, 720), (780, 1020))
STANDARD_DAY = 480.0
FIRST_SERIAL = date(1899, 12, 30)
LAST_SERIAL = (date(2200, 1, 1) - FIRST_SERIAL).days

_FILL = re.compile(r"[\s\x7f]+")
_PART = re.compile(r"\(\d*\|\|([^()|]*)\(([^()]*)\)\(|(\)\))")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?([AaPp][Mm])?")


@dataclass(frozen=True)
class WorkingHours:
    """What ``clndr_data`` says: shifts by weekday (``mon`` .. ``sun``; none is a day off), and exceptions by date."""

    week: dict[str, Shifts]
    exceptions: dict[date, Shifts]

    def exception_ranges(self) -> Iterator[tuple[date, date, Shifts]]:
        """Yield (first day, last day, shifts), days in a row with the same shifts joined."""
        days = sorted(self.exceptions)
        first = 0
        for here, day in enumerate(days):
            following = days[here + 1] if here + 1 < len(days) else None
            if following != day + timedelta(days=1) or self.exceptions[following] != self.exceptions[day]:
                yield days[first], day, self.exceptions[day]
                first = here + 1


HoursOf = Callable[[str], WorkingHours | None]


@dataclass(frozen=True)
class CalendarRow:
    """A calendar of the file: its identifier in the program, the minutes of its day, and what it says."""

    name: str
    day_minutes: float
    calendar: Calendar


def calendars(
    table: Table, used: Iterable[str], findings: Findings, hours: HoursOf | None = None
) -> dict[str, CalendarRow]:
    """Return the calendars with the given clndr_ids, and those they are based on, by clndr_id in file order.

    ``hours`` reads their ``clndr_data``: ``working_hours`` unless the file is of another format.
    """
    columns = ("clndr_id", "clndr_name", "base_clndr_id", "day_hr_cnt", "week_hr_cnt", "month_hr_cnt", "clndr_data")
    rows = {row[1]: row for row in table.select(*columns)}
    wanted: set[str] = set()
    waiting = [key for key in used if key in rows]
    while waiting:
        if (key := waiting.pop()) not in wanted:
            wanted.add(key)
            waiting.extend(base for base in (rows[key][3],) if base in rows)
    names = unique([("", "24h"), *((key, row[2].strip() or key) for key, row in rows.items() if key in wanted)])
    return {key: _calendar(rows[key], names, findings, hours or working_hours) for key in rows if key in wanted}


def _calendar(row: Row, names: dict[str, str], findings: Findings, hours_of: HoursOf) -> CalendarRow:
    line, key, _, base, day, week, month, data = row
    path = f"CALENDAR {names[key]}"
    hours = hours_of(data)
    based_on = names.get(base) if base and base != key else None
    if hours is None:
        if not based_on:
            findings.note(
                "calendars without a readable week work Monday to Friday 08:00-12:00 and 13:00-17:00", names[key]
            )
        hours = WorkingHours(
            {} if based_on else dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), STANDARD_SHIFTS), {}
        )
    per_day = _length(day, line, f"{path} day_hr_cnt", findings)
    calendar = Calendar(
        week=hours.week,
        based_on=based_on,
        exceptions=tuple(
            CalendarException(first=first, last=last, shifts=shifts) for first, last, shifts in hours.exception_ranges()
        ),
        hours_per_day=per_day or None,
        hours_per_week=_length(week, line, f"{path} week_hr_cnt", findings) or None,
        hours_per_month=_length(month, line, f"{path} month_hr_cnt", findings) or None,
    )
    return CalendarRow(names[key], per_day * 60 or _day_minutes(hours), calendar)


def _length(text: str, line: str, path: str, findings: Findings) -> float:
    """Return the hours of a day, a week or a month; 0 where the file does not say them."""
    hours = findings.number(text, line, path)
    if hours < 0:
        findings.fault(line, path, f"expected hours of 0 or more, found {hours:g}")
    return max(0.0, hours)


DEEPEST = 20
"""How deep the parts of a calendar may stand within one another; P6 writes some five."""


def _day_minutes(hours: WorkingHours) -> float:
    """Return the mean length of a working day of the week, for calendars that do not say it."""
    worked = [sum(finish - start for start, finish in shifts) for shifts in hours.week.values() if shifts]
    return sum(worked) / len(worked) if worked else STANDARD_DAY


def working_hours(text: str) -> WorkingHours | None:
    """Return the week and the exceptions of a ``clndr_data`` field; None where it names no day of the week at all."""
    week: dict[str, list[tuple[int, int]]] = {}
    exceptions: dict[date, list[tuple[int, int]]] = {}
    for path, parameters in _parts(_FILL.sub("", text)):
        if len(path) > DEEPEST:
            continue
        section = next((name for name in path[:-1] if name in ("DaysOfWeek", "Exceptions")), "")
        child = path.index(section) + 1 if section else 0
        if section == "DaysOfWeek" and path[child] in DAYS:
            shifts = week.setdefault(DAYS[path[child]], [])
        elif section == "Exceptions" and (day := _day(parameters[child])):
            shifts = exceptions.setdefault(day, [])
        else:
            continue
        shifts.extend(_shift(parameters[-1]))
    if not week:
        return None
    return WorkingHours(
        {day: in_order(shifts) for day, shifts in week.items()},
        {day: in_order(shifts) for day, shifts in exceptions.items()},
    )


def _parts(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield, part by part, the names and the parameters from the root down; text that fits no part is passed over."""
    names: list[str] = []
    parameters: list[str] = []
    for match in _PART.finditer(text):
        if match[3]:
            del names[-1:], parameters[-1:]
            continue
        names.append(match[1])
        parameters.append(match[2])
        yield names, parameters


def _day(parameters: str) -> date | None:
    """Return the date of an exception, whose parameters are ``d|SERIAL``; None where it makes no sense."""
    kind, _, serial = parameters.partition("|")
    if kind != "d" or not serial.isdecimal() or not 0 < int(serial) < LAST_SERIAL:
        return None
    return FIRST_SERIAL + timedelta(days=int(serial))


def _shift(parameters: str) -> list[tuple[int, int]]:
    """Return the one shift that ``s|08:00|f|16:00`` names, in minutes of the day, or none for other parameters.

    00:00 to 00:00 is the whole day; a finish at 00:00 is midnight; a finish before the start is on the next day.
    """
    words = parameters.split("|")
    named = dict(zip(words[::2], words[1::2], strict=False))
    start, finish = _minute(named.get("s", "")), _minute(named.get("f", ""))
    if start is None or finish is None:
        return []
    start %= DAY
    return [(start, finish if finish > start else finish + DAY)]


def _minute(clock: str) -> int | None:
    match = _CLOCK.fullmatch(clock)
    if not match:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "pm" else 0)
    return hour * 60 + int(match[2]) if hour <= 24 and int(match[2]) < 60 else None


def in_order(shifts: Iterable[tuple[int, int]]) -> Shifts:
    """Return the shifts in the order of the day, those that touch or overlap joined into one."""
    joined: list[tuple[int, int]] = []
    for start, finish in sorted(shifts):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], finish))
        else:
            joined.append((start, finish))
    return tuple(joined)

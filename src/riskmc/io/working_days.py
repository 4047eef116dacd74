"""Working days: a calendar of a program as other tools write one: shifts by weekday, and special days one by one.

What a calendar is based on is laid into it, holidays are days off, and no shift runs over midnight: its end stands on
the day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from riskmc.program.calendar import DAY_MINUTES, DAYS, Calendar, Shift, Shifts

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # what planning tools can write
SUNDAY_FIRST = (DAYS[-1], *DAYS[:-1])
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """Shifts of all seven weekdays (``mon`` .. ``sun``), and of every special day in order; none is a day off."""

    week: Mapping[str, Shifts]
    special: Mapping[date, Shifts]


def layers(calendars: Mapping[str, Calendar], name: str) -> list[Calendar]:
    """Return the calendars that one is based on and itself, the root first; a loop ends where it closes."""
    chain: dict[str, Calendar] = {}
    here: str | None = name
    while here is not None and here in calendars and here not in chain:
        chain[here] = calendars[here]
        here = chain[here].based_on
    return list(reversed(chain.values()))


def working_days(chain: Sequence[Calendar]) -> WorkingDays:
    """Return the working days that a chain of calendars says together, the root first (semantics T2 to T4)."""
    week: dict[str, Shifts] = dict.fromkeys(DAYS, ())
    for layer in chain:
        week |= layer.week
    special = _special(chain)
    if not crosses_midnight(chain):
        return WorkingDays(week, dict(sorted(special.items())))
    days = {day: _split(week[day], week[DAYS[place - 1]]) for place, day in enumerate(DAYS)}
    return WorkingDays(days, dict(sorted(_special_split(week, special, days).items())))


def crosses_midnight(chain: Iterable[Calendar]) -> bool:
    """Return whether any shift ends on the day after."""
    return any(
        shift.end > DAY_MINUTES
        for layer in chain
        for shifts in (*layer.week.values(), *(exception.shifts for exception in layer.exceptions))
        for shift in shifts
    )


def _special(chain: Sequence[Calendar]) -> dict[date, Shifts]:
    """Return the shifts that start on each special day: the nearer calendar wins, an exception over a holiday."""
    special: dict[date, Shifts] = {}
    with_holidays = max((place for place, layer in enumerate(chain) if layer.holiday_dates), default=-1)
    for place, layer in enumerate(chain):
        if place >= with_holidays:
            special.update(dict.fromkeys((day for day in layer.holiday_dates if _writable(day)), ()))
        for exception in layer.exceptions:
            first, last = max(exception.first, FIRST_DAY), min(exception.last, LAST_DAY)
            special.update((first + _DAY * step, exception.shifts) for step in range((last - first).days + 1))
    return special


def _writable(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def _special_split(
    week: Mapping[str, Shifts], special: Mapping[date, Shifts], days: Mapping[str, Shifts]
) -> dict[date, Shifts]:
    """Return the special days with night shifts split, and the days after them where they are not as usual."""
    found: dict[date, Shifts] = {}
    for day in special.keys() | {day + _DAY for day in special if day < LAST_DAY}:
        before = special.get(day - _DAY, week[DAYS[(day.weekday() - 1) % 7]])
        shifts = _split(special.get(day, week[DAYS[day.weekday()]]), before)
        if day in special or shifts != days[DAYS[day.weekday()]]:
            found[day] = shifts
    return found


def _split(own: Shifts, before: Shifts) -> Shifts:
    """Return what is worked on a day: its own shifts up to midnight, and the rest of those of the day before."""
    parts = [Shift(0, shift.end - DAY_MINUTES) for shift in before if shift.end > DAY_MINUTES]
    parts += [Shift(shift.start, min(shift.end, DAY_MINUTES)) for shift in own]
    joined: list[Shift] = []
    for shift in sorted(parts):
        if joined and shift.start <= joined[-1].end:
            joined[-1] = Shift(joined[-1].start, max(joined[-1].end, shift.end))
        else:
            joined.append(shift)
    return tuple(joined)


def clock_text(minute: int) -> str:
    """Return a time of day, ``08:00``; midnight at the end of a day is 00:00."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"

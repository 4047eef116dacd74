"""Slow, obvious calendars of a program: one byte for every minute of the axis, and dates found by counting bytes.

The axis starts at a midnight some weeks before anything happens. Working minute k starts at ``start(k)``; ``finish(k)``
is the end of the minute before it; ``index(t)`` counts the open minutes before t (semantics T2 to T5).
"""

from datetime import datetime, time, timedelta

import numpy as np

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 1440
CLOCK = {"": 1, "min": 1, "h": 60, "emin": 1, "eh": 60, "ed": DAY, "ew": 7 * DAY, "emo": 30 * DAY, "ey": 365 * DAY}
OFFICE = dict.fromkeys(DAYS[:5], ((480, 720), (780, 1020)))
ALWAYS = dict.fromkeys(DAYS, ((0, DAY),))


class Axis:
    """Minutes since a midnight, and back to dates."""

    def __init__(self, first, days):
        self.epoch = datetime.combine(first - timedelta(weeks=8), time())
        self.days = days

    def minute(self, moment):
        return int((moment - self.epoch).total_seconds()) // 60

    def moment(self, minute):
        return self.epoch + timedelta(minutes=int(minute))


class WorkingMinutes:
    """The open minutes of one calendar, and the length of its day, week and month."""

    def __init__(self, name, is_open, day, week, month):
        self.name = name
        self.opens = np.flatnonzero(is_open)
        self.before = np.concatenate(([0], np.cumsum(is_open, dtype=np.int64)))
        self.units = CLOCK | {"d": day, "w": week, "mo": month, "y": 12 * month}

    def index(self, t):
        assert t >= 0
        return int(self.before[t])

    def start(self, k):
        assert k >= 0
        return int(self.opens[k])

    def finish(self, k):
        return self.start(k - 1) + 1 if k > 0 else self.start(0)

    def minutes(self, quantity):
        return quantity.value * self.units[quantity.unit]


def working_minutes(program, name, axis):
    """Return the calendar ``name`` of the program on the axis."""
    layers = list(layers_of(program, name))
    week, hours = {}, {}
    for layer in layers:
        week |= {day: pairs(shifts) for day, shifts in layer.week.items()}
        stated = {unit: getattr(layer, f"hours_per_{unit}") for unit in ("day", "week", "month")}
        hours |= {unit: value for unit, value in stated.items() if value is not None}
    return WorkingMinutes(name, open_minutes(week, special_days(layers), axis), *lengths(week, hours))


def layers_of(program, name):
    """Yield the calendar after those that it is based on."""
    calendar = program.calendars.get(name) or BuiltIn({"24h": ALWAYS, "standard": OFFICE}[name])
    if calendar.based_on:
        yield from layers_of(program, calendar.based_on)
    yield calendar


class BuiltIn:
    """A calendar that no file needs to define."""

    holiday_dates = exceptions = ()
    based_on = hours_per_day = hours_per_week = hours_per_month = None

    def __init__(self, week):
        self.week = week


def pairs(shifts):
    """Return shifts as (start, end) minutes of the day on which they start."""
    return tuple((shift[0], shift[1]) for shift in shifts)


def special_days(layers):
    """Return the shifts of every day that is no ordinary one: a calendar's exceptions stand above its holidays.

    The holidays of a calendar stand in place of those of the calendar it is based on.
    """
    special = {}
    observed = next((layer for layer in reversed(layers) if layer.holiday_dates), None)
    for layer in layers:
        special |= dict.fromkeys(layer.holiday_dates if layer is observed else (), ())
        for exception in layer.exceptions:
            days = (exception.last - exception.first).days + 1
            special |= {exception.first + timedelta(days=n): pairs(exception.shifts) for n in range(days)}
    return special


def open_minutes(week, special, axis):
    """Return one byte a minute: 1 where work goes on. A shift belongs to the day on which it starts."""
    is_open = np.zeros(axis.days * DAY, dtype=np.int8)
    for day in range(-1, axis.days):
        date = (axis.epoch + timedelta(days=day)).date()
        for first, last in special.get(date, week.get(DAYS[date.weekday()], ())):
            is_open[max(day * DAY + first, 0) : max(day * DAY + last, 0)] = 1
    return is_open


def lengths(week, hours):
    """Return the minutes of a day, a week and a month of a calendar (T2)."""
    minutes = [sum(last - first for first, last in shifts) for shifts in week.values() if shifts]
    week_hours = hours.get("week", sum(minutes) / 60)
    day_hours = hours.get("day", sum(minutes) / 60 / max(len(minutes), 1))
    return 60 * day_hours, 60 * week_hours, 60 * hours.get("month", week_hours * 52 / 12)

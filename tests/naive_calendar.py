"""Working time the slow, obvious way: one byte per minute, day after day. Tests trust this; nothing else uses it.

Which shifts a day has: docs/method/calendars.md. Calendars come as plain mappings, every key optional:
``{"week": {"mon": [(480, 720)]}, "based_on": "base", "holiday_dates": [date], "exceptions": [(first, last, shifts)]}``.
A shift past 1440 runs into the next day.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def bitmap(calendars, name, epoch, horizon):
    """Return one bool per minute from ``epoch`` on: is it worked?"""
    is_open = np.zeros(horizon, dtype=bool)
    for day in range(-8, horizon // 1440 + 1):  # shifts that start before the epoch may reach into it
        for start, end in shifts_on(calendars, name, epoch.date() + timedelta(days=day)):
            first, last = day * 1440 + start, day * 1440 + end
            if last > 0:
                is_open[max(first, 0) : last] = True
    return is_open


def shifts_on(calendars, name, day):
    """Return the shifts that start on ``day``: the nearest special day, else the nearest calendar that names it."""
    chain = [name]
    while calendars[chain[-1]].get("based_on"):
        chain.append(calendars[chain[-1]]["based_on"])
    holidays_of = next((c for c in chain if calendars[c].get("holiday_dates")), None)
    for calendar in chain:  # nearest first
        special = [entry for entry in calendars[calendar].get("exceptions", []) if entry[0] <= day <= entry[1]]
        if special:
            return min(special, key=lambda entry: entry[1] - entry[0])[2]  # the shortest
        if calendar == holidays_of and day in calendars[calendar]["holiday_dates"]:
            return []
    for calendar in chain:
        if DAYS[day.weekday()] in calendars[calendar].get("week", {}):
            return calendars[calendar]["week"][DAYS[day.weekday()]]
    return []


def starts(is_open):
    """Return S: the instants at which open minutes start."""
    return [t for t, worked in enumerate(is_open) if worked]


def finishes(is_open):
    """Return F: F[0] = S[0], F[k] the end of open minute k - 1."""
    instants = starts(is_open)
    return [instants[0], *(t + 1 for t in instants)]


def indices(is_open):
    """Return W: the open minutes before each instant from 0 to the horizon."""
    return [0, *np.cumsum(is_open).tolist()]

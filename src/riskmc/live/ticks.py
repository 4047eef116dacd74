"""Ticks of a live picture: round dates and amounts on an axis, with the words under them."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, floor, log10
from typing import NamedTuple

from riskmc.forecast.figures import money_format, start_day
from riskmc.forecast.instant import DAY_MINUTES, EPOCH
from riskmc.forecast.language import formats

MOST = 6
_FEW = 2  # days, within which hours are told
_MINUTES = (1, 5, 15, 30, 60, 120, 180, 360, 720)
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600)


class Tick(NamedTuple):
    """A place on the axis, its word, and the word on the row below, if any."""

    at: float
    text: str
    below: str = ""


def date_ticks(low: float, high: float) -> list[Tick]:
    """Return ticks between two dates, in minutes since 1970-01-01: round months, days or hours."""
    first, last = (EPOCH.date() + timedelta(minutes=minutes) for minutes in (low, high))
    days = (high - low) / DAY_MINUTES
    if days < _FEW:
        return _timed(low, high)
    if days <= MOST * _DAYS[-1]:
        step = next(step for step in _DAYS if days <= MOST * step)
        begin = first + timedelta(days=1)
        found = [begin + timedelta(days=k) for k in range(0, (last - begin).days + 1, step)]
        return _dated(found, [formats().day(day, "day month") for day in found])
    step = next((step for step in _MONTHS if days <= MOST * 30.5 * step), _MONTHS[-1])
    opening = -(-(12 * first.year + first.month) // step) * step
    found = [date(month // 12, month % 12 + 1, 1) for month in range(opening, 12 * last.year + last.month, step)]
    if step % 12 == 0:
        return [Tick(_minutes(day), str(day.year)) for day in found]
    return _dated(found, [formats().day(day, "month") for day in found])


def _timed(low: float, high: float) -> list[Tick]:
    """Return the times of one or two days, with the day where it begins."""
    step = next((step for step in _MINUTES if high - low <= MOST * step), _MINUTES[-1])
    found = [EPOCH + timedelta(minutes=step * place) for place in range(floor(low / step) + 1, floor(high / step) + 1)]
    days = [start_day(at) for at in found]
    return [
        Tick((at - EPOCH) / timedelta(minutes=1), f"{at:%H:%M}", day if place == 0 or days[place - 1] != day else "")
        for place, (at, day) in enumerate(zip(found, days, strict=True))
    ]


def _dated(days: list[date], words: list[str]) -> list[Tick]:
    years = [day.year for day in days]
    new = [place == 0 or years[place] != years[place - 1] for place in range(len(days))]
    return [
        Tick(_minutes(day), word, str(day.year) if begins else "")
        for day, word, begins in zip(days, words, new, strict=True)
    ]


def _minutes(day: date) -> float:
    return (day - EPOCH.date()).days * float(DAY_MINUTES)


def amount_ticks(low: float, high: float, currency: str) -> list[Tick]:
    """Return ticks between two amounts at round steps: 1, 2 or 5 times a power of ten."""
    rough = (high - low) / (MOST - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    write = money_format(currency, max(abs(low), abs(high)), 25 * step)
    places = range(ceil(low / step), floor(high / step) + 1)
    return [Tick(place * step, write(place * step)) for place in places]

"""The days of an exception of a Microsoft Project calendar: every day of a span, or daily, weekly, monthly, yearly.

A recurrence runs from the first to the last day of its span; where it was entered by a number of occurrences, that
number bounds it too. Items of a month are counted as Project does: the first Monday, the last weekday.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

YEARLY, YEARLY_ITEM, MONTHLY, MONTHLY_ITEM, WEEKLY = 2, 3, 4, 5, 6
LAST = 4
LAST_ITEM = 9
SELDOM = (YEARLY, YEARLY_ITEM, MONTHLY, MONTHLY_ITEM)


@dataclass(frozen=True)
class Recurrence:
    """When an exception recurs, in the words of the file: ``type`` 1 or 7 is daily, ``item`` 3 to 9 Sunday to Saturday.

    ``month`` counts from 0, ``weekdays`` has bit 0 for Sunday, ``position`` 0 to 3 is first to fourth, 4 the last.
    """

    type: int = 1
    every: int = 1
    weekdays: int = 0
    item: int = 0
    position: int = 0
    month: int = 0
    month_day: int = 1
    occurrences: int = 0


def days(found: Recurrence, first: date, last: date) -> Iterator[date]:
    """Yield the days of a recurrence from ``first`` to ``last``, both included, in order."""
    walk = _WALKS.get(found.type, _daily)
    within = (day for day in walk(found, first, last) if first <= day <= last)
    return islice(within, found.occurrences) if found.occurrences else within


def _daily(found: Recurrence, first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range(0, (last - first).days + 1, found.every))


def _weekly(found: Recurrence, first: date, last: date) -> Iterator[date]:
    """Weeks are counted from the Sunday on or before the first day."""
    sunday = first - timedelta(days=(first.weekday() + 1) % 7)
    for week in range(0, (last - sunday).days + 1, 7 * found.every):
        for weekday in range(7):
            if found.weekdays >> weekday & 1:
                yield sunday + timedelta(days=week + weekday)


def _months(found: Recurrence, first: date, last: date) -> Iterator[tuple[int, int]]:
    """Yield (year, month) of every month that counts."""
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month, found.every):
        yield month // 12, month % 12 + 1


def _monthly(found: Recurrence, first: date, last: date) -> Iterator[date]:
    return (_day_of(*month, found.month_day) for month in _months(found, first, last))


def _monthly_item(found: Recurrence, first: date, last: date) -> Iterator[date]:
    return (_item_of(*month, found.item, found.position) for month in _months(found, first, last))


def _yearly(found: Recurrence, first: date, last: date) -> Iterator[date]:
    years = range(first.year, last.year + 1, found.every)
    return (_day_of(year, found.month + 1, found.month_day) for year in years)


def _yearly_item(found: Recurrence, first: date, last: date) -> Iterator[date]:
    years = range(first.year, last.year + 1, found.every)
    return (_item_of(year, found.month + 1, found.item, found.position) for year in years)


def _day_of(year: int, month: int, day: int) -> date:
    """Return a day of a month; the last day where the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _item_of(year: int, month: int, item: int, position: int) -> date:
    """Return the first, second ... or last day of a month that is an item: any day, a weekday, a Monday."""
    matches = [
        day
        for day in (date(year, month, number + 1) for number in range(monthrange(year, month)[1]))
        if _is_item(day, item)
    ]
    return matches[-1] if position >= LAST else matches[min(position, len(matches) - 1)]


def _is_item(day: date, item: int) -> bool:
    """Return whether a day is an item: 0 any day, 1 Monday to Friday, 2 the weekend, 3 to 9 Sunday to Saturday."""
    if item in (1, 2):
        return (day.weekday() >= 5) == (item == 2)
    return item == 0 or (day.weekday() + 1) % 7 == item - 3


_WALKS: dict[int, Callable[[Recurrence, date, date], Iterator[date]]] = {
    YEARLY: _yearly,
    YEARLY_ITEM: _yearly_item,
    MONTHLY: _monthly,
    MONTHLY_ITEM: _monthly_item,
    WEEKLY: _weekly,
}

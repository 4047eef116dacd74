"""Periods of time: months, quarters and years of the calendar, and fiscal years, as edges in minutes since 1970."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.forecast.language import formats

By = Literal["month", "quarter", "year"]
_MONTHS: dict[By, int] = {"month": 1, "quarter": 3, "year": 12}
NEW_YEAR = "01-01"
_QUARTER = re.compile(r"(\d{4}) Q([1-4])")


def edges_by(by: By, first: int, last: int, fiscal: str = NEW_YEAR) -> NDArray[np.int64]:
    """Return the edges of the periods that cover the minutes ``first`` to ``last`` (since 1970): int64[periods + 1].

    ``fiscal`` is the day on which a year begins; months and quarters are those of the calendar. The end of a period
    is the start of the next: work that ends at midnight ends within the day before.
    """
    begin, step = instant_of(first), _MONTHS[by]
    month, day = (int(part) for part in fiscal.split("-")) if by == "year" else (1, 1)
    number = begin.year * 12 - 12 + (month - 1 if by == "year" else 0)
    edges = [_edge(number, day)]
    while edges[-1] < max(last, first + 1):
        number += step
        edges.append(_edge(number, day))
    return np.array([edge for place, edge in enumerate(edges) if edges[min(place + 1, len(edges) - 1)] > first])


def _edge(month: int, day: int) -> int:
    """Return the first minute of a day of a month, counted from January of year 0; the month's last if it has fewer."""
    year, number = divmod(month, 12)
    for last in (day, 28):
        try:
            return minutes_of(datetime(year, number + 1, last))
        except ValueError:
            continue
    raise AssertionError(day)


def period_name(by: By, edge: int, fiscal: str = NEW_YEAR) -> str:
    """Return what the period that begins at a minute is called: ``2027-03``, ``2027 Q1``, ``2027``, ``FY2028``.

    A fiscal year that begins within a calendar year has the number of the year in which it ends.
    """
    at = instant_of(edge)
    if by == "month":
        return f"{at:%Y-%m}"
    if by == "quarter":
        return f"{at.year} Q{(at.month + 2) // 3}"
    return year_name(fiscal_year(edge, fiscal), fiscal)


def period_text(name: str) -> str:
    """Return the name of a period as people of the language in force write it: a quarter is ``Q1 2027`` in German."""
    found = _QUARTER.fullmatch(name)
    return formats().quarter(int(found[1]), int(found[2])) if found else name


def year_name(year: int, fiscal: str = NEW_YEAR) -> str:
    """Return what a fiscal year is called, by its number: ``2027``, or ``FY2028`` where it is no calendar year."""
    return f"{year}" if fiscal == NEW_YEAR else f"FY{year}"


def fiscal_year(edge: int, fiscal: str = NEW_YEAR) -> int:
    """Return the number of the fiscal year that begins at a minute: that of the year in which it ends."""
    return instant_of(edge).year + (fiscal != NEW_YEAR)

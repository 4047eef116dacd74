"""Money that an analyst gives: the cost of delay, as what a day of 24 hours is worth, and the budget for responses."""

from __future__ import annotations

from math import isfinite

from riskmc.errors import ArgumentError
from riskmc.program.program import Program
from riskmc.program.quantity import Rate
from riskmc.program.words import as_money, as_rate

_DAYS = {"min": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "mo": 365.25 / 12, "y": 365.25}  # of 24 hours in a unit


def cost_of_a_day(program: Program, given: float | str | None = None) -> float | None:
    """Return what a day of delay costs in currency units: ``given``, else the program's ``cost_of_delay``, else None.

    A delay is told in days of the calendar, so ``45k/d`` is a day of 24 hours, ``300k/w`` a week of seven of them;
    ``45k`` alone is a day's.
    """
    if given is None:
        return None if program.cost_of_delay is None else _per_day(program.cost_of_delay)
    if isinstance(given, str) and "/" in given:
        return read_money("cost_of_delay", _per_day(as_rate(given)))
    return read_money("cost_of_delay", given)


def read_money(name: str, given: float | str) -> float:
    """Return an amount of money, 0 or more, from a number or from text (``600k``)."""
    amount = as_money(given).value if isinstance(given, str) else given
    if not isfinite(amount) or amount < 0:
        raise ArgumentError(f"{name} is an amount of money, 0 or more, got {given!r}")
    return float(amount)


def _per_day(rate: Rate) -> float:
    return rate.amount / _DAYS[rate.unit.removeprefix("e")]

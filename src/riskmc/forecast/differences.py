"""Differences as people write them, each beside its interval: ``−43 d``, ``+EUR 12M``, ``+9 points``.

The sign is always written, and stands before the currency; digits are as fine as the interval makes useful.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import inf

from riskmc.forecast.figures import MINUS, Money, money_format
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.forecast.written import Written

Ends = tuple[float | None, float | None]
Texts = tuple[str, str]
UNKNOWN = marked("too few iterations")
DAYS, IN_WORDS = marked("{days} d"), "{days} days"


def days_apart(value: float, ends: Ends, unit: str = DAYS) -> Texts:
    """Return a difference of dates in 24-hour days and its interval: ``−43 d``, ``−45 to −41 d``.

    ``unit`` is how days are written: DAYS, or IN_WORDS.
    """
    decimals = 1 if value and (abs(value) < 2 or _width(ends) < 2) else 0
    figure, last = signed(value, decimals), signed(ends[1] or 0.0, decimals)
    told = Written(_in_days(figure, figure, unit), value, "days")
    return told, ends_text(ends, partial(signed, decimals=decimals), _in_days("", last, unit))


def _in_days(figure: str, number: str, unit: str) -> str:
    """Return a figure in days as ``unit`` writes them; in words the day of a ``number`` that is one."""
    if unit != IN_WORDS:
        return said(unit, days=figure)
    return counted("{days} day", "{days} days", 1 if number.strip(f"+{MINUS}") == "1" else 2, days=figure)


def points_apart(value: float, ends: Ends) -> Texts:
    """Return a difference of two chances in percentage points and its interval: ``+9 points``, ``+8 to +10``."""
    low, high = ends
    ends = (None if low is None else 100 * low, None if high is None else 100 * high)
    bare, decimals = points_changed(value), _point_decimals(value)
    many = 1 if abs(round(100 * value, decimals)) == 1 else 2
    told = counted("{points} point", "{points} points", many, points=bare)
    return bare.reworded(told), ends_text(ends, partial(signed, decimals=decimals), "")


def points_changed(value: float) -> Written:
    """Return a difference of two chances in percentage points, without that word: ``+9``."""
    return Written(signed(100 * value, _point_decimals(value)), 100 * value, "number")


def _point_decimals(value: float) -> int:
    return 1 if value and abs(100 * value) < 1 else 0


def money_apart(currency: str, value: float, ends: Ends) -> Texts:
    """Return a difference of two amounts and its interval: ``+EUR 12M``, ``+11.6 to +12.4M``."""
    largest = max(abs(amount) for amount in (value, *ends) if amount is not None)
    money = money_format(currency, largest, 12.5 * _width(ends))
    return signed_money(value, money), ends_text(ends, partial(_bare, money=money), money.ending)


def signed(value: float, decimals: int = 0) -> str:
    """Return a number with its sign, ``−43``, ``+2.5``; none where it rounds to zero."""
    return _sign(round(value, decimals)) + formats().number(abs(value), decimals)


def signed_money(amount: float, money: Money) -> Written:
    """Return an amount with its sign before the currency, ``+EUR 12M``; none where it rounds to zero."""
    told = f"{_sign(round(amount / money.scale, money.decimals))}{money(abs(amount))}"
    return Written(told, amount, "money", money.currency)


def _bare(amount: float, money: Money) -> str:
    return signed_money(amount, replace(money, currency="", suffix=""))


def _sign(value: float) -> str:
    return "+" if value > 0 else MINUS if value < 0 else ""


def _width(ends: Ends) -> float:
    low, high = ends
    return inf if low is None or high is None else high - low


def ends_text(ends: Ends, told: Callable[[float], str], unit: str = "") -> str:
    """Return both ends of an interval, the unit once; one of them where they read alike."""
    low, high = ends
    if low is None or high is None:
        return said(UNKNOWN)
    first, last = told(low), told(high)
    return f"{first}{unit}" if first == last else said("{low} to {high}", low=first, high=f"{last}{unit}")

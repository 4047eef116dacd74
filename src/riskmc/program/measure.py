"""Measures of what happens over time, as typed words: how often, how fast it grows, how many, in which proportion."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from riskmc.errors import ArgumentError
from riskmc.program import notation, numeral
from riskmc.program.quantity import Rate, Size
from riskmc.program.words import IN_A_YEAR, as_quantity, as_rate, as_size, factored, least, text_type

MOST_UNITS = 1e9
"""Of a resource."""


def as_growth(value: Any) -> Rate:
    """Return a share per unit of time from text (``2%/mo``) or a rate."""
    return numeral.growth(value) if isinstance(value, str) else numeral.growth(numeral.growth_text(as_rate(value)))


def as_frequency(value: Any) -> Rate:
    """Return how often something happens per unit of time, more than never, from text (``0.8/y``) or a rate."""
    found = as_rate(value)
    if found.amount <= 0:
        raise ArgumentError(f"must happen more often than never, as 0.8/y, got {numeral.rate_text(found)}")
    if found.amount * IN_A_YEAR[found.unit] > IN_A_YEAR["min"]:
        raise ArgumentError(f"must happen at most once a minute, got {numeral.rate_text(found)}")
    return found


def as_ratio(value: Any) -> float:
    """Return a certain factor of at least zero from text (``150%``, ``x 80%``) or a number."""
    size = factored(as_size(value))
    if size.operation == "+" or not size.certain or size.value.value < 0:
        raise ArgumentError(f"one share of at least 0% is needed, as 80% or 150%, got {notation.size_text(size)}")
    return size.value.value


def as_units(value: Any) -> float:
    """Return a number of units of a resource, at least none."""
    found = as_quantity(value)
    if found.unit or not 0 <= found.value <= MOST_UNITS:
        raise ArgumentError(f"a number of units is needed, as 4, got {numeral.quantity_text(found)}")
    return found.value


def as_units_change(value: Any) -> float:
    """Return a number of units more, or less where it is negative."""
    found = as_quantity(value)
    if found.unit or not 0 < abs(found.value) <= MOST_UNITS:
        raise ArgumentError(f"a number of units is needed, as -1 or 2, got {numeral.quantity_text(found)}")
    return found.value


def counted(size: Size) -> Size:
    """Return the size of a number of things, none or more; refuse times, shares and what may lie below nothing."""
    lowest = least(size)
    if notation.kind(size) != "number" or (lowest is not None and lowest.value < 0):
        text = notation.size_text(size)
        raise ArgumentError(f"a number of things is needed, as 2 or discrete(0:60% 1:40%), got {text}")
    return size


def _as_count(value: Any) -> Size:
    size = as_size(value)
    if size.operation:
        raise ArgumentError(f"no x or + may stand before this value, got {notation.size_text(size)}")
    return counted(size)


_SIZE = notation.size_text

Frequency = Annotated[Rate, *text_type(as_frequency, numeral.rate_text, "how often per unit of time", "0.8/y", "2/mo")]
Growth = Annotated[Rate, *text_type(as_growth, numeral.growth_text, "a share per unit of time", "2%/mo")]
Ratio = Annotated[float, *text_type(as_ratio, numeral.share_text, "a factor", "150%", "80%")]
CountSize = Annotated[Size, *text_type(_as_count, _SIZE, "a number or a distribution", "2", "discrete(0:60% 1:40%)")]
NEUTRAL = 100  # the priority of what names none
Priority = Annotated[int, Field(ge=0, le=1_000_000)]
Units = Annotated[float, *text_type(as_units, numeral.amount_text, "a number of units", "4")]
UnitsChange = Annotated[float, *text_type(as_units_change, numeral.amount_text, "units more, or less", "-1", "2")]

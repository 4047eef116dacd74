"""Named parameters of a family: which must be there, which may, and percentiles such as ``p10``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from riskmc.errors import ArgumentError, nearest

Parameters = Sequence[tuple[str, float]]

_PERCENTILE = re.compile(r"p(\d+(?:\.\d+)?)")


def take(
    family: str, parameters: Parameters, required: Sequence[str], optional: Mapping[str, float] | None = None
) -> list[float]:
    """Return the values of ``required`` and then ``optional`` parameters, in that order.

    Raises ArgumentError for one that is missing, unknown, given twice or not a number.
    """
    if not optional and [name for name, _ in parameters] == [*required]:
        values = [value for _, value in parameters]
        if all(map(math.isfinite, values)):
            return values  # nearly always: thousands of activities go through here
    defaults = dict(optional or {})
    known = [*required, *defaults]
    given = _unique(family, parameters)
    for name in given:
        if name not in known:
            raise ArgumentError(f"{family} takes {', '.join(known)}, got {name!r}{nearest(name, known)}")
    missing = [name for name in required if name not in given]
    if missing:
        raise ArgumentError(f"{family} needs {', '.join(required)}; {', '.join(missing)} is missing")
    return [given[name] if name in given else defaults[name] for name in known]


@lru_cache(maxsize=256)
def level(name: str) -> float | None:
    """Return the probability that a name such as ``p10`` or ``p2.5`` stands for, or None for another name."""
    match = _PERCENTILE.fullmatch(name)
    return float(match[1]) / 100 if match else None


def by_percentiles(parameters: Parameters) -> bool:
    """Return True where any parameter is a percentile."""
    return bool([name for name, _ in parameters if level(name) is not None])


def take_percentiles(
    family: str, parameters: Parameters, required: Sequence[str] = (), optional: Mapping[str, float] | None = None
) -> tuple[tuple[float, float], tuple[float, float], list[float]]:
    """Return two (probability, value) pairs in rising order, and the other parameters as ``take`` does."""
    pairs = sorted((p, value, name) for name, value in parameters if (p := level(name)) is not None)
    rest = take(family, [(name, value) for name, value in parameters if level(name) is None], required, optional)
    _unique(family, parameters)
    names = ", ".join(name for _, _, name in pairs)
    if len(pairs) != 2:
        raise ArgumentError(f"{family} takes two percentiles, such as p10= and p90=, got {names or 'none'}")
    if not 0 < pairs[0][0] < pairs[1][0] < 1:
        raise ArgumentError(f"percentiles must differ and lie between p0 and p100, got {names}")
    return (pairs[0][0], pairs[0][1]), (pairs[1][0], pairs[1][1]), rest


def require_order(names: Sequence[str], values: Sequence[float]) -> None:
    """Raise ArgumentError unless the values rise or stay equal."""
    if sorted(values) != [*values]:
        raise ArgumentError(f"{' <= '.join(names)} must hold, got {', '.join(f'{value:.10g}' for value in values)}")


def require_positive(family: str, **values: float) -> None:
    """Raise ArgumentError unless every value is above zero."""
    for name, value in values.items():
        if not value > 0:
            raise ArgumentError(f"{family}: {name} > 0 must hold, got {value:.10g}")


def _unique(family: str, parameters: Parameters) -> dict[str, float]:
    """Return the parameters by name; refuse doubles and what is not a finite number."""
    given: dict[str, float] = {}
    for name, value in parameters:
        if name in given:
            raise ArgumentError(f"{family}: {name} is given twice")
        if not math.isfinite(value):
            raise ArgumentError(f"{family}: {name} must be a finite number, got {value}")
        given[name] = value
    return given

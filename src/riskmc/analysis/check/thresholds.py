"""Thresholds: the marks of the gate and of the rules: those of the DCMA's guide unless told otherwise, each by name.

Source: DCMA (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM 200.1, section 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import isfinite

from riskmc.errors import ArgumentError, nearest

_WRITTEN = re.compile(r"([+-]?\d+(?:\.\d*)?|\.\d+)\s*(%|d|days?)?")


@dataclass(frozen=True)
class Thresholds:
    """What the gate and the rules allow: shares (0.05 is 5%), days of the activity's calendar, or an index.

    ``high_float`` and ``high_duration`` are the shares of the activities that may lie above ``high_float_days`` and
    ``high_duration_days``; ``critical_path`` is how far the critical path test may be off, as a share of its delay.
    """

    logic: float = 0.05
    leads: float = 0.0
    lags: float = 0.05
    finish_to_start: float = 0.90
    hard_constraints: float = 0.05
    high_float: float = 0.05
    negative_float: float = 0.0
    high_duration: float = 0.05
    invalid_dates: float = 0.0
    resources: float = 0.0
    missed_tasks: float = 0.05
    critical_path: float = 0.05
    cpli: float = 0.95
    bei: float = 0.95
    high_float_days: float = 44.0
    high_duration_days: float = 44.0
    long_lag_days: float = 20.0


Given = Thresholds | Mapping[str, str | float] | Sequence[str] | None
NAMES = tuple(field.name for field in fields(Thresholds))
_OF_DAYS = tuple(name.removesuffix("_days") for name in NAMES if name.endswith("_days"))
_INDICES = ("cpli", "bei")


def read_thresholds(given: Given) -> Thresholds:
    """Return the thresholds with those given in the place of the usual ones; ArgumentError for what has no meaning.

    ``{"logic": "10%", "high_duration": "60d", "cpli": 0.9}``, or a list of ``logic=10%`` and so on: a share as 10% or
    0.10, days as 60d or 60. Days given to high_float, high_duration and long_lag are the mark itself, a share says how
    many activities may lie above it.
    """
    if given is None or isinstance(given, Thresholds):
        return given or Thresholds()
    pairs = given.items() if isinstance(given, Mapping) else map(_split, given)
    return replace(Thresholds(), **dict(_one(str(name), value) for name, value in pairs))


def _split(text: str) -> tuple[str, str]:
    """Return ("high_duration", "60d") for ``high_duration=60d``."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise ArgumentError(f"threshold: a name and a value, such as high_duration=60d, got {text!r}")
    return name.strip().replace("-", "_"), value.strip()


def _one(name: str, value: object) -> tuple[str, float]:
    number, unit = _number(name, value)
    days = f"{name.removesuffix('_days')}_days"
    if unit == "d" or (not unit and days in NAMES and (number > 1 or name not in NAMES or name == days)):
        if days not in NAMES:
            what = (
                "it is no number of days" if name in NAMES else f"there is no such threshold{nearest(name, _OF_DAYS)}"
            )
            raise ArgumentError(f"threshold {name}: {what}, got {value!r}; of days there are {', '.join(_OF_DAYS)}")
        return days, number
    if name not in NAMES or name == days:
        known = nearest(name, NAMES)
        what = "it is a number of days" if days in NAMES else f"there is no such threshold{known}"
        raise ArgumentError(f"threshold {name}: {what}, got {value!r}; there are {', '.join(NAMES)}")
    if number > 1 and name not in _INDICES:
        raise ArgumentError(f"threshold {name}: a share, 0% to 100%, got {value!r}")
    return name, number


def _number(name: str, value: object) -> tuple[float, str]:
    """Return a value as a number and its unit: "" or "d"; percents become shares."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number, unit = float(value), ""
    else:
        match = _WRITTEN.fullmatch(str(value).strip()) if isinstance(value, str) else None
        if match is None:
            raise ArgumentError(f"threshold {name}: a number, a share (5%) or days (44d), got {value!r}")
        number, unit = float(match[1]), (match[2] or "")[:1]
    if not isfinite(number) or number < 0:
        raise ArgumentError(f"threshold {name}: a number of at least 0, got {value!r}")
    return (number / 100, "%") if unit == "%" else (number, unit)

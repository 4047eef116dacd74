"""Instants: dates as whole minutes since 1970-01-01 local time, and the dates that people write (T1, T5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from riskmc.errors import ArgumentError

EPOCH = datetime(1970, 1, 1)
DAY_MINUTES = 1440
_RULE = "a date is written 2030-06-30 or 2030-06-30T17:00, or is a datetime.date or datetime.datetime"


def minutes_of(instant: datetime) -> int:
    """Return whole minutes since 1970-01-01T00:00 of a local ``instant``; seconds are cut off."""
    return (instant - EPOCH) // timedelta(minutes=1)


def instant_of(minutes: int) -> datetime:
    """Return the local instant that lies whole ``minutes`` after 1970-01-01T00:00."""
    return EPOCH + timedelta(minutes=int(minutes))


def finish_minutes(value: object) -> int:
    """Return the minutes of a date by which something is to finish; a bare date means 24:00 of that day (T5)."""
    instant, bare = _read(value)
    return minutes_of(instant) + (DAY_MINUTES if bare else 0)


def _read(value: object) -> tuple[datetime, bool]:
    """Return the instant in ``value``, and whether only a day was written."""
    if isinstance(value, datetime | np.datetime64) and value != value:
        raise ArgumentError(f"{_RULE}, got no date at all, {value!r}")
    if isinstance(value, np.datetime64):
        return value.astype("datetime64[m]").item(), np.datetime_data(value)[0] == "D"
    if isinstance(value, datetime):
        return _local(value), False
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day), True
    if isinstance(value, str):
        return _parse(value.strip())
    raise ArgumentError(f"{_RULE}, got {value!r}")


def _parse(text: str) -> tuple[datetime, bool]:
    try:
        return _local(datetime.fromisoformat(text)), len(text) <= len("2030-06-30")
    except ValueError:
        raise ArgumentError(f"{_RULE}, got {text!r}") from None


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is not None:
        raise ArgumentError(f"dates are local and carry no time zone, got {instant.isoformat()}")
    return instant

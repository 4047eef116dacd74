"""Moments: dates and times as an analyst writes them, local and without zones, to the whole minute.

A bare date means its first minute in start-like fields and its last in finish-like ones ("by 6 January" includes
6 January, semantics T5); so a moment remembers whether a time was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from riskmc.errors import ArgumentError

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(?:T|\s+)(\d{2}:\d{2})(?::00)?)?")
_ALLOWED = "write YYYY-MM-DD or YYYY-MM-DDTHH:MM"
_LAST = datetime(9999, 12, 30)  # whose end can be written


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date, or a date with a time: ``2027-06-30``, ``2027-06-30T08:00``. ``bare`` where no time was written."""

    at: datetime
    bare: bool = False

    def start_like(self) -> datetime:
        """Return the instant meant in a start-like field: a bare date is its 00:00."""
        return self.at

    def finish_like(self) -> datetime:
        """Return the instant meant in a finish-like field: a bare date is its 24:00, the next midnight."""
        return min(self.at, _LAST) + timedelta(days=1) if self.bare else self.at

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}" if self.bare else f"{self.at:%Y-%m-%dT%H:%M}"


@lru_cache(maxsize=1 << 16)
def moment(text: str) -> Moment:
    """Return the moment that ``text`` says: ``2027-06-30``, ``2027-06-30T08:00``, or with a blank for the T."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise ArgumentError(f"{text!r} is not a date; {_ALLOWED}")
    try:
        day = datetime.strptime(match[1], "%Y-%m-%d")
        return Moment(day, bare=True) if match[2] is None else Moment(_with_time(day, match[2]))
    except (ValueError, OverflowError):
        raise ArgumentError(f"{text!r} is not a day or time that exists; {_ALLOWED}") from None


def _with_time(day: datetime, clock: str) -> datetime:
    """Return the day at ``HH:MM``; 24:00 is the next midnight."""
    if clock == "24:00":
        return day + timedelta(days=1)
    time = datetime.strptime(clock, "%H:%M")
    return day.replace(hour=time.hour, minute=time.minute)


def as_moment(value: object) -> Moment:
    """Return a moment from text, a date, a datetime (zoneless, whole minutes) or a moment."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, str):
        return moment(value)
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.second or value.microsecond:
            raise ArgumentError(f"moments are local, without a zone, and whole minutes, got {value.isoformat()}")
        return Moment(value)
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day), bare=True)
    raise ArgumentError(f"a date is needed, got {value!r}; {_ALLOWED}")

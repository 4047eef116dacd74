"""Calendars: working hours by weekday, holidays, exceptions such as days off, and weather.

``week: {mon-fri: "08:00-12:00 13:00-17:00"}``; a shift that ends before it begins crosses midnight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from riskmc.errors import ArgumentError, nearest
from riskmc.program.moment import as_moment
from riskmc.program.noun import AS_TEXT, Data, Noun
from riskmc.program.numeral import share_text
from riskmc.program.words import Positive, Share, listed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY_MINUTES = 1440

_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


class Shift(NamedTuple):
    """Working time in minutes of a day, ``end`` excluded and above 1440 where the shift crosses midnight."""

    start: int
    end: int


Shifts = tuple[Shift, ...]
ROUND_THE_CLOCK: Shifts = (Shift(0, DAY_MINUTES),)


@lru_cache(maxsize=4096)
def shifts(text: str) -> Shifts:
    """Return the shifts of a day: ``08:00-12:00 13:00-17:00``, ``22:00-06:00``, ``24h`` or ``off``."""
    written = text.strip()
    if written in ("off", ""):
        return ()
    if written == "24h":
        return ROUND_THE_CLOCK
    found = tuple(sorted(map(_shift, re.sub(r"\s*-\s*", "-", written).replace(",", " ").split())))
    for earlier, later in pairwise(found):
        if later.start < earlier.end:
            raise ArgumentError(f"the shifts of a day overlap: {text!r}")
    if found[-1].end - DAY_MINUTES > found[0].start:
        raise ArgumentError(f"the night shift runs into the first shift of the next day: {text!r}")
    return found


def _shift(text: str) -> Shift:
    match = _SHIFT.fullmatch(text)
    if match is None:
        raise ArgumentError(f"{text!r} is not working time; write HH:MM-HH:MM, several of them, 24h or off")
    hours = [int(part) for part in match.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(hours[1], hours[3]) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ArgumentError(f"{text!r} is not a time of day; allowed: 00:00 to 24:00")
    return Shift(start, end if end > start else end + DAY_MINUTES)


def shifts_text(found: Shifts) -> str:
    """Return the one text of a day's shifts."""
    if not found:
        return "off"
    return "24h" if found == ROUND_THE_CLOCK else " ".join(f"{_clock(s.start)}-{_clock(s.end)}" for s in found)


def _clock(minute: int) -> str:
    minute = minute - DAY_MINUTES if minute > DAY_MINUTES else minute
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _as_shifts(value: Any) -> Shifts:
    """Return shifts from text or from pairs of minutes."""
    if isinstance(value, str):
        return shifts(value)
    if not isinstance(value, list | tuple):
        raise ArgumentError(f"working time is text such as 08:00-12:00 13:00-17:00, got {value!r}")
    return tuple(shift if isinstance(shift, Shift) else Shift(*shift) for shift in value)


def names_in(text: str, names: tuple[str, ...]) -> list[str]:
    """Return the weekdays or months that ``mon-fri``, ``mon,wed`` or ``nov-feb`` mean."""
    found: list[str] = []
    for part in text.lower().replace(",", " ").split():
        first, _, last = part.partition("-")
        for word in (first, last or first):
            if word not in names:
                raise ArgumentError(f"{word!r} is not one of {' '.join(names)}{nearest(word, names)}")
        start, count = names.index(first), (names.index(last or first) - names.index(first)) % len(names) + 1
        found += [names[(start + step) % len(names)] for step in range(count)]
    return found


def expanded(names: tuple[str, ...], read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the parser that turns spans of names into one entry a name, each said once."""

    def parse(value: Any) -> Any:
        spans = {f"{names[0]}-{names[-1]}": value} if isinstance(value, str) and value else value
        if not isinstance(spans, Mapping):
            return value
        found: Data = {}
        for span, said in spans.items():
            for name in names_in(str(span), names):
                if name in found:
                    raise ArgumentError(f"{name!r} is said twice")
                found[name] = read(said)
        return {name: found[name] for name in names if name in found}

    return parse


def spans(values: Mapping[str, Any], names: tuple[str, ...]) -> Data:
    """Return entries by name joined into spans of equal neighbours: ``{"mon-fri": ..., "sat": ...}``."""
    joined: list[tuple[str, str, Any]] = []
    for name in (name for name in names if name in values):
        follows = joined and names.index(name) == names.index(joined[-1][1]) + 1
        if follows and joined[-1][2] == values[name]:
            joined[-1] = (joined[-1][0], name, values[name])
        else:
            joined.append((name, name, values[name]))
    return {first if first == last else f"{first}-{last}": value for first, last, value in joined}


class CalendarException(Noun):
    """Working time on single days: from ``first`` to ``last``, both included; no shifts means off."""

    first: date
    last: date
    shifts: Annotated[Shifts, BeforeValidator(_as_shifts)] = ()


def _as_exceptions(value: Any) -> Any:
    """Return exceptions from ``{2027-12-24..2027-12-31: off}`` or a list; the shorter one counts where two overlap."""
    if not isinstance(value, Mapping):
        return value
    return [_exception(str(days), said) for days, said in value.items()]


def _exception(days: str, said: Any) -> CalendarException:
    first, _, last = days.partition("..")
    ends = [as_moment(day).at.date() for day in (first, last or first)]
    if ends[1] < ends[0]:
        raise ArgumentError(f"{days}: the last day is before the first")
    return CalendarException.model_construct(first=ends[0], last=ends[1], shifts=_as_shifts(said))


def _ordered(found: tuple[CalendarException, ...]) -> tuple[CalendarException, ...]:
    """Return exceptions with the longest first, so that a later, shorter one overrides; refuse two that contend."""
    found = tuple(sorted(found, key=lambda e: (e.first - e.last, e.first)))
    seen: dict[int, list[CalendarException]] = {}
    for exception in found:
        same = seen.setdefault((exception.last - exception.first).days, [])
        if same and same[-1].last >= exception.first and same[-1].shifts != exception.shifts:
            raise ArgumentError(f"{_days_text(same[-1])} and {_days_text(exception)} contend; make one of them shorter")
        same.append(exception)
    return found


def _days_text(days: CalendarException | Days) -> str:
    first, last = days.first, days.last
    return f"{first}" if first == last else f"{first}..{last}"


class Weather(Noun):
    """Days lost at random in a month: the share lost, and how bad days cluster."""

    lost: Share
    persistence: Share | None = None
    """The chance that a bad day follows a bad day; default: the share lost, so that days are independent."""
    leaves: Share = 0.0
    """The share of a bad day's working time that is worked all the same, its first part; default: none."""

    @model_validator(mode="after")
    def _possible(self) -> Weather:
        if self.persistence is None or self.lost in (0.0, 1.0):
            return self
        if self.persistence == 1.0:
            raise ArgumentError("persistence 100% would make the first bad day the last of all: write less")
        least = 2.0 - 1.0 / self.lost
        if self.persistence < least:
            text = f"lost {share_text(self.lost)} with persistence {share_text(self.persistence)} cannot be: the bad "
            raise ArgumentError(f"{text}days would outnumber the good ones between; at least {share_text(least)}")
        return self

    def bad_after_good(self) -> float:
        """Return the chance that a bad day follows a good day, with which the share of bad days is `lost`."""
        if self.persistence is None or self.lost in (0.0, 1.0):
            return self.lost
        return min(1.0, self.lost * (1.0 - self.persistence) / (1.0 - self.lost))

    def bad_after_bad(self) -> float:
        """Return the chance that a bad day follows a bad day."""
        return self.lost if self.persistence is None or self.lost in (0.0, 1.0) else self.persistence


class Days(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


def _as_dates(value: Any) -> Any:
    return [as_moment(day).at.date() for day in listed(value)]


def _as_stretches(value: Any) -> Any:
    """Return stretches of days from ``2027-12-24..2027-12-31`` and single dates, one text or several."""
    return tuple(said if isinstance(said, Days) else _stretch(said) for said in listed(value))


def _stretch(said: Any) -> Days:
    if isinstance(said, list | tuple) and len(said) == 2:
        return Days(*(as_moment(day).at.date() for day in said))
    first, _, last = str(said).partition("..")
    days = Days(*(as_moment(day.strip()).at.date() for day in (first, last or first)))
    if days.last < days.first:
        raise ArgumentError(f"{said}: the last day is before the first")
    return days


_HOURS: Data = {"type": "string", "examples": ["08:00-12:00 13:00-17:00", "24h", "off"]}
Week = Annotated[
    dict[str, Shifts],
    BeforeValidator(expanded(DAYS, _as_shifts)),
    WithJsonSchema({"anyOf": [AS_TEXT, {"type": "object", "additionalProperties": _HOURS}]}),
    PlainSerializer(lambda week: {days: shifts_text(said) for days, said in spans(week, DAYS).items()}),
]
Exceptions = Annotated[
    tuple[CalendarException, ...],
    BeforeValidator(_as_exceptions),
    AfterValidator(_ordered),
    WithJsonSchema({"type": "object", "additionalProperties": _HOURS}),
    PlainSerializer(lambda found: {_days_text(e): shifts_text(e.shifts) for e in found}),
]
Stretches = Annotated[
    tuple[Days, ...],
    BeforeValidator(_as_stretches),
    WithJsonSchema({"anyOf": [AS_TEXT, {"type": "array", "items": AS_TEXT}]}),
    PlainSerializer(lambda found: [_days_text(days) for days in found]),
]
Dates = Annotated[
    tuple[date, ...], BeforeValidator(_as_dates), PlainSerializer(lambda days: [day.isoformat() for day in days])
]


class Calendar(Noun):
    """When work is done."""

    week: Week = Field(default_factory=dict)
    """Working time by weekday; days not named are off."""
    based_on: str | None = None
    """Another calendar, whose working time and holidays hold where this one says nothing."""
    holidays: str | None = None
    """A country (NL) or a country and subdivision (US-CA)."""
    holiday_dates: Dates = ()
    """The holidays written out as dates; filled from `holidays` when the program is made."""
    exceptions: Exceptions = ()
    """Single days and stretches of days: `2027-12-24..2027-12-31: off`."""
    hours_per_day: Positive | None = None
    hours_per_week: Positive | None = None
    hours_per_month: Positive | None = None
    weather: Annotated[dict[str, Weather] | None, BeforeValidator(expanded(MONTHS, lambda said: said))] = None
    """Days lost or slowed at random by month: {nov-feb: {lost: 25%}}; calendars based on this one share it."""
    weather_allowance: Stretches = ()
    """Days that the plan holds free for bad weather: off in the plan, worked in a simulation unless weather takes them.
    """

    @model_validator(mode="after")
    def _leaves_days(self) -> Calendar:
        months = (self.weather or {}).values()
        if len(months) == len(MONTHS) and all(month.lost == 1.0 and not month.leaves for month in months):
            raise ArgumentError("`weather` loses every day of the year: work on this calendar would never be done")
        return self

    @model_serializer(mode="wrap")
    def _written(self, handler: Any) -> Data:
        found: Data = handler(self)
        if found.get("weather"):
            found["weather"] = spans(found["weather"], MONTHS)
        return found

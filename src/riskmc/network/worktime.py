"""Calendars as working time: a date is the number of working minutes before it, and a day, a week, a month is so many.

The axis is minutes since an epoch (a midnight some weeks before anything happens). On a calendar, working minute k
starts at S[k]; F[k] is the end of minute k - 1, and F[0] = S[0]; W(t) counts the open minutes before t. So
W(S[k]) = W(F[k]) = k: a start and the finish before it share one index and differ in their side only. Durations,
lags and links within a calendar are then plain integer arithmetic on k; `conversion` carries k to another calendar.

Shifts across midnight, holidays and special days (semantics T2 to T5) are resolved here and nowhere else.
Method and bounds for late dates: docs/method/calendars.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from riskmc.errors import ArgumentError, ProgramError, RiskmcError, nearest
from riskmc.program.calendar import DAYS, Calendar, Shifts
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity

Minutes = npt.NDArray[np.int64]

DAY, WEEK = 1440, 7 * 1440
LONGEST_HORIZON = 2**29  # minutes: 1,021 years; twice an index must fit in 32 bits
# Elapsed units are clock time. A month has 30 days and a year 365, as in Microsoft Project.
UNITS = {"": 1, "min": 1, "h": 60, "emin": 1, "eh": 60, "ed": DAY, "ew": WEEK, "emo": 30 * DAY, "ey": 365 * DAY}

BUILT_IN = {"standard": Calendar(week={"mon-fri": "08:00-12:00 13:00-17:00"}), "24h": Calendar(week="24h")}


class HorizonError(RiskmcError):
    """A date fell off the axis of the calendars: compile them again with a longer horizon, and redo.

    ``path`` is the activity that was the first to fall, or an empty text.
    """

    def __init__(self, text: str, path: str = ""):
        self.path = path
        super().__init__(text)


@dataclass(frozen=True, eq=False)
class WorkTime:
    """A calendar compiled to open intervals, and the length of its day, week and month.

    Interval i is open from ``opens[i]`` to ``closes[i]`` (minutes since the epoch, sorted, apart from each other) with
    ``before[i]`` open minutes before it. ``endless`` is False where work ends with the last exception day.
    ``conversions`` to other calendars are kept, for a program is compiled to more than one network.
    """

    name: str
    opens: Minutes
    closes: Minutes
    before: Minutes
    horizon: int
    day_minutes: float
    week_minutes: float
    month_minutes: float
    endless: bool = True
    conversions: dict[WorkTime, Conversion] = field(default_factory=dict, repr=False)

    @property
    def limit(self) -> int:
        """Return the number of open minutes within the horizon: starts have k < limit, finishes k <= limit."""
        return int(self.before[-1] + self.closes[-1] - self.opens[-1])

    def index(self, t: npt.ArrayLike) -> Minutes:
        """Return W(t), the open minutes before instant ``t``; HorizonError outside 0 <= t <= horizon."""
        instants = np.asarray(t, dtype=np.int64)
        self._within(instants, self.horizon)
        i = np.maximum(np.searchsorted(self.opens, instants, side="right") - 1, 0)
        worked = np.clip(instants - self.opens[i], 0, self.closes[i] - self.opens[i])
        return np.asarray(self.before[i] + worked, dtype=np.int64)

    def start_instant(self, k: npt.ArrayLike) -> Minutes:
        """Return S[k], the start of open minute ``k``; HorizonError outside 0 <= k < limit."""
        minutes = np.asarray(k, dtype=np.int64)
        self._within(minutes, self.limit - 1)
        i = np.searchsorted(self.before, minutes, side="right") - 1
        return np.asarray(self.opens[i] + minutes - self.before[i], dtype=np.int64)

    def finish_instant(self, k: npt.ArrayLike) -> Minutes:
        """Return F[k], the end of open minute ``k`` - 1 (S[0] for k = 0); HorizonError outside 0 <= k <= limit."""
        minutes = np.asarray(k, dtype=np.int64)
        self._within(minutes, self.limit)
        return np.asarray(self.start_instant(np.maximum(minutes - 1, 0)) + (minutes > 0), dtype=np.int64)

    def is_open(self, t: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Return whether the minute that starts at ``t`` is worked."""
        instants = np.asarray(t, dtype=np.int64)
        i = np.searchsorted(self.opens, instants, side="right") - 1
        return np.asarray((i >= 0) & (instants < self.closes[np.maximum(i, 0)]))

    def minutes(self, quantity: Quantity) -> float:
        """Return the minutes of a duration: working units by this calendar, elapsed units (ed, emo) by the clock."""
        length = self.lengths.get(quantity.unit)
        if length is None:
            known = ", ".join(self.lengths)
            raise ArgumentError(f"{quantity.value:g} {quantity.unit} is no duration; units are {known}")
        return quantity.value * length

    @cached_property
    def lengths(self) -> Mapping[str, float]:
        """The minutes of every unit of time: of working units by this calendar, of elapsed ones by the clock."""
        by_calendar = {"d": self.day_minutes, "w": self.week_minutes, "mo": self.month_minutes}
        return UNITS | by_calendar | {"y": 12 * self.month_minutes}

    def _within(self, values: Minutes, last: int) -> None:
        if values.size and (values.min() < 0 or values.max() > last):
            found = values.min() if values.min() < 0 else values.max()
            raise HorizonError(f"calendar {self.name}: minute {found} lies outside 0 to {last}")


def clock(horizon: int) -> WorkTime:
    """Return the true 24-hour clock, on which an index is its instant, whatever a program calls "24h"."""
    zero = np.zeros(1, dtype=np.int64)
    return WorkTime("24h", zero, zero + horizon, zero, horizon, float(DAY), float(WEEK), WEEK * 52 / 12)


def alike(a: WorkTime, b: WorkTime) -> bool:
    """Return whether two calendars of one axis are open in the same minutes."""
    return np.array_equal(a.opens, b.opens) and np.array_equal(a.closes, b.closes)


def overlap(a: WorkTime, b: WorkTime) -> WorkTime:
    """Return the work time in which both calendars are open, with the lengths of ``a``; ProgramError where none is."""
    ends = np.unique(np.concatenate((a.opens, a.closes, b.opens, b.closes)))
    opens, closes = ends[:-1], ends[1:]
    both = a.is_open(opens) & b.is_open(opens)
    if not both.any():
        raise ProgramError([(f"calendars.{b.name}", f"has no working time in common with calendar {a.name!r}")])
    opens, closes = _merge(opens[both], closes[both], low=0, high=a.horizon)
    before = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    lengths = a.day_minutes, a.week_minutes, a.month_minutes
    return WorkTime(f"{a.name} and {b.name}", opens, closes, before, a.horizon, *lengths, a.endless and b.endless)


def either(a: WorkTime, b: WorkTime) -> WorkTime:
    """Return the work time in which at least one of two calendars is open, with the lengths of ``a``."""
    ends = np.concatenate((a.closes, b.closes))
    opens, closes = _merge(np.concatenate((a.opens, b.opens)), ends, low=0, high=a.horizon)
    before = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    lengths = a.day_minutes, a.week_minutes, a.month_minutes
    return WorkTime(f"{a.name} or {b.name}", opens, closes, before, a.horizon, *lengths, a.endless or b.endless)


def compile_calendar(program: Program, calendar_id: str, epoch: datetime, horizon: int, fair: bool = True) -> WorkTime:
    """Return the work time of a calendar of the program over ``horizon`` minutes from ``epoch``, a midnight.

    ``based_on`` is resolved, holiday dates are off, an exception day replaces the shifts that start on that day.
    "24h" and "standard" need not be defined. Raises ProgramError for an unknown calendar, a loop of ``based_on`` and
    a calendar without work; HorizonError where no work falls within the horizon though the week has some. Days held
    free for bad weather are off, unless it is not ``fair`` and the calendar has weather: that takes their place.
    """
    if horizon >= LONGEST_HORIZON:
        raise ArgumentError(
            f"the plan would reach over {horizon / UNITS['ey']:,.0f} years; write dates within 1,000 years"
        )
    if horizon <= 0 or (epoch.hour, epoch.minute, epoch.second, epoch.microsecond) != (0,) * 4:
        raise ArgumentError(f"an axis of {horizon} minutes from {epoch}: need a midnight and a horizon above 0")
    layers = list(_layers(program, calendar_id).values())
    week = _week(layers)
    day, week_sum, month = _lengths(calendar_id, layers, week)
    fair = fair or site_of(program, calendar_id) is None
    opens, closes = _open_intervals(layers, week, epoch, horizon, fair)
    if not opens.size:
        raise _without_work(calendar_id, endless=any(week))
    before = np.concatenate(([0], np.cumsum(closes - opens)[:-1]))
    return WorkTime(calendar_id, opens, closes, before, horizon, day, week_sum, month, endless=any(week))


@dataclass(frozen=True, eq=False)
class Conversion:
    """The monotone map of an index on one calendar to the index of the same instant on another.

    Entry q = k // slot holds (index of the other calendar at the slot's first minute) x 2 + (1 if it is open in the
    slot's minutes). On the finish side the lowest bit of the slot of k - 1 tells whether the instant is an end of
    work on the other calendar too. ``limit`` is the open minutes of the calendar converted from.
    """

    table: npt.NDArray[np.int32]
    slot: int
    limit: int


def conversion(a: WorkTime, b: WorkTime) -> Conversion:
    """Return the table that carries indices of ``a`` to ``b``, made when first asked for; both need the same axis.

    The slot is the greatest common divisor of the minutes of ``a`` at which the map bends or jumps, so that within a
    slot it has slope 0 or 1. The table takes 4 bytes x limit / slot: 30 years of days with breaks on the hour, 88 kB
    to 2 MB; a 24-hour axis of 15 years at slot 1, 32 MB.
    """
    if b not in a.conversions:
        a.conversions[b] = _conversion(a, b)
    return a.conversions[b]


def _conversion(a: WorkTime, b: WorkTime) -> Conversion:
    knots = np.sort(np.concatenate((a.before, a.index(b.opens), a.index(b.closes))), kind="stable")
    knots = knots[np.append(True, np.diff(knots) > 0) & (knots < a.limit)]  # once each; a.before begins with 0
    instants = a.start_instant(knots)
    value, slope = b.index(instants), b.is_open(instants).astype(np.int64)
    real = np.append(True, (np.diff(value) != np.diff(knots) * slope[:-1]) | (np.diff(slope) != 0))
    knots, value, slope = knots[real], value[real], slope[real]
    slot = int(np.gcd.reduce(knots)) or a.limit
    first = knots // slot
    slots = -(-a.limit // slot)
    length = np.diff(np.append(first, slots))
    table = np.repeat((2 * (value - knots * slope) + slope).astype(np.int32), length)
    table += np.repeat((2 * slot * slope).astype(np.int32), length) * np.arange(slots, dtype=np.int32)
    return Conversion(table, slot, a.limit)


def convert_start(conversion: Conversion, k: npt.ArrayLike) -> Minutes:
    """Return W_b(S_a[k]), the index on b of the start of minute ``k`` of a; HorizonError outside 0 <= k < limit."""
    entry, offset = _look_up(conversion, np.asarray(k, dtype=np.int64))
    return np.asarray((entry >> 1) + offset * (entry & 1), dtype=np.int64)


def convert_finish(conversion: Conversion, k: npt.ArrayLike) -> Minutes:
    """Return W_b(F_a[k]), the index on b of the end of minute ``k`` - 1 of a; HorizonError outside 0 <= k <= limit."""
    minutes = np.asarray(k, dtype=np.int64)
    worked = (minutes > 0).astype(np.int64)  # F[0] = S[0]
    entry, offset = _look_up(conversion, minutes - worked)
    return np.asarray((entry >> 1) + (offset + worked) * (entry & 1), dtype=np.int64)


def _look_up(conversion: Conversion, k: Minutes) -> tuple[Minutes, Minutes]:
    if k.size and (k.min() < 0 or k.max() >= conversion.limit):
        raise HorizonError(f"minute {k.min()} or {k.max()} lies outside 0 to {conversion.limit - 1}")
    slot = k // conversion.slot
    return conversion.table[slot].astype(np.int64), k - slot * conversion.slot


def latest_finish(back: Conversion, m: npt.ArrayLike) -> Minutes:
    """Return the largest k with W_b(F_a[k]) <= m, where ``back`` converts b to a: the late-date bound of a finish."""
    return convert_start(back, m)


def latest_start(back: Conversion, m: npt.ArrayLike) -> Minutes:
    """Return the largest k with W_b(S_a[k]) <= m, where ``back`` converts b to a: the late-date bound of a start."""
    return convert_finish(back, np.asarray(m, dtype=np.int64) + 1) - 1


Week = list[Shifts]


def site_of(program: Program, calendar_id: str) -> str | None:
    """Return the calendar whose weather holds on this one: its own, else that of the nearest it is based on."""
    for name, calendar in reversed(_layers(program, calendar_id).items()):
        if calendar.weather is not None:
            return name if any(month.lost for month in calendar.weather.values()) else None
    return None


def layers_of(program: Program, calendar_id: str) -> list[str]:
    """Return the identifiers of the calendars that this one is based on, the root first, and its own."""
    return list(_layers(program, calendar_id))


def _layers(program: Program, calendar_id: str) -> dict[str, Calendar]:
    """Return the calendars that this one is based on and itself, the root first."""
    chain: dict[str, Calendar] = {}
    name: str | None = calendar_id
    while name is not None:
        if name in chain:
            loop = " -> ".join([*chain, name])
            raise ProgramError([(f"calendars.{name}.based_on", f"a calendar cannot be based on itself: {loop}")])
        place = f"calendars.{[*chain][-1]}.based_on" if chain else "calendars"
        chain[name] = _calendar(program, name, place)
        name = chain[name].based_on
    return dict(reversed(chain.items()))


def _calendar(program: Program, name: str, place: str) -> Calendar:
    known = {**BUILT_IN, **program.calendars}
    if name not in known:
        raise ProgramError([(place, f"there is no calendar {name!r}{nearest(name, known)}")])
    return known[name]


def _week(layers: Sequence[Calendar]) -> Week:
    """Return the shifts that start on each weekday; a day that a calendar does not name is that of its base."""
    days: dict[str, Shifts] = {}
    for layer in layers:
        days |= layer.week
    return [days.get(day, ()) for day in DAYS]


def _lengths(name: str, layers: Sequence[Calendar], week: Week) -> tuple[float, float, float]:
    """Return the minutes of a day, a week and a month (T2); lengths of a base hold as long as its week does."""
    day = week_sum = month = None
    for layer in layers:
        if layer.week:
            day = week_sum = month = None
        day, week_sum, month = (
            layer.hours_per_day or day,
            layer.hours_per_week or week_sum,
            layer.hours_per_month or month,
        )
    worked = _week_minutes(week)
    if not worked and not (day and week_sum):
        raise ProgramError([(f"calendars.{name}.week", "no day of the week is worked: a calendar needs work")])
    minutes = week_sum * 60 if week_sum else worked
    per_day = day * 60 if day else worked / sum(map(bool, week))
    return per_day, minutes, month * 60 if month else minutes * 52 / 12


def _week_minutes(week: Week) -> float:
    """Return the open minutes of one week among equal weeks, shifts that overlap counted once."""
    opens, closes = _merge(*_tile(week, np.arange(21)), low=WEEK, high=2 * WEEK)
    return float((closes - opens).sum())


def _without_work(name: str, endless: bool) -> RiskmcError:
    if endless:
        return HorizonError(f"calendar {name}: its first work comes after the horizon")
    return ProgramError([(f"calendars.{name}", "no day of the week is worked, and no exception day in time for it")])


def _open_intervals(
    layers: Sequence[Calendar], week: Week, epoch: datetime, horizon: int, fair: bool
) -> tuple[Minutes, Minutes]:
    """Return the sorted, merged open intervals of the axis: weeks of the pattern, special days put in their place."""
    lead = epoch.weekday() + 7  # days from the Monday of the week before to the epoch: a shift may come over midnight
    first = epoch.date() - timedelta(days=lead)
    n_days = lead + -(-horizon // DAY)
    special, patterns = _special_days(layers, first, n_days, fair)
    starts, ends = _tile(week, np.flatnonzero(special < 0))
    for pattern, shifts in enumerate(patterns):
        more = _tile([shifts] * 7, np.flatnonzero(special == pattern))
        starts, ends = np.concatenate((starts, more[0])), np.concatenate((ends, more[1]))
    opens, closes = _merge(starts, ends, low=lead * DAY, high=lead * DAY + horizon)
    return opens, closes


def _special_days(layers: Sequence[Calendar], first: date, n_days: int, fair: bool) -> tuple[Minutes, list[Shifts]]:
    """Return, day by day, which of the distinct sets of shifts replaces the weekday's (-1: none), and these sets.

    The nearer calendar wins over its base, an exception over a holiday, a later exception over an earlier one (a
    `Calendar` holds the longest first). Holidays of a calendar take the place of those of its base. Days held free
    for bad weather are off if it is ``fair``; if not, no day off that an exception makes falls on them.
    """
    held = _held(layers, first, n_days)
    special = np.full(n_days, -1, dtype=np.int64)
    patterns: dict[Shifts, int] = {(): 0}
    with_holidays = max((i for i, layer in enumerate(layers) if layer.holiday_dates), default=-1)
    for i, layer in enumerate(layers):
        if layer.holiday_dates and i >= with_holidays:
            days = np.array(layer.holiday_dates, dtype="datetime64[D]") - np.datetime64(first, "D")
            offsets = days.astype(np.int64)
            special[offsets[(offsets >= 0) & (offsets < n_days)]] = 0
        for exception in layer.exceptions:
            low, high = (exception.first - first).days, (exception.last - first).days + 1
            spanned = np.arange(max(low, 0), min(max(high, 0), n_days))
            spanned = spanned if fair or exception.shifts else spanned[~held[spanned]]
            special[spanned] = patterns.setdefault(tuple(exception.shifts), len(patterns))
    if fair:
        special[held] = 0
    return special, list(patterns)


def _held(layers: Sequence[Calendar], first: date, n_days: int) -> npt.NDArray[np.bool_]:
    """Return the days that calendars hold free for bad weather."""
    held = np.zeros(n_days, np.bool_)
    for days in (days for layer in layers for days in layer.weather_allowance):
        held[max((days.first - first).days, 0) : max((days.last - first).days + 1, 0)] = True
    return held


def _tile(week: Week, days: Minutes) -> tuple[Minutes, Minutes]:
    """Return starts and ends of the shifts that begin on ``days`` (day 0 is a Monday), in no order."""
    starts, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for weekday, shifts in enumerate(week):
        midnights = days[days % 7 == weekday] * DAY
        starts += [midnights + start for start, _ in shifts]
        ends += [midnights + end for _, end in shifts]
    return np.concatenate(starts), np.concatenate(ends)


def _merge(starts: Minutes, ends: Minutes, low: int, high: int) -> tuple[Minutes, Minutes]:
    """Return the union of intervals between ``low`` and ``high`` as sorted, separate intervals counted from ``low``."""
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    head = np.append(True, starts[1:] > reach[:-1])[: starts.size]
    opens = np.clip(starts[head], low, high) - low
    closes = np.clip(reach[np.append(head[1:], True)[: starts.size]], low, high) - low
    some = closes > opens
    return opens[some], closes[some]

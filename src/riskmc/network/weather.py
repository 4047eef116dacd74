"""Weather and calendar risks of a program: which calendars lose working time in an iteration, and how much.

A *site* is a calendar with `weather`; calendars based on it share it, as they share its holidays, unless they have
weather of their own. Days are a two-state chain drawn day by day: one uniform keyed by the site's name and the date.
A bad day takes its working minutes, or those after the part that the weather leaves.
A calendar risk takes a stretch of working time from the calendars it names and those based on them.
Method: docs/method/weather.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import UnsupportedError
from riskmc.forecast.language import in_a_row, phrase
from riskmc.kernels.lost_time import Thinning
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.calendar_risks import Stretches, calendar_impacts, struck_calendars
from riskmc.network.draws import Draws
from riskmc.network.layout import NO_MILESTONE, NONE, Nodes
from riskmc.network.sampler import Sampler
from riskmc.network.worktime import DAY, WorkTime, alike, layers_of, site_of
from riskmc.program.calendar import MONTHS, Calendar, Weather
from riskmc.program.program import Program

BEFORE = 4000  # days before the axis on which the weather of its first day may hang
_TINY = 1e-6  # a share of a day's minutes that is a whole number but for the rounding of floats
_WORDS = 2.0**32
_ORDINAL_OF_1970 = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class LostTime:
    """What may be lost: the tables of `kernels/lost_time.py`, and the keys by which the days of each site are drawn.

    ``sites`` are the identifiers of the calendars with weather, ``keys`` uint64[sites, 2] the two halves of the hash
    of each one's variable. ``calendars`` are the numbers on the axis of the calendars whose time the tables lose, and
    ``times`` the work time in which each table counts: the calendar's own, or that of a work clock (`with_clocks`).
    ``risks`` is what risks take from them.
    """

    thinning: Thinning
    sites: tuple[str, ...]
    calendars: tuple[int, ...]
    rows: NDArray[np.int32]
    times: tuple[WorkTime, ...] = ()
    risks: Stretches | None = None


def holds_days(axis: Axis) -> bool:
    """Return whether some calendar in use holds days free for bad weather that the simulation works."""
    names = [calendar.name for calendar in axis.calendars]
    held = [n for n in names if any(c.weather_allowance for c in _layers(axis.program, n))]
    return not axis.fair and any(site_of(axis.program, name) is not None for name in held)


def _layers(program: Program, calendar: str) -> list[Calendar]:
    return [program.calendars[name] for name in layers_of(program, calendar) if name in program.calendars]


def thinned(axis: Axis, nodes: Nodes, ignored: Collection[str]) -> NDArray[np.bool_]:
    """Return the nodes whose work loses time in some iterations, bool[n]; what happened and what only follows does not.

    Weather, or calendar risks, that are ``ignored`` take none.
    """
    struck = frozenset() if "calendar_risks" in ignored else struck_calendars(axis.program)
    loses = np.array([_loses(axis, number, struck, "weather" in ignored) for number in range(len(axis.calendars))])
    working = ~(nodes.settled | nodes.level_of_effort) & (nodes.milestone == NO_MILESTONE)
    found = np.asarray(loses[nodes.calendar] & working)
    _refuse_pulled(nodes, found)
    return found


def _refuse_pulled(nodes: Nodes, loses: NDArray[np.bool_]) -> None:
    """Raise UnsupportedError for work that loses time and whose date its plan pulls back from its end."""
    pulled = nodes.as_late_as_possible | (nodes.fixed_finish != NONE)
    pulled |= (nodes.start_ceiling != NONE) | (nodes.finish_ceiling != NONE)
    names = [nodes.names[n] for n in np.flatnonzero(pulled & loses).tolist()]
    if names:
        raise UnsupportedError(
            f"{names[0]} loses time to weather or a calendar risk, and a constraint sets its finish or latest date: "
            f"both at once are not simulated ({len(names)} in all). Leave out `--constraints as-planned`, or "
            "--ignore weather,calendar-risks"
        )


def _loses(axis: Axis, number: int, struck: frozenset[str], fair: bool) -> bool:
    if number == CLOCK:
        return False
    name = axis.calendars[number].name
    site = None if fair else site_of(axis.program, name)
    return site is not None or not struck.isdisjoint(layers_of(axis.program, name))


def lost_time(
    axis: Axis, nodes: Nodes, works: NDArray[np.bool_], draws: Draws, ignored: Collection[str]
) -> LostTime | None:
    """Return the tables of the calendars on which the nodes ``works`` work, or None where there are none."""
    if not works.any():
        return None
    calendars = np.unique(nodes.calendar[works])
    of = [None if "weather" in ignored else site_of(axis.program, axis.calendars[number].name) for number in calendars]
    sites = tuple(sorted({name for name in of if name is not None}))
    rows = np.array([draws.score(f"weather/{name}") for name in sites], np.int32)
    days, times = -(-axis.horizon // DAY), tuple(axis.calendars[number] for number in calendars)
    table = np.full(len(nodes.names), -1, np.int32)
    table[works] = np.searchsorted(calendars, nodes.calendar[works])
    chances = [_chances(axis.program.calendars[name], axis, days) for name in sites]
    good, bad = (
        np.stack([c[k] for c in chances]) if sites else np.zeros((0, BEFORE + days), np.uint64) for k in (0, 1)
    )
    begin = min(int(axis.calendars[c].start_instant(f)) for c, f in _floors(nodes, works)) // DAY
    numbers = np.array([BEFORE, axis.epoch.date().toordinal(), begin, days], np.int64)
    site = np.array([-1 if name is None else sites.index(name) for name in of], np.int32)
    first = _midnights(times, days)
    leaves = [np.zeros(days) if name is None else _leaves(axis.program.calendars[name], axis, days) for name in of]
    kept = first[:, :-1] + np.floor(np.diff(first) * np.stack(leaves) + _TINY).astype(np.int32)
    thinning = Thinning(table, site, first, kept, good, bad, numbers)
    return LostTime(thinning, sites, tuple(int(number) for number in calendars), rows, times)


def with_clocks(found: LostTime, clocks: Sequence[tuple[WorkTime, int]]) -> LostTime:
    """Return the tables with one more for every work clock (hours, number of the calendar whose time it loses).

    A work clock is a calendar cut by others, such as those of pools: it loses what its calendar loses, counted in its
    own minutes. A calendar without a table loses nothing, and its clocks have table -1 in `clock_tables`; a clock that
    is its calendar has the table of that.
    """
    chosen = [clock for clock, cut in zip(clocks, _cut(found, clocks), strict=True) if cut]
    base = [found.calendars.index(calendar) for _, calendar in chosen]
    thinning, more = found.thinning, [time for time, _ in chosen]
    if more:
        first = _midnights(more, int(thinning.days[3]))
        kept = np.stack([_kept(found, t, *each) for t, each in zip(base, zip(more, first, strict=True), strict=True)])
        thinning = thinning._replace(
            site=np.concatenate((thinning.site, thinning.site[base])),
            first=np.concatenate((thinning.first, first)), kept=np.concatenate((thinning.kept, kept)),
        )  # fmt: skip
    risks, own = found.risks, len(found.times)
    if risks is not None:
        again = [(r, own + k) for k, t in enumerate(base) for r in np.flatnonzero(risks.table == t).tolist()]
        rows = [*range(risks.table.size), *(r for r, _ in again)]
        tables = np.array([*risks.table.tolist(), *(t for _, t in again)], np.int32)
        risks = Stretches(tables, risks.event[rows], risks.size[rows], risks.moment[rows], risks.first[rows])
    calendars, times = (*found.calendars, *(c for _, c in chosen)), (*found.times, *more)
    return replace(found, thinning=thinning, calendars=calendars, times=times, risks=risks)


def clock_tables(found: LostTime, clocks: Sequence[tuple[WorkTime, int]]) -> NDArray[np.int32]:
    """Return the table that `with_clocks` gives each of the clocks, -1 where it loses nothing."""
    cut = _cut(found, clocks)
    own = [found.calendars.index(calendar) if calendar in found.calendars else -1 for _, calendar in clocks]
    return np.where(cut, len(found.times) + np.cumsum(cut) - 1, own).astype(np.int32)


def _cut(found: LostTime, clocks: Sequence[tuple[WorkTime, int]]) -> NDArray[np.bool_]:
    """Return which clocks lose time and need a table of their own: they are not the very calendar that loses it."""
    own = dict(zip(found.calendars, found.times, strict=True))
    return np.array([calendar in own and not alike(time, own[calendar]) for time, calendar in clocks], np.bool_)


def _midnights(times: Sequence[WorkTime], days: int) -> NDArray[np.int32]:
    """Return the index of each work time at the start of every day of the axis, and at its end."""
    ends = np.minimum(np.arange(days + 1) * DAY, times[0].horizon)
    return np.stack([time.index(ends) for time in times]).astype(np.int32)


def _kept(found: LostTime, table: int, clock: WorkTime, first: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the index of a work clock up to which each bad day is worked: where the day of its calendar is over."""
    work, kept = found.times[table], found.thinning.kept[table]
    over = clock.index(work.start_instant(np.minimum(kept, work.limit - 1)))
    return np.clip(over, first[:-1], first[1:]).astype(np.int32)


def _floors(nodes: Nodes, works: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return calendar and earliest start of the nodes that work."""
    return [(int(c), int(f)) for c, f in {*zip(nodes.calendar[works], nodes.floor[works], strict=True)}]


def _chances(calendar: Calendar, axis: Axis, days: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return, day by day, the words below which a day is bad: after a good day, and after a bad one."""
    weather = calendar.weather or {}
    by_month = [weather.get(month, Weather(lost=0.0)) for month in MONTHS]
    months = _months(axis, BEFORE, days)
    good, bad = ([getattr(month, chance)() for month in by_month] for chance in ("bad_after_good", "bad_after_bad"))
    return _words(good)[months], _words(bad)[months]


def _leaves(calendar: Calendar, axis: Axis, days: int) -> NDArray[np.float64]:
    """Return, day by day of the axis, the share of a bad day's working time that is worked all the same."""
    weather = calendar.weather or {}
    by_month = [weather[month].leaves if month in weather else 0.0 for month in MONTHS]
    return np.array(by_month)[_months(axis, 0, days)]


def _months(axis: Axis, before: int, days: int) -> NDArray[np.int64]:
    """Return the month, from 0, of every day from ``before`` days before the axis on."""
    first = axis.epoch.date().toordinal() - _ORDINAL_OF_1970 - before
    return np.arange(first, first + before + days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12


def _words(chances: Sequence[float]) -> NDArray[np.uint64]:
    return np.rint(np.array(chances) * _WORDS).astype(np.uint64)


def note(found: LostTime, program: Program) -> str:
    """Return the sentence that says what loses time, and that the plan does not."""
    takes: list[str] = [phrase("weather of {calendar}", calendar=f"calendars.{site}") for site in found.sites]
    struck = found.risks is not None and found.risks.table.size
    takes += [f"risks.{name}" for name in sorted({n for n, _ in calendar_impacts(program)})] if struck else []
    if not takes:
        return ""
    return phrase("work loses time to {causes}; the plan's own dates lose none", causes=in_a_row(takes))


def keys(found: LostTime, drawn: Sampler) -> NDArray[np.uint64]:
    """Return the two halves of the hash of every site's variable, uint64[sites, 2]."""
    rows = drawn.event_row[found.rows]
    return np.stack((drawn.hash_low[rows], drawn.hash_high[rows]), axis=1).astype(np.uint64)


__all__ = [
    "LostTime", "clock_tables", "holds_days", "keys", "lost_time", "note", "thinned", "with_clocks",
]  # fmt: skip

"""Arrivals, compiled: what may strike again and again, as long as time is exposed to it (K2, D6).

A source is a risk that arrives, or an entry of scope growth whose requests do. Its next arrival is so many minutes of
its exposure away; exposure passes on a clock that runs while something is worked on, in progress, or between its first
start and its last finish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import Distribution
from riskmc.distributions.exponential import Exponential
from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.ragged import flat, pointers
from riskmc.network.sizes import is_elapsed, spread
from riskmc.network.tasks import State, Task, number
from riskmc.program.calendar import MONTHS
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Rate
from riskmc.program.risk import Arrivals

PACE = 1_000_000  # exposure is counted in millionths of a minute
WORKING, ACTIVE, LASTING = range(3)  # exposure: while something works, is in progress, from first start to last finish
ENDLESS = 2**31 - 1
MOST_CLOCKS = 6  # different ones under one source: every combination of them has a clock of its own
_EXPOSURES = {"working": WORKING, "active": ACTIVE, "calendar": LASTING}


class ArrivalTable(NamedTuple):
    """Sources by number, risks before scope: ``risks`` of them are risks, ``entity`` counts within its kind.

    ``interval`` is the row of the time to the next arrival (-1: always ``every``, in minutes), ``most`` how many there
    may be, ``exposure`` which time counts, between the minutes ``after`` and ``until``. ``chance`` is the row of
    whether one is approved (-1: always), below ``threshold``; ``late`` what one costs at the end of the work, of one
    at its start. ``pace`` in millionths holds from ``turn`` on, season after season: season_ptr[s]:season_ptr[s + 1].
    The nodes of a source are ``member``, at member_ptr[s]:member_ptr[s + 1]; those that work on the same clock share a
    ``slot``, and which of its slots run, as a binary number, says which ``clock``, from clock_ptr[s] on, exposure
    passes on. The sources of node a are ``source`` and ``own`` slot at of_ptr[a]:of_ptr[a + 1].
    """

    risks: int
    entity: NDArray[np.int64]
    interval: NDArray[np.int64]
    every: NDArray[np.float64]
    most: NDArray[np.int64]
    exposure: NDArray[np.int8]
    after: NDArray[np.int64]
    until: NDArray[np.int64]
    chance: NDArray[np.int64]
    threshold: NDArray[np.float32]
    late: NDArray[np.float64]
    season_ptr: NDArray[np.int32]
    turn: NDArray[np.int64]
    pace: NDArray[np.int64]
    member_ptr: NDArray[np.int32]
    member: NDArray[np.int64]
    slot_ptr: NDArray[np.int32]
    clock_ptr: NDArray[np.int32]
    clock: NDArray[np.int64]
    of_ptr: NDArray[np.int32]
    source: NDArray[np.int64]
    own: NDArray[np.int64]


@dataclass
class Source:
    """One source in the making."""

    entity: int
    exposure: int
    members: list[Task]
    interval: int = -1
    every: float = 0.0
    most: int = ENDLESS
    until: int = ENDLESS
    chance: int = -1
    threshold: float = 0.0
    late: float = 1.0
    seasons: list[tuple[int, int]] = field(default_factory=lambda: [(0, PACE)])
    slots: list[int] = field(default_factory=list)
    clocks: list[int] = field(default_factory=list)

    @property
    def after(self) -> int:
        """The minute from which on time counts: nothing arrives before the data date (N4)."""
        return min(task.data_date for task in self.members)


def arriving(
    program: Program, name: str, entity: int, tasks: Sequence[Task], axis: Axis, occurring: Occurring
) -> Source | None:
    """Return the source of a risk that arrives; None where nothing is left that could be exposed to it.

    Raises ProgramError where it would come more than once a minute, or counts time on a clock that it does not have.
    """
    arrivals = program.risks[name].arrivals
    assert arrivals is not None
    exposure = _EXPOSURES[arrivals.exposure]
    members = list(_members(program, arrivals, exposure, tasks))
    if all(task.state is State.FINISHED for task in members):
        return None
    source = Source(entity, exposure, members, most=arrivals.at_most or ENDLESS)
    calendar = axis.number(_calendar(program, arrivals)) if exposure == WORKING else CLOCK
    try:
        times = _interval(source, arrivals, calendar, axis)
        if times.mean() < 1.0:
            raise ArgumentError(f"comes every {times.mean():.2g} minutes on average; once a minute is the most")
    except ArgumentError as error:
        raise ProgramError.at(f"risks.{name}.arrivals", str(error)) from None
    drawn(source, f"risk/{name}/arrival", times, occurring)
    return source


def drawn(source: Source, name: str, times: Distribution, occurring: Occurring) -> None:
    """Let the times between arrivals of a source be drawn from a distribution; what is certain needs no draw."""
    source.interval, source.every = sized(occurring, name, times)


def sized(occurring: Occurring, name: str, spread_of: Distribution) -> tuple[int, float]:
    """Return the row of draws of a size, or -1 and the one value that it has."""
    low, high = spread_of.support()
    return (-1, low) if low == high else (occurring.size(name, spread_of), 0.0)


def poisson_times(rate: Rate, calendar: int, axis: Axis) -> Exponential:
    """Return the minutes of a calendar between arrivals at a rate: a Poisson process."""
    return Exponential(axis.length(calendar, Quantity(1.0, rate.unit)) / rate.amount)


def _members(program: Program, arrivals: Arrivals, exposure: int, tasks: Sequence[Task]) -> Iterator[Task]:
    """Yield the tasks whose time counts; milestones and finished work only for when all of it begins and ends."""
    item = arrivals.while_
    path = item if item is None or item in program.projects else program.path(item)
    for task in tasks:
        inside = path in (None, task.project, task.path)
        if inside and not task.follows and (exposure == LASTING or (task.samples and task.state is not State.FINISHED)):
            yield task


def _calendar(program: Program, arrivals: Arrivals) -> str:
    """Return the calendar whose days and years a rate of working time counts: that of what it runs `while`."""
    item = arrivals.while_
    if item is None or item in program.projects:
        return (program.projects[item].calendar if item is not None else None) or program.calendar
    path = program.path(item)
    home = program.projects[program.project_of(path)]
    return program.activities()[path].calendar or home.calendar or program.calendar


def _interval(source: Source, arrivals: Arrivals, calendar: int, axis: Axis) -> Distribution:
    """Return the minutes of exposure between arrivals; months that differ are seasons of the source."""
    if arrivals.every is not None:
        if source.exposure == WORKING and is_elapsed(arrivals.every):
            raise ArgumentError("`every` in elapsed time needs `exposure: active` or `calendar`")
        return spread(arrivals.every, number(axis, calendar, None))
    if arrivals.rate is not None:
        return poisson_times(arrivals.rate, calendar, axis)
    means = {month: poisson_times(rate, calendar, axis).mean() for month, rate in (arrivals.by_month or {}).items()}
    least = min(means.values())
    paces = [round(PACE * least / means[month]) if month in means else 0 for month in MONTHS]
    source.seasons = list(_seasons(paces, axis))
    return Exponential(least)


def _seasons(paces: Sequence[int], axis: Axis) -> Iterator[tuple[int, int]]:
    """Yield (minute of the axis, pace) wherever the pace changes, month by month to the end of the axis."""
    month, pace = axis.epoch.replace(day=1), -1
    while (minute := axis.minute(month)) < axis.horizon:
        if paces[month.month - 1] != pace:
            pace = paces[month.month - 1]
            yield max(minute, 0), pace
        month = (month + timedelta(days=31)).replace(day=1)


def with_clocks(source: Source, clocks: Clocks, place: str) -> Source:
    """Return the source with the clock of every combination of what may run at once; ProgramError with too many."""
    if source.exposure != WORKING:
        source.slots, source.clocks = [0] * len(source.members), [clocks.axis()]
        return source
    distinct = list(dict.fromkeys(clocks.work(task.number) for task in source.members))
    if len(distinct) > MOST_CLOCKS:
        said = f"counts the working time of work on {len(distinct)} different calendars; {MOST_CLOCKS} are the most"
        raise ProgramError.at(place, f"{said}: use `exposure: active`, or name less in `while`")
    source.slots = [distinct.index(clocks.work(task.number)) for task in source.members]
    masks = range(1, 1 << len(distinct))
    source.clocks = [clocks.any_of([clock for i, clock in enumerate(distinct) if mask >> i & 1]) for mask in masks]
    return source


def arrival_table(sources: Sequence[Source], risks: int, nodes: int) -> ArrivalTable:
    """Return the sources as arrays, ``risks`` of them risks."""
    of: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for s, source in enumerate(sources):
        for task, slot in zip(source.members, source.slots, strict=True):
            of[task.number].append((s, slot))

    def column(name: str, kind: type) -> NDArray[Any]:
        return np.array([getattr(source, name) for source in sources], kind)

    slots = [range(max(source.slots) + 1) for source in sources]
    return ArrivalTable(
        risks, column("entity", np.int64), column("interval", np.int64), column("every", np.float64),
        column("most", np.int64), column("exposure", np.int8), column("after", np.int64), column("until", np.int64),
        column("chance", np.int64), column("threshold", np.float32), column("late", np.float64),
        pointers([s.seasons for s in sources]), flat([[turn for turn, _ in s.seasons] for s in sources], np.int64),
        flat([[pace for _, pace in s.seasons] for s in sources], np.int64),
        pointers([s.members for s in sources]), flat([[t.number for t in s.members] for s in sources], np.int64),
        pointers(slots), pointers([s.clocks for s in sources]), flat([s.clocks for s in sources], np.int64),
        pointers(of), flat([[s for s, _ in pairs] for pairs in of], np.int64),
        flat([[slot for _, slot in pairs] for pairs in of], np.int64),
    )  # fmt: skip


__all__ = ["ArrivalTable", "Source", "arrival_table", "arriving", "drawn", "poisson_times", "sized", "with_clocks"]

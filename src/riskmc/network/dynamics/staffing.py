"""Staffing as arrays: planned capacity, units that leave and are replaced, ramp-up in steps, and outages.

A pool with turnover or ramp-up has units, numbered from 1; unit k is there while the plan has k units or more.
Source of the exponential approach in steps: each step has the mean output of the curve over its length, so that whole
steps do the very work of the curve; what follows three time constants is full output (a mean 5% too much before it).
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.ragged import flat, pointers
from riskmc.network.sizes import spread
from riskmc.network.tasks import number
from riskmc.program.program import Program
from riskmc.program.quantity import Size
from riskmc.program.resource import Resource
from riskmc.program.staffing import RampUp

UNIT = 1000  # pools count thousandths of a unit
CONSTANTS = 3  # the steps of a ramp-up last so many time constants together
EVERY = 1 << 50  # thousandths: an outage of all units, however many there come to be


class StaffingTable(NamedTuple):
    """Planned changes of capacity, in the order of time: at ``minute`` pool ``pool`` has ``units`` thousandths."""

    minute: NDArray[np.int64]
    pool: NDArray[np.int64]
    units: NDArray[np.int64]


class UnitTable(NamedTuple):
    """Units of pools with turnover or ramp-up: those of pool p are ptr[p]:ptr[p + 1], in the order of their numbers.

    ``place`` is the number from 1, ``leaves`` and ``vacancy`` the rows of draws, -1 without turnover. Time passes on
    the pool's clock, from ``begin`` on for those who are there before.
    """

    ptr: NDArray[np.int32]
    pool: NDArray[np.int64]
    place: NDArray[np.int64]
    leaves: NDArray[np.int64]
    vacancy: NDArray[np.int64]
    begin: int


class RampTable(NamedTuple):
    """Steps of the ramp-up of pool p, ptr[p]:ptr[p + 1]: until ``ends`` minutes after joining a unit has ``output``."""

    ptr: NDArray[np.int32]
    ends: NDArray[np.int64]
    output: NDArray[np.int64]


class OutageTable(NamedTuple):
    """Outages of pools: rows of draws, the thousandths of a unit that are out, and whether only work wears."""

    pool: NDArray[np.int64]
    after: NDArray[np.int64]
    lasts: NDArray[np.int64]
    units: NDArray[np.int64]
    working: NDArray[np.uint8]
    begin: int


def staffing_table(program: Program, pools: dict[str, int], axis: Axis) -> StaffingTable:
    """Return the planned changes of capacity of all pools."""
    rows = [
        (max(0, axis.minute(moment.start_like())), pool, round(units * UNIT))
        for name, pool in pools.items()
        for moment, units in program.resources[name].levels()
        if moment is not None
    ]
    rows.sort()
    minute, pool, units = zip(*rows, strict=True) if rows else ((), (), ())
    return StaffingTable(np.array(minute, np.int64), np.array(pool, np.int64), np.array(units, np.int64))


def unit_table(
    program: Program, pools: dict[str, int], axis: Axis, occurring: Occurring, begin: int, for_good: bool
) -> UnitTable:
    """Return the units of the pools that have turnover or ramp-up; each has variables of its own (D6).

    ``for_good``: nobody leaves.
    """
    rows = [_units(program, name, axis, occurring, for_good) for name in pools]
    return UnitTable(
        pointers(rows), flat([[pool] * len(units) for pool, units in enumerate(rows)], np.int64),
        flat([range(1, len(units) + 1) for units in rows], np.int64),
        flat([[leaves for leaves, _ in units] for units in rows], np.int64),
        flat([[vacancy for _, vacancy in units] for units in rows], np.int64), begin,
    )  # fmt: skip


def ramp_table(program: Program, pools: dict[str, int], axis: Axis) -> RampTable:
    """Return the steps of every pool's ramp-up."""
    steps = [_steps(program, name, axis) for name in pools]
    return RampTable(
        pointers(steps), flat([[end for end, _ in some] for some in steps], np.int64),
        flat([[output for _, output in some] for some in steps], np.int64),
    )  # fmt: skip


def outage_table(
    program: Program, pools: dict[str, int], axis: Axis, occurring: Occurring, begin: int, never: bool
) -> OutageTable:
    """Return the outages of the pools that have any; none where they ``never`` happen."""
    some = {} if never else pools
    struck = [(pool, name, outages) for name, pool in some.items() if (outages := program.resources[name].outages)]

    def row(name: str, word: str, size: Size) -> int:
        return _row(program, name, f"outage/{word}", size, axis, occurring)

    return OutageTable(
        np.array([pool for pool, _, _ in struck], np.int64),
        np.array([row(name, "after", outages.after) for _, name, outages in struck], np.int64),
        np.array([row(name, "lasts", outages.lasts) for _, name, outages in struck], np.int64),
        np.array([EVERY if out.units is None else out.units * UNIT for _, _, out in struck], np.int64),
        np.array([outages.clock == "working" for _, _, outages in struck], np.uint8), begin,
    )  # fmt: skip


def in_time(resource: Resource) -> bool:
    """Return whether time passes for a pool itself, on a clock of its own."""
    return resource.turnover is not None or resource.ramp_up is not None or resource.outages is not None


def calendar_of(program: Program, name: str) -> str:
    """Return the calendar on which the time of a pool passes: its own, else the program's."""
    return program.resources[name].calendar or program.calendar


def stepped(ramp_up: RampUp, constant: float) -> list[tuple[int, int]]:
    """Return (minutes from joining to the end of the step, output in thousandths) for a time constant in minutes."""
    n, start = ramp_up.steps, ramp_up.start
    length = CONSTANTS / n
    lacks = [(1 - start) * (exp(-i * length) - exp(-(i + 1) * length)) / length for i in range(n)]
    return [(round((i + 1) * length * constant), round((1 - lack) * UNIT)) for i, lack in enumerate(lacks)]


def _steps(program: Program, name: str, axis: Axis) -> list[tuple[int, int]]:
    ramp_up = program.resources[name].ramp_up
    if ramp_up is None:
        return []
    return stepped(ramp_up, axis.length(axis.number(calendar_of(program, name)), ramp_up.over))


def _units(program: Program, name: str, axis: Axis, occurring: Occurring, for_good: bool) -> list[tuple[int, int]]:
    """Return the rows of what each unit of a pool draws: when it leaves, and how long its place is vacant."""
    resource = program.resources[name]
    turnover = None if for_good else resource.turnover
    if turnover is None and resource.ramp_up is None:
        return []
    most = int(max(units for _, units in resource.levels()))
    if turnover is None:
        return [(-1, -1)] * most

    def row(word: str, size: Size) -> int:
        return _row(program, name, word, size, axis, occurring)

    return [
        (row(f"unit{k}/leaves", turnover.leaves), row(f"unit{k}/vacancy", turnover.vacancy)) for k in range(1, most + 1)
    ]


def _row(program: Program, name: str, word: str, size: Size, axis: Axis, occurring: Occurring) -> int:
    minutes = number(axis, axis.number(calendar_of(program, name)), None)
    return occurring.size(f"resource/{name}/{word}", spread(size, minutes, program.elicited_as))

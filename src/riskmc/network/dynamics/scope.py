"""Scope growth, compiled: requests for change are arrivals that add work, and scope creep grows work by itself.

Growth compounds on all the work of an activity, from its start on, at a rate per month of the 24-hour clock: with W at
the start, W e^(ct) after a time t. Who does one month of work a month finishes only where c W e <= 1: work that grows
faster than it is done never ends, and is refused where the least possible W says so. Source: compounding requirements
change, Jones (1996).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import e, exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.dynamics.arrivals import ENDLESS, LASTING, Source, drawn, poisson_times
from riskmc.network.dynamics.hits import Hit, Hitting
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.events import threshold
from riskmc.network.ragged import flat, pointers
from riskmc.network.tasks import Task
from riskmc.program.numeral import growth_text, share_text
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Rate
from riskmc.program.risk import Impact
from riskmc.program.scope import ScopeGrowth

BITS = 24  # growth is known for any whole number of minutes below 2^24 (32 years) at a time
_STEEPEST = 600.0  # e to this power is still a number
SURELY = 1.05  # how far beyond the limit work must grow to be refused where its hours are not the clock's


class GrowthTable(NamedTuple):
    """What makes node a grow: ptr[a]:ptr[a + 1], each an ``entry`` of scope, until a minute.

    ``powers`` has by growth its factors over 1, 2, 4, ... minutes; a factor over any time is the product of those of
    its binary digits, in this order, so that every engine rounds alike. Time counts from minute ``after[a]`` on.
    """

    ptr: NDArray[np.int32]
    entry: NDArray[np.int64]
    until: NDArray[np.int64]
    powers: NDArray[np.float64]
    after: NDArray[np.int64]


def requesting(
    program: Program, name: str, entity: int, tasks: Mapping[str, Task], hitting: Hitting, occurring: Occurring
) -> tuple[Source, Hit] | None:
    """Return the source of an entry's requests and what each adds; None where no selected work is left."""
    scope, place = program.scope[name], f"scope.{name}"
    assert scope.rate is not None
    assert scope.size is not None
    members = [tasks[path] for path in hitting.paths(scope.on, scope.except_)]
    if not members:
        return None
    source = Source(entity, LASTING, members, until=_freeze(scope, hitting.axis))
    times = poisson_times(scope.rate, CLOCK, hitting.axis)
    if times.mean() < 1.0:
        raise ProgramError.at(place, f"comes every {times.mean():.2g} minutes on average; once a minute is the most")
    drawn(source, f"scope/{name}/arrival", times, occurring)
    if scope.approved < 1.0:
        source.chance, source.threshold = occurring.chance(f"scope/{name}/approved"), threshold(scope.approved)
    source.late = 1.0 if scope.late_factor is None else scope.late_factor
    impact = Impact.model_construct(on=scope.on, except_=scope.except_, spread=scope.spread, own_size=False)
    try:
        return source, hitting.adding("duration", scope.size, impact, f"scope/{name}/size")
    except ArgumentError as error:
        raise ProgramError.at(place, str(error)) from None


def growth_table(
    program: Program, names: Sequence[str], hitting: Hitting, least: Mapping[int, float], nodes: int
) -> GrowthTable:
    """Return the growth of all nodes; ProgramError where work certainly grows faster than it can be done.

    ``least`` is the least work a node can have, in minutes, where that is known.
    """
    rows: list[list[tuple[int, int, float]]] = [[] for _ in range(nodes)]
    after = np.zeros(nodes, np.int64)
    for entry, name in enumerate(names):
        scope = program.scope[name]
        if scope.growth is None:
            continue
        per_minute = _per_minute(scope.growth, hitting.axis)
        for path in hitting.paths(scope.on, scope.except_):
            task = hitting.struck.tasks[path]
            rows[task.number].append((entry, _freeze(scope, hitting.axis), per_minute))
            after[task.number] = task.data_date
            if scope.freeze is None and not program.policies and task.number in least:
                _refuse_endless(name, scope.growth, task, least[task.number], hitting.axis)
    return _table(rows, after)


def no_growth(nodes: int) -> GrowthTable:
    """Return the growth of nodes that do not grow."""
    return _table([[] for _ in range(nodes)], np.zeros(nodes, np.int64))


def _table(rows: Sequence[Sequence[tuple[int, int, float]]], after: NDArray[np.int64]) -> GrowthTable:
    powers = [[exp(min(rate * 2**bit, _STEEPEST)) for bit in range(BITS)] for some in rows for _, _, rate in some]
    return GrowthTable(
        pointers(rows), flat([[entry for entry, _, _ in some] for some in rows], np.int64),
        flat([[until for _, until, _ in some] for some in rows], np.int64),
        np.array(powers, np.float64).reshape(-1, BITS), after,
    )  # fmt: skip


def _refuse_endless(name: str, growth: Rate, task: Task, least: float, axis: Axis) -> None:
    """Raise ProgramError where growth outruns work: where the line of work done never meets the curve of its growth."""
    month, own = axis.calendars[CLOCK].month_minutes, axis.calendars[task.calendar].month_minutes
    months = least / own  # that the work lasts at the least
    limit = 1 / (e * months) if months else np.inf
    surely = 1.0 if task.calendar == CLOCK else SURELY
    if _per_minute(growth, axis) * month > surely * limit:
        said = f"grows {task.path} by {growth_text(growth)}, and its work lasts {months:.3g} months at the least"
        way_out = "lower the growth, or give a `freeze`, the day from which nothing is added"
        never = f"above {share_text(round(limit, 6))}/mo it never ends"
        raise ProgramError.at(f"scope.{name}", f"{said}: {never}; {way_out}")


def _per_minute(growth: Rate, axis: Axis) -> float:
    return growth.amount / axis.length(CLOCK, Quantity(1.0, growth.unit))


def _freeze(scope: ScopeGrowth, axis: Axis) -> int:
    return ENDLESS if scope.freeze is None else axis.minute(scope.freeze.start_like())


__all__ = ["GrowthTable", "growth_table", "no_growth", "requesting"]

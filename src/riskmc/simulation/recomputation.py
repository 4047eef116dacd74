"""Recomputation: a plan scheduled anew from its own logic, beside the dates that its planning tool stored.

Dates are compared in working minutes on the activity's own calendar, to within one: tools write one instant as 17:00,
as the next 08:00 or as a data date at 00:00. Only unfinished activities are compared; of a field that the tool did not
store there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.compiling import Settings
from riskmc.network.network import Network
from riskmc.network.refusals import KINDS
from riskmc.network.tasks import State, Task
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates, stored_of
from riskmc.simulation.stretching import stretched

Field = Literal["early_start", "early_finish", "late_start", "late_finish", "total_float", "driving"]
DATES: tuple[Field, ...] = ("early_start", "early_finish", "late_start", "late_finish")
FIELDS: tuple[Field, ...] = (*DATES, "total_float")
EVERY_FIELD: tuple[Field, ...] = (*FIELDS, "driving")
TOLERANCE = 1.0  # minutes
AS_PLANNED = Settings(constraints="as-planned", ignore=tuple(KINDS))  # a plan's own dates know none of these

_Numbers = NDArray[np.float64]
_UNKNOWN = StoredDates()


@dataclass(frozen=True, eq=False)
class Recomputation:
    """What was computed and what is stored of every unfinished activity, in the order of ``tasks``.

    ``computed`` and ``stored`` hold by field float64[n]: dates as working minutes of the activity's calendar since the
    start of the axis, total float in working minutes, driving as 0 or 1; NaN in ``stored`` is nothing to compare.
    """

    network: Network
    tasks: Sequence[Task]
    dates: Sequence[StoredDates]
    computed: Mapping[Field, _Numbers]
    stored: Mapping[Field, _Numbers]

    @cached_property
    def compared(self) -> Mapping[Field, NDArray[np.bool_]]:
        """Whether there is something to compare, by field and activity."""
        return {field: ~np.isnan(self.stored[field]) for field in EVERY_FIELD}

    @cached_property
    def differs(self) -> Mapping[Field, NDArray[np.bool_]]:
        """Whether what is stored is something else, by field and activity."""
        off = {field: np.abs(self.computed[field] - self.stored[field]) for field in EVERY_FIELD}
        return {field: off[field] > (TOLERANCE if field in FIELDS else 0.0) for field in EVERY_FIELD}

    def any_compared(self) -> NDArray[np.bool_]:
        """Return the activities of which at least one field is compared."""
        return np.asarray(np.any([self.compared[field] for field in EVERY_FIELD], axis=0))

    def any_differs(self, fields: Iterable[Field] = EVERY_FIELD) -> NDArray[np.bool_]:
        """Return the activities of which at least one of the fields differs."""
        return np.asarray(np.any([self.differs[field] for field in fields], axis=0))

    def matched(self) -> int:
        """Return how many activities match in every field that is compared."""
        return int(np.count_nonzero(self.any_compared() & ~self.any_differs()))


def recompute(plan: Program) -> Recomputation:
    """Return a plan recomputed beside its own stored dates."""
    stored = stored_of(plan)
    dates = {} if stored is None else stored.dates
    return stretched(plan, AS_PLANNED, lambda network: beside(network, dates))


def beside(network: Network, stored: Mapping[str, StoredDates]) -> Recomputation:
    """Return the plan's dates of a compiled program beside stored ones, given by activity path."""
    tasks = [task for task in network.tasks if task.state is not State.FINISHED]
    dates = [stored.get(task.path, _UNKNOWN) for task in tasks]
    return Recomputation(network, tasks, dates, _computed(network, tasks), _stored(network.axis, tasks, dates))


def _computed(network: Network, tasks: Sequence[Task]) -> dict[Field, _Numbers]:
    numbers, plan = np.array([task.number for task in tasks], np.int64), network.plan
    start = _indices(network.axis, tasks, plan.start[numbers].astype(float))
    finish = _indices(network.axis, tasks, plan.finish[numbers].astype(float))
    total_float = plan.total_float[numbers].astype(float)
    return {
        "early_start": start,
        "early_finish": finish,
        "late_start": start + plan.start_float[numbers],
        "late_finish": finish + plan.finish_float[numbers],
        "total_float": total_float,
        "driving": plan.critical[numbers].astype(float),
    }


def _stored(axis: Axis, tasks: Sequence[Task], dates: Sequence[StoredDates]) -> dict[Field, _Numbers]:
    """Return what is stored; level of effort never drives, whatever its tool says of it.

    Every schedule has a driving path: where no activity is said to be on one, the tool has not stored it.
    """
    silent = np.array([task.follows for task in tasks], np.bool_) | (not any(known.driving for known in dates))
    found: dict[Field, _Numbers] = {}
    for field in DATES:
        found[field] = _indices(axis, tasks, _minutes(axis, [getattr(known, field) for known in dates]))
    for other in ("total_float", "driving"):
        values = [getattr(known, other) for known in dates]
        found[other] = np.array([np.nan if value is None else float(value) for value in values], float)
    found["driving"] = np.where(silent, np.nan, found["driving"])
    return found


def _minutes(axis: Axis, instants: Sequence[datetime | None]) -> _Numbers:
    return np.array([np.nan if at is None else axis.minute(at) for at in instants], float)


def _indices(axis: Axis, tasks: Sequence[Task], minutes: _Numbers) -> _Numbers:
    """Return instants as working minutes of each activity's calendar; beyond the axis every minute counts."""
    calendars = np.array([task.calendar for task in tasks], np.int64)
    known = ~np.isnan(minutes)
    inside = np.clip(np.where(known, minutes, 0.0), 0, axis.horizon)
    found = np.where(known, minutes - inside, np.nan)
    for calendar in np.unique(calendars):
        some = calendars == calendar
        found[some] += axis.calendars[calendar].index(inside[some].astype(np.int64))
    return found

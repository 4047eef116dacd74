"""Hits, compiled: what an arrival does to work, pools and money, and whom it may strike (K2, K3).

One hit is one aspect of one impact. Its sizes are drawn by occurrence under the names that a risk with a probability
has, so arrival k of a risk has size k of each of its impacts, whatever else happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.branches import Case
from riskmc.network.draws import CENTS
from riskmc.network.dynamics.arrivals import sized
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.dynamics.staffing import UNIT, calendar_of
from riskmc.network.estimates import money, selector_key
from riskmc.network.events import NEVER, Events
from riskmc.network.ragged import flat, pointers
from riskmc.network.sizes import Number, is_elapsed, spread
from riskmc.network.strikes import Select, Struck
from riskmc.network.tasks import State, number
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.risk import Impact

ADDS_WORK, SCALES_WORK, PAUSES, MOVES_CAPACITY, COSTS = range(5)
EACH, ONCE, SPLIT = range(3)
EVERYWHERE = -1  # stands for the node of what strikes no activity
_SPREADS = {None: EACH, "each": EACH, "once": ONCE, "split": SPLIT}
_FIELDS = ("duration", "pause", "cost", "cost_per_day", "cost_total")


class HitTable(NamedTuple):
    """The hits of source s, ptr[s]:ptr[s + 1], and whom each may strike, target_ptr[h]:target_ptr[h + 1].

    ``kind`` and ``spread`` are the numbers above; a hit acts where ``event`` does (-1: always). A size counts
    ``scale`` times (a factor, its distance from 1); money comes in cents. ``after``: a pause begins when the one before
    is over. ``units`` thousandths of ``pool`` come or go. Of a target: its ``node``, the ``row`` of its size (-1:
    always ``value``), its ``weight`` in a split, and the ``clock`` on which its time passes. Targets stand in the order
    of K3.
    """

    ptr: NDArray[np.int32]
    kind: NDArray[np.int8]
    spread: NDArray[np.int8]
    event: NDArray[np.int64]
    scale: NDArray[np.float64]
    after: NDArray[np.uint8]
    pool: NDArray[np.int64]
    units: NDArray[np.int64]
    target_ptr: NDArray[np.int32]
    node: NDArray[np.int64]
    row: NDArray[np.int64]
    value: NDArray[np.float64]
    weight: NDArray[np.float64]
    clock: NDArray[np.int64]


class Aim(NamedTuple):
    """One target of a hit."""

    node: int
    row: int
    value: float
    weight: float = 1.0
    clock: int = 0


@dataclass
class Hit:
    """One hit in the making."""

    kind: int
    aims: list[Aim]
    spread: int = EACH
    event: int = -1
    scale: float = 1.0
    after: bool = False
    pool: int = 0
    units: int = 0


@dataclass
class Hitting:
    """Turns the impacts of what arrives into hits."""

    program: Program
    axis: Axis
    events: Events
    select: Select
    struck: Struck
    occurring: Occurring
    clocks: Clocks
    pools: Mapping[str, int]
    _made: dict[tuple[object, ...], tuple[int, float]] = field(default_factory=dict)

    def of_case(self, case: Case) -> list[Hit]:
        """Return the hits of the impacts of a risk that act where a gate holds; ProgramError with what cannot act."""
        event = self.events.all_of(case.gate)
        if event == NEVER:
            return []
        found = []
        for position, impact in enumerate(case.impacts):
            place = f"{case.prefix.replace('/', '.').replace('risk.', 'risks.', 1)}.impacts[{position}]"
            try:
                hits = self._of_impact(impact, case)
            except ArgumentError as error:
                raise ProgramError.at(place, str(error)) from None
            for hit in hits:
                hit.event = event
            found += hits
        return found

    def _of_impact(self, impact: Impact, case: Case) -> list[Hit]:
        found = [self._capacity(impact, case)] if impact.resource is not None and impact.resource in self.pools else []
        for aspect in _FIELDS:
            size = getattr(impact, aspect)
            if size is None:
                continue
            if aspect.startswith("cost") and (size.operation != "+" or aspect != "cost"):
                said = f"`{aspect}: {size.operation or 'x'} ...` changes what is spent from the start on"
                raise ArgumentError(f"{said}; a risk that arrives adds money: `cost: + 10k`")
            variable = f"{case.prefix}/{impact.id or selector_key(impact.on, impact.except_)}/{aspect}"
            found.append(self._hit(aspect, size, impact, variable, case.scales.get(aspect, 1.0)))
        return [hit for hit in found if hit.aims]

    def _hit(self, aspect: str, size: Size, impact: Impact, variable: str, scale: float) -> Hit:
        if impact.on is None:
            aim = Aim(EVERYWHERE, *sized(self.occurring, variable, spread(size, money(None), self._elicited)))
            return Hit(COSTS, [aim], scale=CENTS * scale)
        paths = self.paths(impact.on, impact.except_)
        if aspect == "pause":
            aims = [self._still(size, self._variable(variable, path, impact), path) for path in paths]
            return Hit(PAUSES, aims, scale=scale, after=impact.overlap == "add")
        if size.operation == "x":
            aims = [self._aim(path, self._variable(variable, path, impact), size, _share) for path in paths]
            return Hit(SCALES_WORK, aims, scale=scale)
        return self.adding(aspect, size, impact, variable, scale)

    def adding(self, aspect: str, size: Size, impact: Impact, variable: str, scale: float = 1.0) -> Hit:
        """Return the hit that adds to the durations or the costs of several activities, shared by K3."""
        paths = self.paths(impact.on or (), impact.except_)
        if len(paths) > 1 and impact.spread is None:
            raise ArgumentError(f"adds to {len(paths)} activities and must say `spread: each | once | split`")
        targets = sorted((self.struck.target(path, aspect) for path in paths), key=lambda t: (t.start, t.path))
        aims = [
            self._aim(t.path, self._variable(variable, t.path, impact), size, self._number(aspect, t.path, size))
            ._replace(weight=t.weight) for t in targets
        ]  # fmt: skip
        if impact.spread == "split" and not sum(aim.weight for aim in aims) > 0:
            raise ArgumentError("`spread: split` divides by durations or costs, and these are all 0")
        kind, unit = (COSTS, CENTS) if aspect == "cost" else (ADDS_WORK, 1.0)
        return Hit(kind, aims, _SPREADS[impact.spread], scale=unit * scale)

    def _capacity(self, impact: Impact, case: Case) -> Hit:
        """Return the units that come or go for a time, on the calendar of their pool; elapsed time on the axis."""
        assert impact.resource is not None
        assert impact.units is not None
        assert impact.lasts is not None
        calendar = CLOCK if is_elapsed(impact.lasts) else self.axis.number(calendar_of(self.program, impact.resource))
        variable = f"{case.prefix}/{impact.id or impact.resource}/lasts"
        lasts = spread(impact.lasts, number(self.axis, calendar, None), self._elicited)
        clock = self.clocks.of(self.axis.calendars[calendar])
        aim = Aim(EVERYWHERE, *sized(self.occurring, variable, lasts), clock=clock)
        return Hit(MOVES_CAPACITY, [aim], pool=self.pools[impact.resource], units=round(impact.units * UNIT))

    def paths(self, on: Sequence[str], except_: Sequence[str] | None) -> list[str]:
        """Return the activities a selector names that have work ahead of them (N4)."""
        tasks = self.struck.tasks
        found = [tasks[path] for path in self.select(on, except_) if path in tasks]
        ahead = [task for task in found if task.samples and task.state is not State.FINISHED]
        return [task.path for task in ahead if self.struck.exists[task.path] != NEVER]

    @property
    def _elicited(self) -> str | None:
        return self.program.elicited_as

    def _variable(self, variable: str, path: str, impact: Impact) -> str:
        return f"{variable}/{path}" if impact.own_size else variable

    def _still(self, size: Size, variable: str, path: str) -> Aim:
        """Return a pause of an activity: in the hours of its work, or on the axis where it is elapsed time."""
        task = self.struck.tasks[path]
        aim = self._aim(path, variable, size, number(self.axis, task.calendar, None))
        return aim._replace(clock=self.clocks.axis() if is_elapsed(size) else self.clocks.hours(task.number))

    def _number(self, aspect: str, path: str, size: Size) -> Number:
        task = self.struck.tasks[path]
        if aspect == "cost":
            return money(self.struck.planned_cost[path])
        if is_elapsed(size) and not task.elapsed:
            raise ArgumentError(f"an elapsed addition cannot strike {path}, whose duration is working time")
        return number(self.axis, task.calendar, task.remaining)

    def _aim(self, path: str, variable: str, size: Size, numbers: Number) -> Aim:
        """Return a target; those whose size converts alike share one row."""
        key = (variable, *(numbers(quantity) for quantity in _quantities(size)))
        if key not in self._made:
            self._made[key] = sized(self.occurring, variable, spread(size, numbers, self._elicited))
        return Aim(self.struck.tasks[path].number, *self._made[key])


def hit_table(hits: Sequence[Sequence[Hit]]) -> HitTable:
    """Return the hits of every source as arrays."""
    every = [hit for some in hits for hit in some]
    aims = [hit.aims for hit in every]

    def column(name: str, kind: type) -> NDArray[Any]:
        return np.array([getattr(hit, name) for hit in every], kind)

    def of_aims(name: str, kind: type) -> NDArray[Any]:
        return flat([[getattr(aim, name) for aim in some] for some in aims], kind)

    return HitTable(
        pointers(hits), column("kind", np.int8), column("spread", np.int8), column("event", np.int64),
        column("scale", np.float64), column("after", np.uint8), column("pool", np.int64), column("units", np.int64),
        pointers(aims), of_aims("node", np.int64), of_aims("row", np.int64), of_aims("value", np.float64),
        of_aims("weight", np.float64), of_aims("clock", np.int64),
    )  # fmt: skip


def _quantities(size: Size) -> list[Quantity]:
    return [quantity for name, quantity in size.parameters if quantity.unit] or [size.parameters[0][1]]


def _share(quantity: Quantity) -> float:
    if quantity.unit not in ("", "%"):
        raise ArgumentError(f"a factor is a share such as 120% or 1.2, got {quantity.value:g}{quantity.unit}")
    return quantity.value


__all__ = ["Hit", "HitTable", "Hitting", "hit_table"]

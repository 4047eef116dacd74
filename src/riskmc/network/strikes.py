"""Drivers and impacts on their way to the activities and costs they strike (K1 to K4, C1).

A driver or impact names activities and states a size; the rows it makes are shared by all it names unless it says
otherwise, and recorded per activity in `impacts.Effects`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from riskmc.distributions import Distribution
from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import CENTS, Draws
from riskmc.network.estimates import money, selector_key
from riskmc.network.events import ALWAYS, NEVER, Events, Term
from riskmc.network.impacts import ADDS, MULTIPLIES, Effects, Row, Target, earliest, split
from riskmc.network.sizes import is_elapsed, spread
from riskmc.network.tasks import FINISHED, Task, number
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.risk import Impact, Risk

FIELDS = ("duration", "cost", "cost_per_day", "cost_total")
PROGRAM = -1  # stands for the program itself, where a cost impact names no activity
Select = Callable[[Sequence[str], Sequence[str] | None], tuple[str, ...]]


@dataclass(frozen=True)
class Struck:
    """What the impacts of a program need to know of its activities: tasks by path, and who can take an addition."""

    tasks: Mapping[str, Task]
    starts: Mapping[str, int]
    planned_cost: Mapping[str, float]
    exists: Mapping[str, int]
    dated: frozenset[str]

    def target(self, path: str, aspect: str) -> Target:
        """Return an activity as the target of an addition to its duration or its cost."""
        task = self.tasks[path]
        weight = task.remaining if aspect == "duration" else self.planned_cost[path]
        return Target(task.number, path, self.starts[path], weight, self.exists[path], path in self.dated)


@dataclass
class Striker:
    """Turns drivers and impacts into rows of effects: ``factors`` in float32, ``sums`` of money in float64."""

    program: Program
    axis: Axis
    draws: Draws
    events: Events
    select: Select
    struck: Struck
    factors: Effects
    sums: Effects
    _made: dict[tuple[object, ...], int] = field(default_factory=dict)

    def drivers(self) -> None:
        """Record every driver: certain to act, one size shared, all that match multiply (K1)."""
        for name, driver in sorted(self.program.drivers.items()):
            for aspect in FIELDS:
                size = getattr(driver, aspect)
                if size is not None:
                    place = f"drivers.{name}"
                    row = Row(
                        MULTIPLIES, self.draws.value(f"driver/{name}/{aspect}", self._factor(size, place)), ALWAYS
                    )
                    field = f"driver {aspect}" if aspect == "duration" else aspect
                    reached = self._reached(driver.on, driver.except_, aspect)
                    self.factors.strike_all(field, [task.number for task in reached], row)

    def impacts(
        self,
        risk: Risk,
        impacts: Sequence[Impact],
        gate: list[Term],
        scales: Mapping[str, float],
        prefix: str,
    ) -> None:
        """Record the impacts of one risk that act where every term of ``gate`` holds."""
        event = self.events.all_of(gate)
        seen: dict[str, int] = {}
        if event == NEVER:
            return
        for position, impact in enumerate(impacts):
            for aspect in FIELDS:
                size = getattr(impact, aspect)
                if size is None:
                    continue
                key = f"{impact.id or selector_key(impact.on, impact.except_)}/{aspect}"
                seen[key] = seen.get(key, 0) + 1
                variable = f"{prefix}/{key}" + (f"/{seen[key]}" if seen[key] > 1 else "")
                place = f"{prefix.replace('/', '.').replace('risk.', 'risks.', 1)}.impacts[{position}]"
                self._impact(
                    _Blow(variable, place, aspect, size, scales.get(aspect, 1.0), event, risk.parallel_group),
                    impact,
                    gate,
                )

    def _impact(self, blow: _Blow, impact: Impact, gate: list[Term]) -> None:
        if impact.on is None:
            self._on_program(blow)
            return
        reached = self._reached(impact.on, impact.except_, blow.aspect)
        if blow.size.operation == "x":
            self._multiply(blow, reached, impact.own_size)
        elif blow.aspect in ("duration", "cost"):
            self._add(blow, reached, impact, gate)
        else:
            raise ProgramError(
                [(blow.place, f"{blow.aspect} takes a factor (x ...), not an addition; add money with `cost: + ...`")]
            )

    def _on_program(self, blow: _Blow) -> None:
        if blow.aspect != "cost" or blow.size.operation != "+":
            raise ProgramError(
                [
                    (
                        blow.place,
                        f"{blow.aspect} needs `on:`; only an added cost (`cost: + ...`) can be charged to the program",
                    )
                ]
            )
        value = self.draws.money(
            blow.variable, spread(blow.size, money(None), self.program.elicited_as), CENTS * blow.scale
        )
        self.sums.strike("cost", PROGRAM, Row(ADDS, value, blow.event), group=blow.group)

    def _multiply(self, blow: _Blow, reached: Sequence[Task], own_size: bool) -> None:
        distribution = self._factor(blow.size, blow.place)
        if not own_size:
            row = self._scaled_factor(blow, blow.variable, distribution)
            self.factors.strike_all(blow.aspect, [task.number for task in reached], row, group=blow.group)
            return
        for task in reached:
            row = self._scaled_factor(blow, f"{blow.variable}/{task.path}", distribution)
            self.factors.strike(blow.aspect, task.number, row, group=blow.group)

    def _scaled_factor(self, blow: _Blow, variable: str, distribution: Distribution) -> Row:
        value = self.draws.value(variable, distribution, blow.scale, 1.0 - blow.scale)
        return Row(MULTIPLIES, value, blow.event)

    def _add(self, blow: _Blow, reached: Sequence[Task], impact: Impact, gate: list[Term]) -> None:
        targets = [self.struck.target(task.path, blow.aspect) for task in reached]
        targets = [target for target in targets if target.exists != NEVER]
        if len(targets) > 1 and impact.spread is None:
            raise ProgramError(
                [(blow.place, f"adds to {len(targets)} activities and must say `spread: each | once | split`")]
            )
        effects = self.factors if blow.aspect == "duration" else self.sums
        if impact.spread == "once" and len(targets) > 1:
            for target, terms in earliest(targets, blow.place):
                event = self.events.all_of([*gate, *terms])
                effects.strike(
                    blow.aspect,
                    target.who,
                    self._addition(blow, target.path, impact.own_size)._replace(event=event),
                    group=blow.group,
                )
        elif impact.spread == "split" and len(targets) > 1:
            for target, weight, sharers in split(targets, blow.place):
                row = self._addition(blow, target.path, impact.own_size)
                row = row._replace(share=weight, sharers=sharers) if sharers else row
                effects.strike(blow.aspect, target.who, row, 1.0 if sharers else weight, blow.group)
        else:
            for target in targets:
                effects.strike(
                    blow.aspect, target.who, self._addition(blow, target.path, impact.own_size), group=blow.group
                )

    def _addition(self, blow: _Blow, path: str, own_size: bool) -> Row:
        """Return the row of an addition, converted by the activity's own day (T2); equal days share one row."""
        variable = f"{blow.variable}/{path}" if own_size else blow.variable
        sized = self._cost_key(blow, path) if blow.aspect == "cost" else self._time_key(blow, path)
        key = (variable, blow.scale, *sized)
        if key not in self._made:
            add = self._money if blow.aspect == "cost" else self._minutes
            self._made[key] = add(variable, blow, path)
        return Row(ADDS, self._made[key], blow.event)

    def _cost_key(self, blow: _Blow, path: str) -> tuple[object, ...]:
        return ("cents", self._base(blow, self.struck.planned_cost[path]))

    def _time_key(self, blow: _Blow, path: str) -> tuple[object, ...]:
        task = self.struck.tasks[path]
        if is_elapsed(blow.size) and not task.elapsed:
            reason = f"an elapsed addition cannot strike {path}, whose duration is working time"
            raise ProgramError([(blow.place, reason)])
        time = self.axis.calendars[task.calendar]
        return (time.day_minutes, time.week_minutes, time.month_minutes, self._base(blow, task.remaining))

    def _base(self, blow: _Blow, planned: float) -> float | None:
        """Return what a percentage is of, where the addition is one."""
        percent = any(quantity.unit == "%" for _, quantity in blow.size.parameters)
        return planned if percent else None

    def _money(self, variable: str, blow: _Blow, path: str) -> int:
        numbers = money(self._base(blow, self.struck.planned_cost[path]))
        return self.draws.money(variable, spread(blow.size, numbers, self.program.elicited_as), CENTS * blow.scale)

    def _minutes(self, variable: str, blow: _Blow, path: str) -> int:
        task = self.struck.tasks[path]
        numbers = number(self.axis, task.calendar, self._base(blow, task.remaining))
        return self.draws.value(variable, spread(blow.size, numbers, self.program.elicited_as), blow.scale)

    def _factor(self, size: Size, place: str) -> Distribution:
        try:
            return spread(size, _share, self.program.elicited_as)
        except ArgumentError as error:
            raise ProgramError([(place, str(error))]) from None

    def _reached(self, on: tuple[str, ...], except_: tuple[str, ...] | None, aspect: str) -> list[Task]:
        """Return the activities a selector names that the aspect of a driver or impact can act on (N4)."""
        tasks = self.struck.tasks
        found = [tasks[path] for path in self.select(on, except_) if path in tasks]
        return [task for task in found if (task.samples if aspect == "duration" else task.state is not FINISHED)]


@dataclass(frozen=True)
class _Blow:
    """One aspect of one impact, on its way to the activities."""

    variable: str
    place: str
    aspect: str
    size: Size
    scale: float
    event: int
    group: str | None


def _share(quantity: Quantity) -> float:
    if quantity.unit not in ("", "%"):
        raise ArgumentError(f"a factor is a share such as 120% or 1.2, got {quantity.value:g}{quantity.unit}")
    return quantity.value

"""Risks, drivers and responses as events and effects: what may occur, how likely, and what it does to whom (K1 to K6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import Draws
from riskmc.network.estimates import money, selector_key
from riskmc.network.events import ALWAYS, NEVER, Events, Term
from riskmc.network.impacts import ADDS, MULTIPLIES, Effects, Row, Target, earliest, split
from riskmc.network.sizes import Number, is_elapsed, spread
from riskmc.network.tasks import Task, number
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.response import Response
from riskmc.program.risk import Impact, Risk

FIELDS = ("duration", "cost", "cost_per_day", "cost_total")
PROGRAM = -1  # stands for the program itself, where a cost impact names no activity
Select = Callable[[tuple[str, ...], tuple[str, ...] | None], tuple[str, ...]]


@dataclass(frozen=True)
class ActiveResponse:
    """A response that acts in the chosen mitigation state, and the event that it works."""

    name: str
    response: Response
    works: int


@dataclass(frozen=True)
class RiskEvents:
    """The event of every sampled risk, and of every active response."""

    occurs: dict[str, int]
    responses: tuple[ActiveResponse, ...]

    def acting_on(self, risk: str) -> Iterator[tuple[ActiveResponse, object]]:
        """Yield the active responses that change a risk, with what they change."""
        for active in self.responses:
            if risk in active.response.acts_on:
                yield active, active.response.acts_on[risk]


def active_responses(program: Program, mitigation: str) -> dict[str, Response]:
    """Return the responses that act: `done` always, `approved` and `in_plan` unless pre, `proposed` only post (K6)."""
    acting = {"pre": {"done"}, "current": {"done", "approved", "in_plan"}, "post": {"done", "approved", "in_plan", "proposed"}}[mitigation]
    return {name: response for name, response in program.responses.items() if response.status in acting}


def sampled_risks(program: Program, responses: Mapping[str, Response], ignored: frozenset[str]) -> dict[str, Risk]:
    """Return the open risks with a probability; a secondary risk only where the response that brings it acts."""
    brought = {path.removeprefix("risks.") for r in program.responses.values() for path in r.secondary}
    present = {path.removeprefix("risks.") for r in responses.values() for path in r.secondary}
    return {
        name: risk
        for name, risk in program.risks.items()
        if risk.status == "open" and risk.probability is not None and (name not in brought or name in present)
    }


def risk_events(program: Program, responses: Mapping[str, Response], risks: Mapping[str, Risk], events: Events) -> RiskEvents:
    """Return the events of responses and risks, drawn in an order in which every `given` risk comes first (K5)."""
    active = tuple(
        ActiveResponse(name, response, events.happens(f"response/{name}/works", 0.0, response.works))
        for name, response in sorted(responses.items())
    )
    table = RiskEvents({}, active)
    for name in _in_order(risks):
        table.occurs[name] = _occurs(program, name, risks, table, events)
    return table


def _in_order(risks: Mapping[str, Risk]) -> list[str]:
    sorter = TopologicalSorter({name: sorted(set(risk.given or {}) & set(risks)) for name, risk in sorted(risks.items())})
    try:
        return list(sorter.static_order())
    except CycleError as error:
        loop = " -> ".join(error.args[1])
        raise ProgramError([("risks", f"`given` runs in a loop: {loop}; a risk cannot depend on itself")]) from None


def _occurs(program: Program, name: str, risks: Mapping[str, Risk], table: RiskEvents, events: Events) -> int:
    risk = risks[name]
    probability, given = risk.probability or 0.0, dict(risk.given or {})
    overrides: list[tuple[int, float]] = []
    for active, change in table.acting_on(name):
        changed, changed_given = getattr(change, "probability", None), getattr(change, "given", None)
        if changed is not None and active.works == ALWAYS:
            probability, overrides = changed, []
        elif changed is not None and active.works != NEVER:
            overrides.append((active.works, changed))
        if changed_given:
            if active.works != ALWAYS:
                raise ProgramError([(f"responses.{active.name}.acts_on.{name}", "`given` cannot be changed by a response that may not work; change `probability`")])
            given |= changed_given
    occurred = [p for other, p in given.items() if program.risks[other].status == "occurred"]
    conditional = [(table.occurs[other], p) for other, p in given.items() if other in table.occurs and table.occurs[other] != NEVER]
    occurred += [p for event, p in conditional if event == ALWAYS]
    if occurred:
        probability, overrides = max(occurred), []
        conditional = [(event, max(p, probability)) for event, p in conditional]
    drawn = [(event, p) for event, p in conditional if event >= 0]
    if drawn or overrides:
        return events.varies(f"risk/{name}/occurs", probability, overrides, drawn)
    return events.happens(f"risk/{name}/occurs", 0.0, probability)


@dataclass(frozen=True)
class Struck:
    """What the impacts of a program need to know of its activities: tasks by path, and who can take an addition."""

    tasks: Mapping[str, Task]
    starts: Mapping[str, int]
    planned_cost: Mapping[str, float]
    exists: Mapping[str, int]
    dated: frozenset[str]

    def target(self, path: str, field: str) -> Target:
        """Return an activity as the target of an addition to its duration or its cost."""
        task = self.tasks[path]
        weight = task.remaining if field == "duration" else self.planned_cost[path]
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

    def drivers(self) -> None:
        """Record every driver: certain to act, one size shared, all that match multiply (K1)."""
        for name, driver in sorted(self.program.drivers.items()):
            for field in FIELDS:
                size = getattr(driver, field)
                if size is not None:
                    place = f"drivers.{name}"
                    row = Row(MULTIPLIES, self.draws.value(f"driver/{name}/{field}", self._factor(size, place)), ALWAYS)
                    for path in self._paths(driver.on, driver.except_, field):
                        self.factors.strike(f"driver {field}" if field == "duration" else field, self.struck.tasks[path].number, row)

    def impacts(self, name: str, risk: Risk, impacts: Sequence[Impact], gate: list[Term], scales: Mapping[str, float], prefix: str) -> None:
        """Record the impacts of one risk that act where every term of ``gate`` holds."""
        event = self.events.all_of(gate)
        seen: dict[str, int] = {}
        if event == NEVER:
            return
        for position, impact in enumerate(impacts):
            for field in FIELDS:
                size = getattr(impact, field)
                if size is None:
                    continue
                key = f"{impact.id or selector_key(impact.on, impact.except_)}/{field}"
                seen[key] = seen.get(key, 0) + 1
                variable = f"{prefix}/{key}" + (f"/{seen[key]}" if seen[key] > 1 else "")
                place = f"{prefix.replace('/', '.').replace('risk.', 'risks.', 1)}.impacts[{position}]"
                self._impact(_Blow(variable, place, field, size, scales.get(field, 1.0), event, risk.parallel_group), impact, gate)

    def _impact(self, blow: _Blow, impact: Impact, gate: list[Term]) -> None:
        if impact.on is None:
            self._on_program(blow)
            return
        paths = self._paths(impact.on, impact.except_, blow.field)
        if blow.size.operation == "x":
            self._multiply(blow, paths, impact.own_size)
        elif blow.field in ("duration", "cost"):
            self._add(blow, paths, impact, gate)
        else:
            raise ProgramError([(blow.place, f"{blow.field} takes a factor (x ...), not an addition; add money with `cost: + ...`")])

    def _on_program(self, blow: _Blow) -> None:
        if blow.field != "cost" or blow.size.operation != "+":
            raise ProgramError([(blow.place, f"{blow.field} needs `on:`; only an added cost (`cost: + ...`) can be charged to the program")])
        value = self.draws.money(blow.variable, spread(blow.size, money(None), self.program.elicited_as), 100.0 * blow.scale)
        self.sums.strike("cost", PROGRAM, Row(ADDS, value, blow.event), group=blow.group)

    def _multiply(self, blow: _Blow, paths: Sequence[str], own_size: bool) -> None:
        distribution = self._factor(blow.size, blow.place)
        shared = None if own_size else self._scaled_factor(blow, blow.variable, distribution)
        for path in paths:
            row = shared or self._scaled_factor(blow, f"{blow.variable}/{path}", distribution)
            self.factors.strike(blow.field, self.struck.tasks[path].number, row, group=blow.group)

    def _scaled_factor(self, blow: _Blow, variable: str, distribution: object) -> Row:
        value = self.draws.value(variable, distribution, blow.scale, 1.0 - blow.scale)  # type: ignore[arg-type]
        return Row(MULTIPLIES, value, blow.event)

    def _add(self, blow: _Blow, paths: Sequence[str], impact: Impact, gate: list[Term]) -> None:
        targets = [self.struck.target(path, blow.field) for path in paths]
        if len(targets) > 1 and impact.spread is None:
            raise ProgramError([(blow.place, f"adds to {len(targets)} activities and must say `spread: each | once | split`")])
        effects = self.factors if blow.field == "duration" else self.sums
        if impact.spread == "once" and len(targets) > 1:
            for target, terms in earliest(targets, blow.place):
                event = self.events.all_of([*gate, *terms])
                effects.strike(blow.field, target.who, self._addition(blow, target.path, impact.own_size)._replace(event=event), group=blow.group)
        elif impact.spread == "split" and len(targets) > 1:
            for target, weight, sharers in split(targets, blow.place):
                row = self._addition(blow, target.path, impact.own_size)
                row = row._replace(share=weight, sharers=sharers) if sharers else row
                effects.strike(blow.field, target.who, row, 1.0 if sharers else weight, blow.group)
        else:
            for target in targets:
                effects.strike(blow.field, target.who, self._addition(blow, target.path, impact.own_size), group=blow.group)

    def _addition(self, blow: _Blow, path: str, own_size: bool) -> Row:
        """Return the row of an addition, converted by the activity's own day (T2); equal days share one row."""
        variable = f"{blow.variable}/{path}" if own_size else blow.variable
        if blow.field == "cost":
            key: tuple[object, ...] = (variable, "cents")
            make = lambda: self.draws.money(variable, spread(blow.size, money(self._cost_base(blow, path)), self.program.elicited_as), 100.0 * blow.scale)  # noqa: E731
            key += (self._cost_base(blow, path),) if _has_percent(blow.size) else ()
        else:
            task = self.struck.tasks[path]
            if is_elapsed(blow.size) != task.elapsed and is_elapsed(blow.size):
                raise ProgramError([(blow.place, f"an elapsed addition cannot strike {path}, whose duration is working time")])
            time = self.axis.calendars[task.calendar]
            base = task.remaining if _has_percent(blow.size) else None
            key = (variable, time.day_minutes, time.week_minutes, time.month_minutes, base)
            make = lambda: self.draws.value(variable, spread(blow.size, number(self.axis, task.calendar, base), self.program.elicited_as), blow.scale)  # noqa: E731
        if key not in self._made:
            self._made[key] = make()
        return Row(ADDS, self._made[key], blow.event)

    def _cost_base(self, blow: _Blow, path: str) -> float | None:
        return self.struck.planned_cost[path] if _has_percent(blow.size) else None

    def __post_init__(self) -> None:
        self._made: dict[tuple[object, ...], int] = {}

    def _factor(self, size: Size, place: str) -> object:
        try:
            return spread(size, _share, self.program.elicited_as)
        except ArgumentError as error:
            raise ProgramError([(place, str(error))]) from None

    def _paths(self, on: tuple[str, ...], except_: tuple[str, ...] | None, field: str) -> list[str]:
        """Return the activities a selector names that the field of a driver or impact can act on (N4)."""
        tasks = self.struck.tasks
        found = [tasks[path] for path in self.select(on, except_) if path in tasks]
        return [t.path for t in found if (t.samples if field == "duration" else t.state.name != "FINISHED")]


@dataclass(frozen=True)
class _Blow:
    """One field of one impact, on its way to the activities."""

    variable: str
    place: str
    field: str
    size: Size
    scale: float
    event: int
    group: str | None


def _share(quantity: Quantity) -> float:
    if quantity.unit not in ("", "%"):
        raise ArgumentError(f"a factor is a share such as 120% or 1.2, got {quantity.value:g}{quantity.unit}")
    return quantity.value


def _has_percent(size: Size) -> bool:
    return any(quantity.unit == "%" for _, quantity in size.parameters)


__all__ = ["FIELDS", "PROGRAM", "ActiveResponse", "Number", "RiskEvents", "Select", "Struck", "Striker", "active_responses", "risk_events", "sampled_risks"]

"""Estimate uncertainty: which range applies to an activity's duration and fixed cost (K1, K8), and how ranges share.

Exactly one applies: the activity's own, else the last matching rule of `ranges`, else the default given at the door.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import CENTS, Draws
from riskmc.network.sizes import Number, central, spread
from riskmc.network.tasks import FINISHED, Task, number
from riskmc.program.estimate import Cost
from riskmc.program.notation import kind
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity, Size
from riskmc.program.uncertainty import RangeRule

Field = Literal["duration", "cost"]
DEFAULT_CORRELATION = 0.3


@dataclass(frozen=True)
class Rule:
    """One applicable range: its size in shares of the plan, its key for naming, and how several activities share it."""

    key: str
    size: Size
    sizes: str
    correlation: float
    elicited_as: str | None


@dataclass
class Estimates:
    """What was decided for every task: the row of its sampled duration and cost (or -1), and who shares a factor."""

    duration_row: list[int] = field(default_factory=list)
    cost_row: list[int] = field(default_factory=list)
    cost_planned: list[float] = field(default_factory=list)
    cost_spent: list[float] = field(default_factory=list)
    scores: dict[Field, dict[str, int]] = field(default_factory=lambda: {"duration": {}, "cost": {}})
    shared: dict[tuple[str, Field, float], list[int]] = field(default_factory=dict)
    ranged: list[bool] = field(default_factory=list)


def estimates(
    program: Program,
    tasks: Sequence[Task],
    axis: Axis,
    draws: Draws,
    matched: Mapping[Field, Mapping[str, Rule]],
    default: Rule | None,
) -> Estimates:
    """Return the sampled row of every task's duration and fixed cost, in the order of the tasks.

    ``matched`` holds the last matching rule by activity path. Raises ProgramError with every fault found.
    """
    out, faults = Estimates(), []
    for task in tasks:
        try:
            out.duration_row.append(_duration(task, axis, draws, matched["duration"].get(task.path, default), out))
            out.cost_row.append(_cost(program, task, draws, matched["cost"].get(task.path), out))
        except ArgumentError as error:
            faults.append((task.path, str(error)))
    if faults:
        raise ProgramError(faults)
    return out


def last_matching(program: Program, rules: Sequence[tuple[RangeRule, Sequence[str]]]) -> dict[Field, dict[str, Rule]]:
    """Return for each field the rule that applies to each activity path: the last one that matches (K1).

    ``rules`` pairs each rule, in file order, with the activities it selects. A rule that matches more than one
    activity must say how their sizes are shared (K8).
    """
    matched: dict[Field, dict[str, Rule]] = {"duration": {}, "cost": {}}
    faults = []
    for position, (rule, paths) in enumerate(rules):
        if len(paths) > 1 and rule.sizes is None:
            faults.append(
                (
                    f"ranges[{position}]",
                    f"matches {len(paths)} activities and must say `sizes: own`, `same` or `correlated R`",
                )
            )
        template = program.templates.get(rule.use) if rule.use else None
        for name in ("duration", "cost"):
            size = getattr(rule, name) or (getattr(template, name) if template else None)
            if size is not None:
                elicited_as = rule.elicited_as or (template.elicited_as if template else None) or program.elicited_as
                found = Rule(rule_key(rule), size, rule.sizes or "own", rule.correlation or 0.0, elicited_as)
                matched[name].update(dict.fromkeys(paths, found))
    if faults:
        raise ProgramError(faults)
    return matched


def rule_key(rule: RangeRule) -> str:
    """Return the stable name of a rule: its `id`, else its selectors, sorted."""
    return rule.id or selector_key(rule.on, rule.except_)


def selector_key(on: Sequence[str] | None, except_: Sequence[str] | None = None) -> str:
    """Return selectors as one stable name, whatever their order in the file."""
    key = ",".join(sorted(on or ("program",)))
    return f"{key} except {','.join(sorted(except_))}" if except_ else key


def _duration(task: Task, axis: Axis, draws: Draws, rule: Rule | None, out: Estimates) -> int:
    row = -1
    if task.samples and task.backlog is not None:
        row = draws.backlog(f"activity/{task.path}", task.backlog, task.own_scale)
    elif task.samples and task.own is not None:
        score_name = f"activity/{task.path}/{task.own_name}"
        row = draws.value(score_name, task.own, task.own_scale)
        out.scores["duration"][task.path] = draws.score(score_name)
    elif task.samples and rule is not None and task.remaining > 0:
        numbers = number(axis, task.calendar, 1.0)
        row = _ruled(
            task, "duration", rule, _scaled(rule, numbers, task.remaining, task.own_scale), draws.value, draws, out
        )
    out.ranged.append(row >= 0)
    return row


def _scaled(rule: Rule, numbers: Number, base: float, left: float) -> tuple[object, float]:
    """Return a rule's distribution and its scale: shares of ``base``, or of absolute sizes the share ``left`` (N4)."""
    return spread(rule.size, numbers, rule.elicited_as), base if kind(rule.size) == "share" else left


def _ruled(task: Task, name: Field, rule: Rule, scaled: tuple, add, draws: Draws, out: Estimates) -> int:  # type: ignore[no-untyped-def, type-arg]
    distribution, scale = scaled
    if rule.sizes == "same":
        score_name = f"range/{rule.key}/{name}"
    else:
        score_name = f"activity/{task.path}/{name}"
        if rule.sizes == "correlated":
            out.shared.setdefault((rule.key, name, rule.correlation), []).append(draws.score(score_name))
    out.scores[name][task.path] = draws.score(score_name)
    return int(add(score_name, distribution, scale))


def _cost(program: Program, task: Task, draws: Draws, rule: Rule | None, out: Estimates) -> int:
    cost = task.activity.cost
    fixed = None if cost is None else cost.fixed
    if fixed is None:
        out.cost_planned.append(0.0)
        out.cost_spent.append(0.0)
        return -1
    own = (
        None
        if fixed.range is None
        else spread(
            fixed.range,
            money(None if fixed.plan is None else fixed.plan.value),
            task.activity.elicited_as or program.elicited_as,
        )
    )
    plan = fixed.plan.value if fixed.plan is not None else central(own) if own is not None else 0.0
    share = task.cost_share
    out.cost_planned.append(plan * share)
    out.cost_spent.append(plan * (1.0 - share))
    if task.state is FINISHED:
        return -1
    if own is not None:
        name = f"activity/{task.path}/cost"
        out.scores["cost"][task.path] = draws.score(name)
        return draws.money(name, own, CENTS * share)
    if rule is not None and plan:
        distribution, scale = _scaled(rule, money(1.0), plan * share, share)
        return _ruled(task, "cost", rule, (distribution, CENTS * scale), draws.money, draws, out)
    return -1


def money(base: float | None) -> Number:
    """Return the function that turns a quantity into currency units, percentages into shares of ``base``."""

    def units(quantity: Quantity) -> float:
        if quantity.unit == "%":
            if base is None:
                raise ArgumentError(f"{quantity.value:.0%} of what? a percentage needs a planned cost (plan:)")
            return quantity.value * base
        if quantity.unit:
            raise ArgumentError(f"{quantity.value:g}{quantity.unit} is no amount of money")
        return quantity.value

    return units


__all__ = [
    "DEFAULT_CORRELATION",
    "Cost",
    "Estimates",
    "Field",
    "Rule",
    "estimates",
    "last_matching",
    "money",
    "rule_key",
    "selector_key",
]

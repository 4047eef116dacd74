"""Targets: the chance of every promised date and budget, alone (A3) and together (joint confidence, A4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from riskmc.analysis.joint import joint_confidence
from riskmc.forecast import Probability
from riskmc.program.target import Target
from riskmc.simulation.place import PROGRAM, cost_targets, finish_targets, is_program_finish, resolve
from riskmc.simulation.trials import Trials


@dataclass(frozen=True)
class DateChance:
    """The chance of one target's date; ``at`` is as the file has it, ``probability`` None without a forecast (P2)."""

    name: str
    at: str | None
    date: datetime
    probability: Probability | None


@dataclass(frozen=True)
class BudgetChance:
    """The chance of one target's amount, in currency units; of a project's cost where ``at`` is one."""

    name: str
    at: str | None
    amount: float
    probability: Probability | None


@dataclass(frozen=True)
class JointChance:
    """The chance of a date and an amount together; ``wanted`` is the share that the target asks for, if it does.

    ``target`` is the one target that names both, None where date and amount come from two; ``name`` tells of each.
    """

    name: str
    target: str | None
    at: str | None
    date: datetime
    amount: float
    wanted: float | None
    probability: Probability | None


def date_chances(trials: Trials, place: str | None = None) -> list[DateChance]:
    """Return the chance of every target that names a date, in the order of the file; or of those at ``place``."""
    targets = trials.program.targets if place is None else finish_targets(trials.program, place)
    return [_date_chance(trials, target.name, target.at, _date(target)) for target in targets if target.finish]


def budget_chances(trials: Trials, place: str | None = None) -> list[BudgetChance]:
    """Return the chance of every target that names an amount, in the order of the file; or of those at ``place``."""
    targets = trials.program.targets if place is None else cost_targets(trials.program, place)
    return [_budget_chance(trials, target.name, target.at, _amount(target)) for target in targets if target.cost]


def joint_chances(trials: Trials) -> list[JointChance]:
    """Return the joint confidence of every target that names both, and of each program date with each program budget.

    A program date is a target's date without ``at``, or at the program's ``finish:``; a program budget is a target's
    amount without ``at``.
    """
    both = [target for target in trials.program.targets if target.finish and target.cost]
    told = [_joint_chance(trials, target, target, target.name) for target in both]
    dates = finish_targets(trials.program, PROGRAM)
    budgets = cost_targets(trials.program, PROGRAM)
    crossed = [(date, budget) for date in dates for budget in budgets if date is not budget]
    return told + [_joint_chance(trials, date, budget, f"{date.name}, {budget.name}") for date, budget in crossed]


def program_date(trials: Trials) -> DateChance | None:
    """Return the chance of the program's own date: the first such target of the file, None where there is none."""
    return next(iter(date_chances(trials, PROGRAM)), None)


def program_budget(trials: Trials) -> BudgetChance | None:
    """Return the chance of the program's own budget: the first such target of the file, None where there is none."""
    return next(iter(budget_chances(trials, PROGRAM)), None)


def _date(target: Target) -> datetime:
    assert target.finish is not None
    return target.finish.finish_like()


def _amount(target: Target) -> float:
    assert target.cost is not None
    return target.cost.value


def _date_chance(trials: Trials, name: str, at: str | None, date: datetime) -> DateChance:
    return DateChance(name, at, date, trials.finish(at).probability(date) if trials.random else None)


def _budget_chance(trials: Trials, name: str, at: str | None, amount: float) -> BudgetChance:
    project = resolve(trials.program, at)
    forecast = trials.cost(project if project in trials.project_cost else None)
    return BudgetChance(name, at, amount, forecast.probability(amount) if trials.random else None)


def _joint_chance(trials: Trials, dated: Target, priced: Target, name: str) -> JointChance:
    date, amount = _date(dated), _amount(priced)
    at = (
        dated.at
        if dated is priced or not is_program_finish(trials.program, resolve(trials.program, dated.at))
        else None
    )
    chance = joint_confidence(trials, date, amount, at) if trials.random else None
    target, wanted = (dated.name, dated.joint) if dated is priced else (None, None)
    return JointChance(name, target, dated.at, date, amount, wanted, chance)

"""Shift: how far one outcome, or the chance of one target, moves between two paired runs: P50, P80, the mean (A3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.joint import meets_both
from riskmc.analysis.paired import Difference, mean_difference, probability_difference, quantile_difference
from riskmc.analysis.targets import BudgetChance, DateChance, JointChance, budget_chances, date_chances, joint_chances
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.simulation.place import resolve
from riskmc.simulation.trials import Trials

Promise = DateChance | BudgetChance | JointChance
DAYS = "days"
P = TypeVar("P", DateChance, BudgetChance, JointChance)


@dataclass(frozen=True, eq=False)
class Shift:
    """How far one finish or one cost moves; a number is asked of it by name.

    ``base`` and ``other`` are int64[n], one value an iteration; ``unit`` is days of 24 hours, or a currency, of which
    each holds ``per`` minutes or cents. A difference is other minus base: positive is later, or dearer.
    """

    unit: str
    per: int
    base: NDArray[np.int64]
    other: NDArray[np.int64]

    def quantile(self, p: float) -> Difference:
        """Return how far the p-quantile moves, and the interval of that; P80 is ``quantile(0.80)``."""
        return quantile_difference(self.base, self.other, p).per(self.per)

    def mean(self) -> Difference:
        """Return how far the mean moves, and the interval of that."""
        return mean_difference(self.base, self.other).per(self.per)

    @cached_property
    def nothing(self) -> bool:
        """Whether it is the same in every iteration."""
        return np.array_equal(self.base, self.other)

    def texts(self, difference: Difference) -> tuple[str, str]:
        """Return a difference as people write it, and its interval: in days, or in money."""
        return days_apart(*difference.parts) if self.unit == DAYS else money_apart(self.unit, *difference.parts)


@dataclass(frozen=True, eq=False)
class ChanceShift:
    """How far the chance of one target moves: ``before`` as things stand, ``after`` with the scenario.

    Both name the promise and its probability; they differ in the promise only where the scenario changes that.
    """

    before: Promise
    after: Promise
    difference: Difference

    @property
    def outcome(self) -> str:
        """What is promised: finish, cost, or joint for both together."""
        kinds = {DateChance: "finish", BudgetChance: "cost", JointChance: "joint"}
        return kinds[type(self.before)]


def chance_shifts(base: Trials, other: Trials) -> list[ChanceShift]:
    """Return the shift of every target that both runs have, by name and place: dates, budgets, then both together."""
    pairs: list[tuple[Promise, Promise]] = [
        *_pairs(date_chances(base), date_chances(other)),
        *_pairs(budget_chances(base), budget_chances(other)),
        *_pairs(joint_chances(base), joint_chances(other)),
    ]
    return [ChanceShift(before, after, _difference(base, before, other, after)) for before, after in pairs]


def _pairs(before: Sequence[P], after: Sequence[P]) -> Iterator[tuple[P, P]]:
    """Yield the chances of the same target in both runs; several of one name pair up in their order."""
    left = list(after)
    for chance in before:
        partner = next((found for found in left if (found.name, found.at) == (chance.name, chance.at)), None)
        if partner is not None:
            left.remove(partner)
            yield chance, partner


def _difference(base: Trials, before: Promise, other: Trials, after: Promise) -> Difference:
    """Return the difference of two chances; exactly nothing where promise and outcomes are the same."""
    same = all(map(np.array_equal, _outcomes(base, before), _outcomes(other, after)))
    if same and _promised(before) == _promised(after):
        return Difference(0.0, 0.0, 0.0)
    met, met_other = _met(base, before), _met(other, after)
    if not (base.random or other.random):
        apart = float(met_other[0]) - float(met[0])
        return Difference(apart, apart, apart)
    return probability_difference(met, met_other)


def _promised(chance: Promise) -> tuple[object, object]:
    return getattr(chance, "date", None), getattr(chance, "amount", None)


def _outcomes(trials: Trials, chance: Promise) -> list[NDArray[np.int64]]:
    """Return the finish or the cost, or both, on which a chance hangs, in every iteration."""
    finish = [] if isinstance(chance, BudgetChance) else [trials.finish(chance.at).samples]
    return finish if isinstance(chance, DateChance) else [*finish, trials.cost(_payer(trials, chance.at)).samples]


def _met(trials: Trials, chance: Promise) -> NDArray[np.bool_]:
    """Return whether each iteration keeps a promise."""
    if isinstance(chance, DateChance):
        return trials.finish(chance.at).meets(chance.date)
    if isinstance(chance, BudgetChance):
        return trials.cost(_payer(trials, chance.at)).meets(chance.amount)
    return meets_both(trials, chance.date, chance.amount, chance.at)


def _payer(trials: Trials, at: str | None) -> str | None:
    """Return the project whose cost a target at ``at`` is about, None for the program's."""
    place = resolve(trials.program, at)
    return place if place in trials.project_cost else None

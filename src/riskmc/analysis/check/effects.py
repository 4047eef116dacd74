"""Effects: what P80 does when findings are put right, by paired runs: same seed, same iterations, one thing changed.

One run a rule: all its findings are changed together, so that a check of a thousand activities stays a matter of
seconds. `analysis.paired` gives the interval of the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from riskmc.analysis.check.finding import Effect, Finding
from riskmc.analysis.check.registry import RULES
from riskmc.analysis.check.remedies import AS_PLANNED, Remedy, correlated
from riskmc.analysis.check.survey import Survey
from riskmc.analysis.paired import Difference, quantile_difference
from riskmc.errors import RiskmcError
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS, Trials

P80 = 0.80
ALONE = 3  # findings of a rule that are run by themselves too, fewer in a program of thousands of activities
ALONE_TASKS = 3_000
COEFFICIENTS = (0.0, 0.3)
Simulate = Callable[..., Trials]


@dataclass(frozen=True)
class Variant:
    """P80 of a program run in another way: ``trials`` of it, and the paired differences from the program as given."""

    change: str
    trials: Trials
    finish_days: Difference
    cost: Difference


@dataclass
class Laboratory:
    """Runs changed programs beside the program as given; a change met twice is run once."""

    survey: Survey
    simulate: Simulate
    progress: Progress | None = None

    def results(self, findings: Sequence[Finding]) -> tuple[Mapping[str, Effect], Sequence[tuple[float, Variant]]]:
        """Return the effect of each rule that a paired run can tell of, and the program at each of COEFFICIENTS."""
        found = {rule.id: [finding for finding in findings if finding.rule == rule.id] for rule in RULES}
        asked = {rule.id: rule.remedy(self.survey, found[rule.id]) for rule in RULES if rule.remedy and found[rule.id]}
        mixed = {value: correlated(self.survey, (), value) for value in COEFFICIENTS} if self.survey.correlates else {}
        done = self._all([remedy for remedy in (*asked.values(), *mixed.values()) if remedy is not None])
        told = {rule: done.get(remedy.change) for rule, remedy in asked.items() if remedy is not None}
        effects = {rule: _effect(variant, len(found[rule])) for rule, variant in told.items() if variant is not None}
        variants = [(value, done.get(remedy.change)) for value, remedy in mixed.items()]
        return effects, [(value, variant) for value, variant in variants if variant is not None]

    def alone(self, findings: Sequence[Finding], effects: Mapping[str, Effect]) -> Mapping[Finding, Effect]:
        """Return the effect of single findings, the largest few of each rule whose findings move P80 together."""
        found: dict[Finding, Effect] = {}
        most = min(ALONE, max(1, ALONE_TASKS // len(self.survey.network.tasks)))
        for rule in RULES:
            together = effects.get(rule.id)
            if rule.alone is None or together is None or not together.size:
                continue
            chosen = sorted((f for f in findings if f.rule == rule.id), key=lambda f: -abs(f.value or 0.0))[:most]
            if together.findings == 1:
                found[chosen[0]] = together
                continue
            asked = [(finding, rule.alone(self.survey, finding)) for finding in chosen]
            wanted = [(finding, remedy) for finding, remedy in asked if remedy is not None]
            done = self._all([remedy for _, remedy in wanted])
            told = ((finding, done[remedy.change]) for finding, remedy in wanted)
            found |= {finding: _effect(variant, 1) for finding, variant in told if variant is not None}
        return found

    def _all(self, remedies: Sequence[Remedy]) -> Mapping[str, Variant | None]:
        """Return the outcome of every remedy by its change, each run once; None where the program makes no sense."""
        wanted = {remedy.change: remedy for remedy in remedies}
        done: dict[str, Variant | None] = {}
        for change, remedy in wanted.items():
            done[change] = self.run(remedy)
            if self.progress is not None:
                self.progress(1 + len(done), 1 + len(wanted))
        return done

    def run(self, remedy: Remedy) -> Variant | None:
        """Return what P80 does when one remedy is applied; None where the program then makes no sense."""
        base = self.survey.trials
        try:
            other = _as_planned(base) if self._is_plan(remedy) else self.simulate(remedy.program, **remedy.options)
        except RiskmcError:
            return None
        return Variant(
            remedy.change,
            other,
            _difference(base.finish_minutes, other.finish_minutes, DAY_MINUTES),
            _difference(base.cost_cents, other.cost_cents, CENTS),
        )

    def _is_plan(self, remedy: Remedy) -> bool:
        """Return whether a run would only say again what the plan is: nothing random, constraints as planned."""
        given = remedy.program is self.survey.program and remedy.options == AS_PLANNED
        return given and not self.survey.trials.random


def _as_planned(base: Trials) -> Trials:
    """Return the trials of a program without chance in which constraints act: the plan, in every iteration."""
    finish = np.full_like(base.finish_minutes, base.plan.finish)
    cost = np.full_like(base.cost_cents, base.plan.cost_cents)
    return replace(base, finish_minutes=finish, cost_cents=cost, constraints="as-planned")


def _effect(variant: Variant, findings: int) -> Effect:
    return Effect(variant.change, findings, variant.finish_days, variant.cost)


def _difference(base: Any, other: Any, unit: float) -> Difference:
    return quantile_difference(base, other, P80).per(unit)

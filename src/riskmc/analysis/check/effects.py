"""Effects: what P80 does when findings are put right, by paired runs: same seed, same iterations, one thing changed.

One run a rule: all its findings are changed together, so that a check of a thousand activities stays a matter of
seconds. `analysis.paired` gives the interval of the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from riskmc.analysis.check.finding import Effect, Finding
from riskmc.analysis.check.registry import RULES
from riskmc.analysis.check.remedies import Remedy, correlated
from riskmc.analysis.check.survey import Survey
from riskmc.analysis.paired import Difference, quantile_difference
from riskmc.errors import RiskmcError
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS, Trials

P80 = 0.80
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

    def _all(self, remedies: Sequence[Remedy]) -> Mapping[str, Variant | None]:
        """Return the outcome of every remedy by its change, each run once; None where the program makes no sense."""
        wanted = {remedy.change: remedy for remedy in remedies}
        done: dict[str, Variant | None] = {}
        for change, remedy in wanted.items():
            done[change] = self._run(remedy)
            if self.progress is not None:
                self.progress(1 + len(done), 1 + len(wanted))
        return done

    def _run(self, remedy: Remedy) -> Variant | None:
        try:
            other = self.simulate(remedy.program, **remedy.options)
        except RiskmcError:
            return None
        base = self.survey.trials
        return Variant(
            remedy.change,
            other,
            _difference(base.finish_minutes, other.finish_minutes, DAY_MINUTES),
            _difference(base.cost_cents, other.cost_cents, CENTS),
        )


def _effect(variant: Variant, findings: int) -> Effect:
    return Effect(variant.change, findings, variant.finish_days, variant.cost)


def _difference(base: Any, other: Any, unit: float) -> Difference:
    value, low, high = quantile_difference(base, other, P80)
    return Difference(value / unit, None if low is None else low / unit, None if high is None else high / unit)

"""Diagnosis: why is the P80 so close to the plan? What clips, narrows or cancels out, each with its effect in days.

The rules and remedies are those of the check (`analysis.check`); each thing is relaxed in a run of its own, paired with
the trials: same seed, same iterations. Sources: Hulett (2009), Practical Schedule Risk Analysis (constraints, merge
bias, correlation); Capen (1976), Journal of Petroleum Technology 28, 843-850 (ranges that are too narrow); GAO-16-89G
(2015), best practice 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from riskmc.analysis.check.effects import P80, Laboratory, Variant
from riskmc.analysis.check.survey import Survey
from riskmc.analysis.diagnosis_causes import CONSTRAINTS, Suspect, suspects
from riskmc.analysis.paired import Difference, quantile_difference
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import iterations_text, span
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.forecast.interval import quantile_rank
from riskmc.simulation.cases import run_cases
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.kept_dates import kept_dates
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 5


@dataclass(frozen=True)
class Cause:
    """One thing that keeps P80 near the plan, and what happens with it relaxed.

    Parameters
    ----------
    id : str
        What it is: "constraints", or the rule of the check that found it.
    told : str
        The same in words: "7 activities without uncertainty".
    places : tuple of str
        Where: paths of activities, or of risks ("risks.soil"), those that matter most first.
    change : str
        What was relaxed: "with ranges of 90% to 130%, ... where there are none".
    p80_days : Difference
        By how much P80 moves then, in days of 24 hours, later is positive.
    gap_days : Difference
        By how much the distance from the plan to P80 grows: the plan moves too where a date that held it is gone.
    cost : Difference
        What happens to the P80 of the cost, in currency units.
    share : optional
        Share of the iterations in which a constraint sets a date that logic would not.
    """

    id: str
    told: str
    places: tuple[str, ...]
    change: str
    p80_days: Difference
    gap_days: Difference
    cost: Difference
    share: float | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Diagnosis(Shown):
    """Why P80 lies where it lies: the distance from the plan in two parts, and what keeps it small, largest first.

    ``without_risks_days`` is how far P80 lies after the plan when no risk occurs; ``risks_days`` what the risks add,
    None where there are none. ``shares`` holds the share of iterations in which each constrained activity has a date
    that logic would not give it.
    """

    trials: Trials
    without_risks_days: float
    risks_days: Difference | None
    causes: tuple[Cause, ...]
    shares: Mapping[str, float]

    @cached_property
    def gap_days(self) -> float:
        """How far P80 lies after the plan, in days of 24 hours."""
        p80 = self.trials.finish().quantile(P80)
        return (minutes_of(p80) - self.trials.plan.finish) / DAY_MINUTES  # type: ignore[arg-type]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a cause, the largest first: effects on P80 and on its distance from the plan."""
        import pandas as pd

        money = money_column("p80_cost", self.trials)
        rows = [
            {
                "cause": cause.id, "told": cause.told, "places": len(cause.places), "share": cause.share,
                "change": cause.change, **interval_columns("gap_days", cause.gap_days),
                **interval_columns("p80_days", cause.p80_days), **interval_columns(money, cause.cost),
            }
            for cause in self.causes
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def constraints(self) -> pd.DataFrame:
        """Return one row a constrained activity: share of the iterations in which logic alone gives it another date."""
        import pandas as pd

        rows = sorted(self.shares.items(), key=lambda row: -row[1])
        return pd.DataFrame(rows, columns=["activity", "share_of_iterations"])

    def _card(self) -> Card:
        """Return what a notebook shows: where P80 lies, and what each cause relaxed would add."""
        rows = [(cause.told, days_apart(*cause.gap_days.parts)[0]) for cause in self.causes[:_ROWS]]
        figures = [("P80", f"{span(self.gap_days)} {self.side} the plan", True)]
        table = Table(("added where relaxed",), rows) if rows else None
        return Card(self.trials.program.program, "Diagnosis", figures, table, (), "", self._foot)

    @property
    def side(self) -> str:
        """On which side of the plan P80 lies: "after" or "before"."""
        return "before" if self.gap_days < 0 else "after"

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"


def diagnose(trials: Trials, *, progress: Progress | None = None) -> Diagnosis:
    """Return why the P80 finish is so close to the plan: what clips, narrows or cancels out, largest effect first.

    Each cause is relaxed alone in a run of as many iterations, paired with ``trials``. Causes do not add up: relaxed
    together they may do more, or less. Raises ArgumentError where the trials cannot be run again.
    """
    again = trials.again()
    survey = Survey(again.program, again.network, trials, default_range=again.settings.default_range)
    laboratory = Laboratory(survey, partial(simulate_like, trials))
    found, causes = list(suspects(survey)), []
    shares: dict[str, float] = {}
    for place, suspect in enumerate(found):
        variant = laboratory.run(suspect.remedy)
        if variant is not None and suspect.id == CONSTRAINTS:
            shares = _shares(trials, variant.trials, suspect.places)
        causes += [] if variant is None else [_cause(trials, suspect, variant, shares)]
        if progress is not None:
            progress(1 + place, 1 + len(found))
    ranked = sorted(causes, key=lambda cause: (-_size(cause.gap_days), -abs(cause.gap_days.value)))
    return Diagnosis(trials, *_steps(trials), tuple(ranked), shares)


def _cause(trials: Trials, suspect: Suspect, variant: Variant, shares: Mapping[str, float]) -> Cause:
    """Return a cause with its effects; the plan of the changed program may lie elsewhere too."""
    moved = (variant.trials.plan.finish - trials.plan.finish) / DAY_MINUTES
    p80 = variant.finish_days
    gap = Difference(*(None if end is None else end - moved for end in p80))  # type: ignore[arg-type]
    share = max(shares.values(), default=None) if suspect.id == CONSTRAINTS else None
    places = tuple(sorted(suspect.places, key=lambda path: -shares[path])) if share is not None else suspect.places
    return Cause(suspect.id, suspect.told, places, variant.change, p80, gap, variant.cost, share)


def _shares(trials: Trials, free: Trials, paths: Sequence[str]) -> dict[str, float]:
    """Return the share of iterations in which each constrained activity has a date that logic would not give it."""
    dates, others = kept_dates(trials.again(), paths), kept_dates(free.again(), paths)
    apart = (dates[0] != others[0]) | (dates[1] != others[1])
    return dict(zip(paths, apart.mean(axis=1).tolist(), strict=True))


def _steps(trials: Trials) -> tuple[float, Difference | None]:
    """Return how far P80 lies after the plan without any risk, and what all risks together add to it."""
    names = frozenset(trials.struck)
    bare = run_cases(trials, [names]).finish_minutes(0) if names else trials.finish_minutes
    risks = quantile_difference(bare, trials.finish_minutes, P80) if names else None
    p80 = int(np.sort(bare)[quantile_rank(bare.size, P80) - 1])
    return (p80 - trials.plan.finish) / DAY_MINUTES, None if risks is None else risks.per(DAY_MINUTES)


def _size(found: Difference) -> float:
    """Return how many days a difference is, 0 where it is not told apart from none."""
    return abs(found.value) if found.told_apart else 0.0

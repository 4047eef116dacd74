"""The matrix of a comparison: every scenario, and the program as it stands, against every other, paired (A3).

Which one wins on finish, on cost and on both, and how sure that is: the share of iterations in which it is best, the
chance that its P80 is the lowest, and from which others it is not told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_shift import ChanceShift, Shift
from riskmc.analysis.paired import Difference
from riskmc.analysis.paired_best import best_shares, lowest_chances
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast.figures import level_name
from riskmc.forecast.interval import quantile_rank
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

AS_IT_STANDS = "as it stands"


@dataclass(frozen=True)
class Standing:
    """How one contender stands on one outcome, finish or cost, at one level.

    ``best_share`` is the share of iterations in which no other is lower; ``lowest_chance`` the chance that its
    percentile is the lowest, None for too few iterations; ``behind`` how far its percentile lies above the winner's,
    paired, in days of 24 hours or currency units. ``not_told_from`` names those whose difference from it could be
    simulation error.
    """

    key: str
    best_share: float
    lowest_chance: float | None
    behind: Difference
    not_told_from: tuple[str, ...]


@dataclass(frozen=True)
class Winner:
    """The contender with the lowest percentile of one outcome, by key; ``ties`` have the very same one.

    ``not_told_from`` are those that may be as good, as far as these iterations can tell.
    """

    key: str
    ties: tuple[str, ...]
    lowest_chance: float | None
    best_share: float
    not_told_from: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Matrix:
    """All contenders of a comparison against each other: ``trials`` by key, the program as it stands first."""

    trials: Mapping[str, Trials]

    def against(self, one: str, other: str) -> Change:
        """Return how far ``one`` differs from ``other``; positive is later, or dearer."""
        return Change(one, self.trials[other], self.trials[one])

    @cached_property
    def has_cost(self) -> bool:
        """Whether any of them spends any money."""
        return any(trials.has_cost for trials in self.trials.values())

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is compared: finish, and cost where money is spent."""
        return ("finish", "cost") if self.has_cost else ("finish",)

    def standings(self, outcome: str, p: float) -> list[Standing]:
        """Return how every contender stands on finish or cost, the one with the lowest p-quantile first."""
        keys = list(self.trials)
        samples = [_samples(self.trials[key], outcome) for key in keys]
        shares, chances = best_shares(samples), lowest_chances(samples, p)
        levels = [float(_forecast_rank(self.trials[key], outcome, p)) for key in keys]
        best = keys[min(range(len(keys)), key=levels.__getitem__)]
        found = [
            Standing(
                key, shares[place], None if chances is None else chances[place],
                self._difference(key, best, outcome, p), self._not_told(key, outcome, p),
            )
            for place, key in enumerate(keys)
        ]  # fmt: skip
        return [found[place] for place in sorted(range(len(keys)), key=levels.__getitem__)]

    def winner(self, outcome: str, p: float) -> Winner:
        """Return the contender with the lowest p-quantile of finish or cost, and how sure that is."""
        first, *rest = self.standings(outcome, p)
        ties = tuple(one.key for one in rest if one.behind.value == 0)
        return Winner(first.key, ties, first.lowest_chance, first.best_share, first.not_told_from)

    def both_shares(self) -> dict[str, float]:
        """Return for each contender the share of iterations in which none finishes earlier and none costs less."""
        outcomes = [[_samples(trials, outcome) for trials in self.trials.values()] for outcome in self.outcomes]
        return dict(zip(self.trials, best_shares(*outcomes), strict=True))

    def dominated_by(self, p: float) -> dict[str, tuple[str, ...]]:
        """Return for each contender those that are no later and no dearer at ``p``, and told apart on one."""
        return {
            key: tuple(other for other in self.trials if other != key and self._dominates(other, key, p))
            for key in self.trials
        }

    def _dominates(self, one: str, other: str, p: float) -> bool:
        found = [self._difference(one, other, outcome, p) for outcome in self.outcomes]
        return all(apart.value <= 0 for apart in found) and any(apart.value < 0 and apart.told_apart for apart in found)

    def _not_told(self, key: str, outcome: str, p: float) -> tuple[str, ...]:
        others = (other for other in self.trials if other != key)
        return tuple(other for other in others if not self._difference(key, other, outcome, p).told_apart)

    def _difference(self, one: str, other: str, outcome: str, p: float) -> Difference:
        if one == other:
            return Difference(0.0, 0.0, 0.0)
        change, turned = self._change(one, other)
        difference = _shift(change, outcome).quantile(p)
        return difference.turned() if turned else difference

    def _change(self, one: str, other: str) -> tuple[Change, bool]:
        """Return the change between two contenders, and whether it is that of ``other`` against ``one``.

        There is one change for two contenders, so that both ways round say the same.
        """
        return (
            (self._changes[one, other], False) if (one, other) in self._changes else (self._changes[other, one], True)
        )

    @cached_property
    def _changes(self) -> dict[tuple[str, str], Change]:
        return {(one, other): self.against(one, other) for other, one in combinations(self.trials, 2)}

    def to_frame(self, levels: Sequence[float] = (0.50, 0.80)) -> pd.DataFrame:
        """Return one row for every two contenders, either way round: differences, ``scenario`` minus ``against``.

        Columns ``finish_p80_days``, ``cost_p80_EUR`` and so on, each with ``_low`` and ``_high``; ``joint_share`` is
        the difference in the joint confidence of the first date and budget together, where the program has them.
        """
        import pandas as pd

        return pd.DataFrame([self._row(one, other, levels) for one, other in permutations(self.trials, 2)])

    def _row(self, one: str, other: str, levels: Sequence[float]) -> dict[str, Any]:
        (change, turned), base = self._change(one, other), next(iter(self.trials.values()))
        found: dict[str, Difference] = {}
        for outcome in self.outcomes:
            for name, difference in measured(_shift(change, outcome), levels):
                told = f"{outcome}_{name}"
                found[f"{told}_days" if outcome == "finish" else money_column(told, base)] = difference
        joint = first_joint(change)
        found |= {} if joint is None else {"joint_share": joint.difference}
        row: dict[str, Any] = {"scenario": one, "against": other}
        for column, difference in found.items():
            row |= interval_columns(column, difference.turned() if turned else difference)
        return row

    def milestones(self, p: float = 0.80) -> pd.DataFrame:
        """Return one row for every two contenders and each project or milestone of both: the difference at ``p``."""
        import pandas as pd

        column = f"finish_{level_name(p).lower()}_days"
        rows = []
        for one, other in permutations(self.trials, 2):
            change, turned = self._change(one, other)
            for path in (*change.projects, *change.milestones):
                apart = change.finish(path).quantile(p)
                told = interval_columns(column, apart.turned() if turned else apart)
                rows.append({"scenario": one, "against": other, "milestone": path, **told})
        return pd.DataFrame(
            rows, columns=["scenario", "against", "milestone", column, f"{column}_low", f"{column}_high"]
        )

    def ranking(self, p: float = 0.80) -> pd.DataFrame:
        """Return one row a contender: its percentiles, how far behind the winners it is, and how sure it is to win.

        ``finish_best_share`` is the share of iterations in which none finishes earlier; ``finish_lowest_chance`` the
        chance that its percentile is the lowest; ``both_best_share`` the share in which it is best on finish and cost.
        """
        import pandas as pd

        both, dominated = self.both_shares(), self.dominated_by(p)
        rows = {key: self._ranked(key, p) for key in self.trials}
        for outcome in self.outcomes:
            for standing in self.standings(outcome, p):
                rows[standing.key] |= _standing_columns(standing, outcome, next(iter(self.trials.values())))
        for key, row in rows.items():
            row |= {"both_best_share": both[key], "dominated_by": ", ".join(dominated[key])}
        return pd.DataFrame(list(rows.values()))

    def _ranked(self, key: str, p: float) -> dict[str, Any]:
        trials, level = self.trials[key], level_name(p).lower()
        row: dict[str, Any] = {"scenario": key, f"finish_{level}": trials.finish().quantile(p)}
        return row | ({money_column(f"cost_{level}", trials): trials.cost().quantile(p)} if self.has_cost else {})

    def pairs(self) -> Iterator[tuple[str, str, Change]]:
        """Yield every two contenders once, the later one against the earlier, in the order in which they were given."""
        for other, one in combinations(self.trials, 2):
            yield one, other, self._changes[one, other]


def measured(shift: Shift, levels: Sequence[float]) -> list[tuple[str, Difference]]:
    """Return how far each percentile and the mean move, by name."""
    return [*((level_name(p).lower(), shift.quantile(p)) for p in levels), ("mean", shift.mean())]


def first_joint(change: Change) -> ChanceShift | None:
    """Return the difference in the joint confidence of the first date and budget that both have, or None."""
    found = (shift for shift in change.chances if shift.outcome == "joint" and shift.before.probability is not None)
    return next(found, None)


def _shift(change: Change, outcome: str) -> Shift:
    return change.finish() if outcome == "finish" else change.cost()


def _standing_columns(standing: Standing, outcome: str, base: Trials) -> dict[str, Any]:
    behind = f"{outcome}_behind"
    return {
        **interval_columns(f"{behind}_days" if outcome == "finish" else money_column(behind, base), standing.behind),
        f"{outcome}_best_share": standing.best_share,
        f"{outcome}_lowest_chance": standing.lowest_chance,
        f"{outcome}_not_told_from": ", ".join(standing.not_told_from),
    }


def _samples(trials: Trials, outcome: str) -> Any:
    return trials.finish_minutes if outcome == "finish" else trials.cost_cents


def _forecast_rank(trials: Trials, outcome: str, p: float) -> float:
    """Return the p-quantile in minutes or currency units, to order contenders by."""
    forecast = trials.finish() if outcome == "finish" else trials.cost()
    return float(forecast.ordered[quantile_rank(len(forecast), p) - 1])

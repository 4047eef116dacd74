"""Removal order: the risk to remove first, the next best once it is gone, and so on, with the P80 that is left.

Source: risk prioritisation (Hulett 2011, *Integrated Cost-Schedule Risk Analysis*; AACE 57R-09): each risk is taken
out in turn, the one with the largest effect on the percentile goes, and the rest are tried again without it. Up to 12
risks all are tried at every step; of more, those with the largest last known effects and the largest shares. Where no
single removal moves the percentile (parallel paths hold each other), the risk with the largest share goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from riskmc.analysis.drivers.runs import Gone, Runs
from riskmc.analysis.drivers.view import Outcome
from riskmc.analysis.paired import Difference

ALL = 12  # risks up to which every one left is tried at every step
TRIED = 4  # of more, how many by their last known effect, and how many by their share
STEPS = 10
AHEAD = 3  # steps whose runs are made together, as if the effects stayed what they are


@dataclass(frozen=True)
class Removal:
    """One step: the risk that goes, the level without it and those before it, and what that gains.

    ``level`` is in minutes since 1970-01-01, or in cents; ``gain`` is on top of the steps before, ``together`` is all
    of them, in days or in currency units; positive is earlier or cheaper.
    """

    risk: str
    level: int
    gain: Difference
    together: Difference


@dataclass(eq=False)
class _Search:
    """The state of one search: ``by`` is 0 for the finish, 1 for the cost; effects are in minutes or cents."""

    runs: Runs
    by: int
    shares: Mapping[str, float]
    effects: dict[str, int]

    def level(self, gone: Gone) -> int:
        return self.runs.levels([gone])[0][self.by]

    def gain(self, before: Outcome, after: Outcome) -> Difference:
        view = self.runs.view
        return view.money(after, before) if self.by else view.days(after, before)

    def tried(self, left: list[str]) -> list[str]:
        """Return the risks to try at this step."""
        if len(left) <= ALL:
            return left
        by_effect = sorted(left, key=lambda risk: -self.effects[risk])[:TRIED]
        by_share = sorted(left, key=lambda risk: -self.shares.get(risk, 0.0))[:TRIED]
        return list(dict.fromkeys([*by_effect, *by_share]))

    def best(self, gone: Gone, left: list[str]) -> str | None:
        """Return the risk to remove next, or None where nothing is gained by any."""
        tried = self.tried(left)
        if any(gone | {risk} not in self.runs.found for risk in tried):
            self.runs.levels(list(self.foreseen(gone, left)))
        level = self.level(gone)
        self.effects |= {risk: level - self.level(gone | {risk}) for risk in tried}
        best = max(tried, key=self.weight)
        return best if self.effects[best] > 0 or self.shares.get(best, 0.0) > 0 else None

    def weight(self, risk: str) -> tuple[int, float]:
        return self.effects[risk], self.shares.get(risk, 0.0)

    def foreseen(self, gone: Gone, left: list[str]) -> Iterator[Gone]:
        """Yield the sets to run for this step, and for the next ones if the order is that of the last known effects."""
        for _ in range(min(AHEAD, STEPS - len(gone), len(left))):
            tried = self.tried(left)
            yield from (gone | {risk} for risk in tried)
            likely = max(tried, key=self.weight)
            gone, left = gone | {likely}, [risk for risk in left if risk != likely]


def removal_order(runs: Runs, by: str, risks: list[str], shares: Mapping[str, float]) -> tuple[Removal, ...]:
    """Return the first steps of the removal order for the "finish" or the "cost"; none where no risk delays it."""
    nothing: Gone = frozenset()
    search = _Search(runs, ("finish", "cost").index(by), shares, {})
    level = search.level(nothing)
    search.effects = {risk: level - search.level(frozenset({risk})) for risk in risks}
    gone = [nothing]
    order = list[str]()
    while len(order) < min(STEPS, len(risks)):
        risk = search.best(gone[-1], [risk for risk in risks if risk not in gone[-1]])
        if risk is None:
            break
        order.append(risk)
        gone.append(gone[-1] | {risk})
    found = runs.outcomes(gone)
    return tuple(
        Removal(risk, search.level(away), search.gain(before, after), search.gain(found[0], after))
        for risk, away, before, after in zip(order, gone[1:], found, found[1:], strict=False)
    )

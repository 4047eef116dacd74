"""Runs without some of the risks: the outcomes that shares, removal effects and the removal order are read off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from riskmc.analysis.drivers.view import Outcome, View
from riskmc.analysis.paired import Difference
from riskmc.simulation.cases import run_cases
from riskmc.simulation.trials import Trials

Gone = frozenset[str]
Levels = tuple[int, int]
Gain = tuple[Difference, Difference]
MEMORY = 2**28  # bytes of outcomes at a time


@dataclass(eq=False)
class Runs:
    """The runs of ``trials`` at ``view`` without some of the risks, by the set of those that are gone.

    Percentiles of all sets that were met are kept, and the outcomes of those that are asked for.
    """

    trials: Trials
    view: View
    found: dict[Gone, Levels] = field(default_factory=dict)
    kept: dict[Gone, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept[frozenset()] = self.view.outcome(self.trials)

    def each(self, without: Sequence[Gone]) -> Iterator[Outcome]:
        """Yield the outcome without each of the sets, a part of them in memory at a time."""
        alone = not self.view.place  # then the program's own finish and cost are enough
        places = 1 if alone else len(self.trials.again().network.outputs)
        costs = 1 if alone else 1 + len(self.trials.project_cost)
        size = max(1, MEMORY // (len(self.trials) * (4 * places + 8 * costs)))
        for first in range(0, len(without), size):
            part = without[first : first + size]
            cases = run_cases(self.trials, part, program_alone=alone)
            for number, gone in enumerate(part):
                outcome = self.view.case(cases, number)
                self.found[gone] = self.view.levels(outcome)
                yield outcome

    def levels(self, without: Sequence[Gone]) -> list[Levels]:
        """Return the percentiles of finish (minutes) and cost (cents) without each of the sets, each run once."""
        for _ in self.each([gone for gone in dict.fromkeys(without) if gone not in self.found]):
            pass  # their percentiles are kept in passing
        return [self.found[gone] for gone in without]

    def gain(self, without: Outcome) -> Gain:
        """Return how many days earlier and how much cheaper the percentile is with some risks gone."""
        base = self.outcome(frozenset())
        return self.view.days(without, base), self.view.money(without, base)

    def outcome(self, gone: Gone) -> Outcome:
        """Return the outcome without one set of risks."""
        return self.outcomes([gone])[0]

    def outcomes(self, without: Sequence[Gone]) -> list[Outcome]:
        """Return the outcomes without each of the sets, run together."""
        asked = [gone for gone in dict.fromkeys(without) if gone not in self.kept]
        self.kept |= zip(asked, self.each(asked), strict=True)
        return [self.kept[gone] for gone in without]


def alone(risk: str) -> Gone:
    """Return the set of one risk that is gone."""
    return frozenset({risk})

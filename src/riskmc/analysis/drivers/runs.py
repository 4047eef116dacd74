"""Runs without some of the risks: the outcomes that shares, removal effects and the removal order are read off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from riskmc.analysis.drivers.view import Outcome, View
from riskmc.simulation.cases import run_cases
from riskmc.simulation.trials import Trials

Gone = frozenset[str]
Levels = tuple[int, int]
MEMORY = 2**28  # bytes of outcomes at a time


@dataclass(eq=False)
class Runs:
    """The runs of ``trials`` at ``view`` without some of the risks, by the set of those that are gone.

    Percentiles of all sets that were met are kept, outcomes of those asked for one by one, and of the last few met.
    """

    trials: Trials
    view: View
    found: dict[Gone, Levels] = field(default_factory=dict)
    kept: dict[Gone, Outcome] = field(default_factory=dict)
    recent: dict[Gone, Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.kept[frozenset()] = self.view.outcome(self.trials)

    def each(self, without: Sequence[Gone]) -> Iterator[Outcome]:
        """Yield the outcome without each of the sets, a part of them in memory at a time."""
        places = len(self.trials.again().network.outputs)
        size = max(1, MEMORY // (len(self.trials) * (4 * places + 8 * (1 + len(self.trials.project_cost)))))
        for first in range(0, len(without), size):
            part = without[first : first + size]
            cases = run_cases(self.trials, part)
            for number, gone in enumerate(part):
                outcome = self.view.case(cases, number)
                self.found[gone] = self.view.levels(outcome)
                yield outcome

    def levels(self, without: Sequence[Gone]) -> list[Levels]:
        """Return the percentiles of finish (minutes) and cost (cents) without each of the sets, each run once."""
        asked = [gone for gone in dict.fromkeys(without) if gone not in self.found]
        if asked:
            self.recent = dict(zip(asked, self.each(asked), strict=True))
        return [self.found[gone] for gone in without]

    def outcome(self, gone: Gone) -> Outcome:
        """Return the outcome without one set of risks."""
        if gone not in self.kept:
            self.kept[gone] = self.recent[gone] if gone in self.recent else next(self.each([gone]))
        return self.kept[gone]
